import type { OfdPage, OfdRun } from './ofd-page.ts';

export type OfdBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly isCentred: boolean; readonly size: number }
  | { readonly kind: 'picture'; readonly resource: string };

interface Line {
  readonly text: string;
  readonly x: number;
  readonly end: number;
  readonly y: number;
  readonly size: number;
}

/** What stands on one baseline is a line, from left to right. */
export function linesOf(runs: readonly OfdRun[]): Line[] {
  const sorted = [...runs].sort((one, other) => one.y - other.y || one.x - other.x);
  const rows: OfdRun[][] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(run.y - first.y) <= 0.4 * Math.max(run.size, first.size)) row.push(run);
    else rows.push([run]);
  }
  return rows.map((row) => joined(row.sort((one, other) => one.x - other.x)));
}

const isLatin = (text: string): boolean => /^[A-Za-z0-9,.;:'"()%-]$/.test(text);

/** Latin words need a space where the file only left a gap; Chinese needs one only where a column ends. */
function spaceBefore(before: string, run: OfdRun, gap: number): string {
  if (before === '') return '';
  if (gap > run.size * 0.9) return ' ';
  return isBetweenWords(before, run.text) && gap > run.size * 0.15 ? ' ' : '';
}

const isBetweenWords = (before: string, after: string): boolean =>
  isLatin(before.at(-1) ?? '') && isLatin(after[0] ?? '');

function joined(row: readonly OfdRun[]): Line {
  const [first] = row;
  let [text, end] = ['', first?.x ?? 0];
  for (const run of row) {
    text += spaceBefore(text, run, run.x - end) + run.text;
    end = Math.max(end, run.end);
  }
  const size = row.reduce((most, run) => Math.max(most, run.size), 0);
  return { text: text.trim(), x: first?.x ?? 0, end, y: first?.y ?? 0, size };
}

/** A number that stands alone at the foot of a page. */
const isPageNumber = (text: string): boolean =>
  /^[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/,，共]+\s*\d{1,4}\s*页?)?[-—–·\s]*$/.test(text);

interface Area {
  readonly left: number;
  readonly right: number;
  readonly pitch: number;
  readonly size: number;
}

function mostCommon(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? 0;
}

function shareOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.round((sorted.length - 1) * share)] ?? 0;
}

/** Where the text stands: its margins and its usual size and distance of lines. */
function areaOf(pages: readonly (readonly Line[])[]): Area {
  const lines = pages.flat();
  const size = mostCommon(
    lines.flatMap((line) =>
      Array<number>(Math.min(40, line.text.length)).fill(Math.round(line.size * 2) / 2),
    ),
  );
  const usual = lines.filter((line) => Math.abs(line.size - size) <= size * 0.2);
  const pitches = pages.flatMap((page) =>
    page.slice(1).map((line, at) => Math.round((line.y - (page[at]?.y ?? 0)) * 2) / 2),
  );
  return {
    // One line that stands out, or two, are no margin.
    left: shareOf(
      usual.map((line) => line.x),
      0.1,
    ),
    right: shareOf(
      usual.map((line) => line.end),
      0.9,
    ),
    pitch: mostCommon(pitches) || size * 1.5,
    size,
  };
}

const isCentred = (line: Line, { left, right, size }: Area): boolean =>
  line.x > left + size * 2.5 && Math.abs(line.x - left - (right - line.end)) < size * 1.5;

/** Whether a line begins something new: after a short line, with an indent, a gap or another size. */
function begins(line: Line, before: Line, area: Area, samePage: boolean): boolean {
  if (Math.abs(line.size - before.size) > area.size * 0.15) return true;
  if (before.end < area.right - area.size * 2) return true;
  if (line.x > area.left + area.size * 1.2) return true;
  // On a page with few lines, how far they usually stand apart says little.
  return samePage && line.y - before.y > Math.min(area.pitch, area.size * 2.5) * 1.6;
}

/** Lines of the same centred heading belong together only when both are centred; that is left to the eye. */
export function blocksOf(pages: readonly OfdPage[]): OfdBlock[] {
  const lined = pages.map(({ runs }) => {
    const lines = linesOf(runs);
    const last = lines.at(-1);
    return last && lines.length > 1 && isPageNumber(last.text) ? lines.slice(0, -1) : lines;
  });
  const area = areaOf(lined);
  const blocks: OfdBlock[] = [];
  let before: Line | undefined;
  pages.forEach(({ pictures }, at) => {
    const waiting = [...pictures].sort((one, other) => one.y - other.y);
    let isFirst = true;
    for (const line of lined[at] ?? []) {
      while (waiting[0] && waiting[0].y < line.y) {
        blocks.push({ kind: 'picture', resource: waiting.shift()?.resource ?? '' });
        before = undefined;
      }
      addLine(
        blocks,
        line,
        before && !begins(line, before, area, !isFirst) ? 'goes on' : isCentred(line, area),
      );
      before = line;
      isFirst = false;
    }
    for (const { resource } of waiting) {
      blocks.push({ kind: 'picture', resource });
      before = undefined;
    }
  });
  return blocks;
}

function addLine(blocks: OfdBlock[], line: Line, how: 'goes on' | boolean): void {
  const open = blocks.at(-1);
  if (how !== 'goes on' || open?.kind !== 'paragraph') {
    blocks.push({ kind: 'paragraph', text: line.text, isCentred: how === true, size: line.size });
    return;
  }
  const space = isBetweenWords(open.text, line.text) ? ' ' : '';
  blocks[blocks.length - 1] = { ...open, text: `${open.text}${space}${line.text}` };
}
