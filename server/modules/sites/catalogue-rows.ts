import { AppError } from '../../platform/errors.ts';
import { type EntryCells, type EntryColumn, entryColumns, plainText } from './catalogue-table.ts';

/** A row of a table on its way in: which column it is about, and what it says. */
export interface TableRow {
  readonly row: number;
  readonly levels: string[];
  /** Without those that the table has no column for. */
  readonly cells: Partial<EntryCells>;
}

interface RawRow {
  readonly row: number;
  readonly cells: readonly string[];
}

interface Head {
  /** Where each level stands, the first first. */
  readonly levels: readonly number[];
  readonly entry: ReadonlyMap<EntryColumn, number>;
}

const levelName = /^[一二三四五六七八九十\d]+级栏目$/;

function headOf({ cells }: RawRow): Head | undefined {
  const names = cells.map((text) => plainText(text).replaceAll(/\s/g, ''));
  const levels = names.flatMap((name, at) => (levelName.test(name) ? [at] : []));
  if (levels.length === 0) return undefined;
  const entry = entryColumns.flatMap((column) => {
    const at = names.indexOf(column);
    return at < 0 ? [] : [[column, at] as const];
  });
  return { levels, entry: new Map(entry) };
}

/**
 * The rows below the head. Cells of levels that are merged, or left empty because the row above says it, take what stands
 * above them; a row ends at the last level that it names.
 */
export function readRows(rows: readonly RawRow[]): readonly TableRow[] {
  const at = rows.findIndex((row) => headOf(row) !== undefined);
  const head = rows[at] && headOf(rows[at]);
  if (!head) {
    throw new AppError(
      'invalid',
      'sites.catalogue-file-wrong',
      '表格里没有找到表头。表头应有“一级栏目”和“责任单位”等列，与导出的目录相同。',
    );
  }
  const found: TableRow[] = [];
  let above: readonly string[] = [];
  for (const { row, cells } of rows.slice(at + 1)) {
    const given = head.levels.map((column) => plainText(cells[column] ?? ''));
    const first = given.findIndex((text) => text !== '');
    if (first < 0) continue;
    const levels = [
      ...above.slice(0, first),
      ...given.slice(first, given.findLastIndex((text) => text !== '') + 1),
    ];
    above = levels;
    const texts = [...head.entry].map(([column, place]) => [column, cells[place] ?? ''] as const);
    found.push({ row, levels, cells: Object.fromEntries(texts) as Partial<EntryCells> });
  }
  return found;
}
