import { type SheetFile, xlsxMediaType } from './sheet-file.ts';
import { columnName, sheetName, sheetNamespace, textCell, writeWorkbook, xmlHead } from './workbook-file.ts';

export interface OfficialColumn {
  readonly name: string;
  /** In characters. */
  readonly width: number;
  /** A text reaches down over the empty cells that belong to it. */
  readonly groups?: true;
}

/** A table as offices send it round: a title, a line below it, a head on every page, lines between all cells. */
export interface OfficialTable {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly sheet: string;
  readonly title: string;
  readonly note: string;
  readonly columns: readonly OfficialColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** The rows before the first one of the table itself: title, note, head. */
export const rowsAbove = 3;

const style = { title: 1, note: 2, head: 3, text: 4, group: 5 } as const;
const aligned = (horizontal: string, vertical = 'center'): string =>
  `<alignment horizontal="${horizontal}" vertical="${vertical}" wrapText="1"/>`;
const bordered = 'borderId="1" applyBorder="1" applyAlignment="1"';
const styles = `${xmlHead}<styleSheet xmlns="${sheetNamespace}"><fonts count="4"><font><sz val="10.5"/><name val="宋体"/></font><font><b/><sz val="18"/><name val="宋体"/></font><font><b/><sz val="10.5"/><name val="宋体"/></font><font><sz val="10"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDEDED"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" applyAlignment="1">${aligned('center')}</xf><xf xfId="0" fontId="3" applyFont="1" applyAlignment="1">${aligned('right')}</xf><xf xfId="0" fontId="2" fillId="2" applyFont="1" applyFill="1" ${bordered}>${aligned('center')}</xf><xf xfId="0" numFmtId="49" applyNumberFormat="1" ${bordered}>${aligned('left')}</xf><xf xfId="0" numFmtId="49" applyNumberFormat="1" ${bordered}>${aligned('center')}</xf></cellXfs></styleSheet>`;

const rowXml = (cells: readonly string[], styleOf: (at: number) => number, height?: number): string =>
  `<row${height === undefined ? '' : ` ht="${String(height)}" customHeight="1"`}>${cells.map((text, at) => textCell(text, styleOf(at))).join('')}</row>`;

/** From which row to which a text of a grouping column reaches, each with its column; single cells are left out. */
export function mergesOf({ columns, rows }: Pick<OfficialTable, 'columns' | 'rows'>): readonly {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}[] {
  const merges: { column: number; from: number; to: number }[] = [];
  for (const [column, { groups }] of columns.entries()) {
    if (groups !== true) continue;
    let from = 0;
    const end = (to: number): void => {
      if (to > from && (rows[from]?.[column] ?? '') !== '') merges.push({ column, from, to });
    };
    for (let at = 1; at <= rows.length; at += 1) {
      const cells = rows[at];
      // It belongs to the text above as long as neither this column nor one before it begins anew.
      if (cells && cells.slice(0, column + 1).every((text) => text === '')) continue;
      end(at - 1);
      from = at;
    }
  }
  return merges;
}

function mergeXml(table: OfficialTable): string {
  const across = `A1:${columnName(table.columns.length - 1)}1`;
  const note = `A2:${columnName(table.columns.length - 1)}2`;
  const down = mergesOf(table).map(({ column, from, to }) => {
    const name = columnName(column);
    return `${name}${String(from + 1 + rowsAbove)}:${name}${String(to + 1 + rowsAbove)}`;
  });
  const all = [across, note, ...down].map((range) => `<mergeCell ref="${range}"/>`);
  return `<mergeCells count="${String(all.length)}">${all.join('')}</mergeCells>`;
}

function* sheetXml(table: OfficialTable): Generator<string> {
  const { columns, rows, title, note } = table;
  const blank = columns.slice(1).map(() => '');
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${String(width)}" customWidth="1"/>`,
  );
  yield `${xmlHead}<worksheet xmlns="${sheetNamespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${String(rowsAbove)}" topLeftCell="A${String(rowsAbove + 1)}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
  yield rowXml([title, ...blank], () => style.title, 36);
  yield rowXml([note, ...blank], () => style.note, 20);
  yield rowXml(
    columns.map(({ name }) => name),
    () => style.head,
    24,
  );
  for (const cells of rows)
    yield rowXml(cells, (at) => (columns[at]?.groups === true ? style.group : style.text));
  yield `</sheetData>${mergeXml(table)}<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`;
}

/** As xlsx: A4 across, as wide as the page, its head on each. */
export function officialTableFile(table: OfficialTable): SheetFile {
  const sheet = sheetName(table.sheet).replaceAll("'", "''");
  return {
    fileName: `${table.name}.xlsx`,
    mediaType: xlsxMediaType,
    content: writeWorkbook({
      name: table.sheet,
      styles,
      sheet: sheetXml(table),
      definedNames: `<definedName name="_xlnm.Print_Titles" localSheetId="0">'${sheet}'!$1:$${String(rowsAbove)}</definedName>`,
    }),
  };
}
