import { Readable } from 'node:stream';

import { ZipFile } from 'yazl';

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const sheetNamespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const mostCellCharacters = 32_767;

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);

/** `AA` for 26. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** A cell is a text, whatever it begins with: nothing that somebody imported becomes a formula. */
export const textCell = (text: string, style: number): string =>
  `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${escapeXml(text.slice(0, mostCellCharacters))}</t></is></c>`;

const contentTypes = `${xmlHead}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`;
const relationList = (items: readonly (readonly [string, string, string])[]): string =>
  `${xmlHead}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** Part dates are fixed, so that the same table gives the same bytes. */
const fixed = { mtime: new Date(Date.UTC(2020, 0, 1)) };

export interface WorkbookParts {
  /** Of the sheet. */
  readonly name: string;
  /** The whole of styles.xml and of the sheet, the latter as it comes. */
  readonly styles: string;
  readonly sheet: AsyncIterable<string> | Iterable<string>;
  /** `<definedName>` elements, as for rows that each printed page repeats. */
  readonly definedNames?: string;
}

/** A workbook of one sheet. */
export function writeWorkbook({ name, styles, sheet, definedNames }: WorkbookParts): Readable {
  const zip = new ZipFile();
  const add = (path: string, text: string): void => {
    zip.addBuffer(Buffer.from(text), path, fixed);
  };
  const names = definedNames === undefined ? '' : `<definedNames>${definedNames}</definedNames>`;
  add('[Content_Types].xml', contentTypes);
  add('_rels/.rels', relationList([['rId1', 'officeDocument', 'xl/workbook.xml']]));
  add(
    'xl/workbook.xml',
    `${xmlHead}<workbook xmlns="${sheetNamespace}" xmlns:r="${relations}"><sheets><sheet name="${sheetName(name)}" sheetId="1" r:id="rId1"/></sheets>${names}</workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    relationList([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'styles', 'styles.xml'],
    ]),
  );
  add('xl/styles.xml', styles);
  const lines = Readable.from(bytesOf(sheet));
  zip.addReadStream(lines, 'xl/worksheets/sheet1.xml', fixed);
  zip.end();
  const output = Readable.from(zip.outputStream as AsyncIterable<Buffer>);
  lines.on('error', (error) => output.destroy(error));
  return output;
}

/** As `name` writes it and as formulas refer to it. */
export const sheetName = (name: string): string => escapeXml(name.slice(0, 31));

async function* bytesOf(texts: AsyncIterable<string> | Iterable<string>): AsyncGenerator<Buffer> {
  for await (const text of texts) yield Buffer.from(text);
}
