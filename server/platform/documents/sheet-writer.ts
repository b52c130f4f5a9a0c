import type { Readable } from 'node:stream';

import { minuteInChina } from '../china-time.ts';
import {
  columnName,
  escapeXml,
  sheetNamespace as main,
  textCell,
  writeWorkbook,
  xmlHead as head,
} from './workbook-file.ts';

/** A date is an instant, shown as the minute in China. */
export type SheetCell = string | Date;

export interface SheetToWrite {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: AsyncIterable<readonly SheetCell[]> | Iterable<readonly SheetCell[]>;
  /** Choices offered in the cells of a column, by its number from 0. */
  readonly choices?: ReadonlyMap<number, readonly string[]>;
}

/** Days since the last of 1899, as spreadsheets count them: they sort and filter by it. */
const serialOf = (at: Date): number => (at.getTime() + 8 * 3_600_000) / 86_400_000 + 25_569;
const dateCell = (at: Date): string => `<c s="3"><v>${serialOf(at)}</v></c>`;
const row = (cells: readonly SheetCell[], style: number): string =>
  `<row>${cells.map((one) => (typeof one === 'string' ? textCell(one, style) : dateCell(one))).join('')}</row>`;

async function* sheetXml({ header, rows, choices }: SheetToWrite): AsyncGenerator<string> {
  const widths = header.map(
    (name, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${Math.max(14, name.length * 2.4)}" customWidth="1"/>`,
  );
  yield `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  yield row(header, 1);
  for await (const cells of rows) yield row(cells, 2);
  yield `</sheetData>${validations(choices)}</worksheet>`;
}

function validations(choices: SheetToWrite['choices']): string {
  if (choices === undefined || choices.size === 0) return '';
  const each = [...choices].map(([at, texts]) => {
    const range = `${columnName(at)}2:${columnName(at)}10000`;
    return `<dataValidation type="list" allowBlank="1" sqref="${range}"><formula1>"${escapeXml(texts.join(','))}"</formula1></dataValidation>`;
  });
  return `<dataValidations count="${each.length}">${each.join('')}</dataValidations>`;
}

// Format 49 is text: a document number or a telephone number typed into a template stays as it was typed.
const styles = `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="49" applyNumberFormat="1"><alignment vertical="top" wrapText="1"/></xf><xf xfId="0" numFmtId="164" applyNumberFormat="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`;
/** A workbook of one sheet, written as its rows come. */
export function writeSheet(sheet: SheetToWrite): Readable {
  return writeWorkbook({ name: sheet.name, styles, sheet: sheetXml(sheet) });
}

/** A formula in a cell would be run by whoever opens the file; a leading apostrophe makes it text again. */
const csvCell = (value: SheetCell): string => {
  const text = typeof value === 'string' ? value : minuteInChina(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** CSV in UTF-8 with the mark by which spreadsheets know it. */
export async function* writeDelimited({ header, rows }: SheetToWrite): AsyncGenerator<string> {
  yield `\ufeff${header.map(csvCell).join(',')}\r\n`;
  for await (const cells of rows) yield `${cells.map(csvCell).join(',')}\r\n`;
}
