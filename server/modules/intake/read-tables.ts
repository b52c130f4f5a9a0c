import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import { delimitedRows, delimiterOf } from '../../platform/documents/delimited-text.ts';
import { documentError } from '../../platform/documents/document-error.ts';
import { sheetRows } from '../../platform/documents/sheet-reader.ts';
import { decodedText, textEncodingOf, type TextEncoding } from '../../platform/documents/text-encoding.ts';
import type { IntakeRecord } from './intake.types.ts';

const mostColumns = 200;

/** CSV or TSV in UTF-8, GB 18030 or UTF-16; the first row names the columns. */
export async function* readDelimited(path: string): AsyncGenerator<IntakeRecord> {
  const encoding = await textEncodingOf(path);
  if (encoding === undefined) throw documentError('document.encoding-unknown');
  const delimiter = delimiterOf(await firstText(path, encoding));
  const table = new Table('');
  for await (const { line, cells } of delimitedRows(decoded(path, encoding), delimiter)) {
    const record = table.recordOf(cells, line);
    if (record) yield record;
  }
}

const decoded = (path: string, encoding: TextEncoding): AsyncIterable<string> =>
  decodedText(createReadStream(path) as AsyncIterable<Buffer>, encoding);

async function firstText(path: string, encoding: TextEncoding): Promise<string> {
  for await (const piece of decoded(path, encoding)) if (piece !== '') return piece;
  return '';
}

/** Every visible sheet of a workbook; each names its own columns. */
export async function* readSheets(path: string): AsyncGenerator<IntakeRecord> {
  let table: Table | undefined;
  for await (const { sheet, row, cells } of sheetRows(path)) {
    if (table?.sheet !== sheet) table = new Table(sheet);
    const record = table.recordOf(cells, row);
    if (record) yield record;
  }
}

/** One table: rows become records once its columns are named. */
class Table {
  readonly sheet: string;
  private header: readonly string[] | undefined;

  constructor(sheet: string) {
    this.sheet = sheet;
  }

  recordOf(cells: readonly string[], row: number): IntakeRecord | undefined {
    const trimmed = cells.slice(0, mostColumns).map((cell) => cell.trim());
    if (this.header === undefined) {
      // A row with one cell is the table's title, not its heading.
      if (trimmed.filter((cell) => cell !== '').length >= 2) this.header = namesOf(trimmed);
      return undefined;
    }
    const values: Record<string, string> = {};
    for (const [at, name] of this.header.entries()) {
      const value = trimmed[at] ?? '';
      if (name !== '' && value !== '') values[name] = value;
    }
    if (Object.keys(values).length === 0) return undefined;
    const place = this.sheet === '' ? `第 ${row} 行` : `${this.sheet} 第 ${row} 行`;
    const digest = createHash('sha256')
      .update(JSON.stringify(Object.entries(values)))
      .digest('hex');
    return { place, values, fallbackKey: `row:${digest.slice(0, 32)}` };
  }
}

/** The second of two columns of one name is told apart. */
function namesOf(cells: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return cells.map((cell) => {
    const name = cell.replaceAll(/\s+/g, ' ').slice(0, 190);
    if (name === '') return '';
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}（${times}）`;
  });
}
