import { Readable } from 'node:stream';

import type { RichBlock, TableRow } from '../../../contracts/rich-text.ts';
import { readPlain } from '../document-text/read-plain.ts';
import { TextCollector } from '../document-text/text-collector.ts';
import { delimitedRows, delimiterOf } from '../documents/delimited-text.ts';
import { sheetRows } from '../documents/sheet-reader.ts';
import { usableText } from '../usable-text.ts';
import { paragraphOf, previewOfBody } from './beginning.ts';
import type { DocumentPreview } from './preview.types.ts';

/** Of all sheets together: more than anybody reads in passing. */
const mostRows = 200;
const mostColumns = 20;
const mostCellCharacters = 300;

/** Rows as they come, sheet by sheet. */
interface Grid {
  readonly name: string;
  readonly rows: (readonly string[])[];
}

/** The first rows of the visible sheets of a workbook. */
export async function previewSheets(path: string): Promise<DocumentPreview> {
  const grids: Grid[] = [];
  let count = 0;
  for await (const { sheet, cells } of sheetRows(path)) {
    if (count === mostRows) return previewOfGrids(grids, false);
    if (grids.at(-1)?.name !== sheet) grids.push({ name: sheet, rows: [] });
    grids.at(-1)?.rows.push(cells);
    count += 1;
  }
  return previewOfGrids(grids, true);
}

/** The first rows of a table in text, in whichever encoding it came. */
export async function previewDelimited(bytes: Buffer): Promise<DocumentPreview> {
  const collector = new TextCollector();
  readPlain(bytes, collector);
  const text = collector.text();
  const rows: (readonly string[])[] = [];
  for await (const { cells } of delimitedRows(Readable.from([text]), delimiterOf(text))) {
    if (rows.length === mostRows) return previewOfGrids([{ name: '', rows }], false);
    rows.push(cells);
  }
  return previewOfGrids([{ name: '', rows }], !collector.isFull);
}

function previewOfGrids(grids: readonly Grid[], isWhole: boolean): DocumentPreview {
  const isNamed = grids.length > 1;
  const content = grids.flatMap((grid): RichBlock[] => {
    const heading: RichBlock = {
      type: 'heading',
      attrs: { level: 3 },
      content: [{ type: 'text', text: usableText(grid.name) }],
    };
    const table: RichBlock = { type: 'table', content: rowsOf(grid) };
    return isNamed ? [heading, table] : [table];
  });
  const isNarrow = grids.every(({ rows }) =>
    rows.every((row) => row.length <= mostColumns && row.every((cell) => cell.length <= mostCellCharacters)),
  );
  const preview = previewOfBody({ type: 'doc', content });
  return { ...preview, isWhole: preview.isWhole && isWhole && isNarrow };
}

function rowsOf({ rows }: Grid): TableRow[] {
  const columns = Math.min(mostColumns, Math.max(...rows.map((row) => row.length)));
  return rows.map((row) => ({
    type: 'tableRow',
    content: Array.from({ length: columns }, (_, at) => ({
      type: 'tableCell',
      content: [paragraphOf(shortened(row[at] ?? ''))],
    })),
  }));
}

function shortened(cell: string): string {
  const text = usableText(cell).replaceAll(/\s+/g, ' ').trim();
  return text.length <= mostCellCharacters ? text : `${text.slice(0, mostCellCharacters).toWellFormed()}…`;
}
