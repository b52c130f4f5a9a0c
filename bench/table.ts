import type { Row } from './bench.types.ts';

const heads = ['What', 'Jiyue', 'Peer', 'Ratio', 'Target', 'Met?'] as const;

function verdictOf(met: boolean | undefined): string {
  if (met === undefined) return '–';
  return met ? 'yes' : '**no**';
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The rows as one Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    lineOf([row.what, row.ours, row.peer ?? '', row.ratio ?? '', row.target ?? '', verdictOf(row.met)]),
  );
  return [lineOf(heads), lineOf(heads.map(() => '---')), ...lines].join('\n');
}
