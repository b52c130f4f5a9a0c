import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ZipFile } from 'yazl';

import { writeSheet, type SheetToWrite } from '../../server/platform/documents/sheet-writer.ts';
import { readAtMost } from '../../server/platform/documents/zip-archive.ts';

export type ZipContent = Readonly<Record<string, string | Buffer>>;

/** An archive of these files. */
export async function aZip(files: ZipContent): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return readAtMost(zip.outputStream as AsyncIterable<Buffer>, Infinity);
}

/** The same archive with a name as Chinese Windows writes it: these bytes, and no word of UTF-8. */
export function withRawName(zip: Buffer, placeholder: string, raw: Buffer): Buffer {
  if (raw.length !== Buffer.byteLength(placeholder)) throw new Error('a name must keep its length');
  const bytes = Buffer.from(zip);
  for (let at = bytes.indexOf(placeholder); at >= 0; at = bytes.indexOf(placeholder, at + 1))
    raw.copy(bytes, at);
  // The flag of UTF-8 stands at 6 in local headers and at 8 in the directory.
  for (const [sign, offset] of [
    ['PK\u0003\u0004', 6],
    ['PK\u0001\u0002', 8],
  ] as const) {
    for (let at = bytes.indexOf(sign); at >= 0; at = bytes.indexOf(sign, at + 1))
      bytes.writeUInt16LE(bytes.readUInt16LE(at + offset) & ~0x800, at + offset);
  }
  return bytes;
}

/** The same archive with another size in its directory than its files have. */
export function withFalseSize(zip: Buffer, size: number): Buffer {
  const bytes = Buffer.from(zip);
  for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 1))
    bytes.writeUInt32LE(size, at + 24);
  return bytes;
}

export async function aWorkbook(sheet: Omit<SheetToWrite, 'name'> & { name?: string }): Promise<Buffer> {
  return readAtMost(writeSheet({ name: 'Sheet1', ...sheet }) as AsyncIterable<Buffer>, Infinity);
}

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

export interface DocxParts {
  /** Inside `w:body`. */
  readonly body: string;
  readonly numbering?: string;
  readonly styles?: string;
  readonly footnotes?: string;
  readonly pictures?: Readonly<Record<string, Buffer>>;
  readonly more?: ZipContent;
}

/** A Word document by its parts. Pictures are `rId-<name>` in relations. */
export function aDocx(parts: DocxParts): Promise<Buffer> {
  const { body, numbering, styles, footnotes, pictures = {}, more = {} } = parts;
  const kinds = { numbering, styles, footnotes };
  const named = Object.entries(kinds).filter(([, text]) => text !== undefined);
  const overrides = named.map(
    ([name]) =>
      `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml"/>`,
  );
  const links = [
    ...named.map(
      ([name]) => `<Relationship Id="rId-${name}" Type="${relations}/${name}" Target="${name}.xml"/>`,
    ),
    ...Object.keys(pictures).map(
      (name) => `<Relationship Id="rId-${name}" Type="${relations}/image" Target="media/${name}"/>`,
    ),
  ];
  return aZip({
    '[Content_Types].xml': `${head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>${overrides.join('')}</Types>`,
    '_rels/.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${links.join('')}</Relationships>`,
    'word/document.xml': `${head}<w:document ${word} xmlns:r="${relations}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`,
    ...(numbering === undefined
      ? {}
      : { 'word/numbering.xml': `${head}<w:numbering ${word}>${numbering}</w:numbering>` }),
    ...(styles === undefined ? {} : { 'word/styles.xml': `${head}<w:styles ${word}>${styles}</w:styles>` }),
    ...(footnotes === undefined
      ? {}
      : { 'word/footnotes.xml': `${head}<w:footnotes ${word}>${footnotes}</w:footnotes>` }),
    ...Object.fromEntries(Object.entries(pictures).map(([name, bytes]) => [`word/media/${name}`, bytes])),
    ...more,
  });
}

export const wordText = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const wordParagraph = (text: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${wordText(text)}</w:p>`;
export const wordNumber = (list: number, level = 0): string =>
  `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`;
export const wordPicture = (name: string): string =>
  `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="示意图"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId-${name}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;

/** An OFD document of these pages, each the inside of its `ofd:Layer`. */
export function anOfd(pages: readonly string[], more: ZipContent = {}): Promise<Buffer> {
  const ofd = 'xmlns:ofd="http://www.ofdspec.org/2016"';
  const list = pages.map((_, at) => `<ofd:Page ID="${at + 10}" BaseLoc="Pages/Page_${at}/Content.xml"/>`);
  return aZip({
    'OFD.xml': `<ofd:OFD ${ofd} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
    'Doc_0/Document.xml': `<ofd:Document ${ofd}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>${list.join('')}</ofd:Pages></ofd:Document>`,
    ...Object.fromEntries(
      pages.map((page, at) => [
        `Doc_0/Pages/Page_${at}/Content.xml`,
        `<ofd:Page ${ofd}><ofd:Content><ofd:Layer ID="1">${page}</ofd:Layer></ofd:Content></ofd:Page>`,
      ]),
    ),
    ...more,
  });
}

/** One line of text where it stands, in millimetres. */
export function ofdLine(text: string, x: number, y: number, size = 5): string {
  const letters = Array.from(text).length;
  return `<ofd:TextObject ID="2" Boundary="${x} ${y - size} ${letters * size} ${size}" Font="1" Size="${size}"><ofd:TextCode X="0" Y="${size}" DeltaX="g ${letters - 1} ${size}">${text}</ofd:TextCode></ofd:TextObject>`;
}

/** A file on the disk, for readers that begin with a path. */
export function aFile(name: string, bytes: Buffer | string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'jiyue-document-')), name);
  writeFileSync(path, bytes);
  return path;
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
