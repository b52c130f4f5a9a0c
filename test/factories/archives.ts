import { crc32, deflateRawSync } from 'node:zlib';

import { ofdLine } from './documents.ts';
import { pdfOf } from './pdfs.ts';

export interface ArchivePart {
  readonly name: string | Buffer;
  readonly bytes: Buffer | string;
  /** What the archive says of the unfolded size, when it lies. */
  readonly claimedSize?: number;
}

/** A ZIP archive by hand: what is in it, and what it says of itself, is up to the test. */
export function zipOf(parts: readonly ArchivePart[]): Buffer {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, claimedSize } of parts) {
    const raw = Buffer.from(bytes);
    const packed = deflateRawSync(raw);
    const label = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(typeof name === 'string' ? 0x800 : 0, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(raw), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimedSize ?? raw.length, 18);
    common.writeUInt16LE(label.length, 22);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), common, label, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    list.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), common, rest, label);
    at += 4 + common.length + label.length + packed.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...files, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** What an office document says it is, as its first part. */
function typesOf(part: string, kind: string): ArchivePart {
  const type = `application/vnd.openxmlformats-officedocument.${kind}.main+xml`;
  return {
    name: '[Content_Types].xml',
    bytes: `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}"/></Types>`,
  };
}

export function aDocx(paragraphs: readonly string[], more: readonly ArchivePart[] = []): Buffer {
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');
  return zipOf([
    typesOf('word/document.xml', 'wordprocessingml.document'),
    { name: 'word/document.xml', bytes: `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` },
    ...more,
  ]);
}

export function anXlsx(rows: readonly (readonly string[])[], hidden = false): Buffer {
  const strings = rows.flat();
  const cells = rows
    .map((row, y) => {
      const before = rows.slice(0, y).flat().length;
      return `<row>${row.map((_, x) => `<c t="s"><v>${String(before + x)}</v></c>`).join('')}</row>`;
    })
    .join('');
  return zipOf([
    typesOf('xl/workbook.xml', 'spreadsheetml.sheet'),
    {
      name: 'xl/workbook.xml',
      bytes: `<workbook><sheets><sheet name="表"${hidden ? ' state="hidden"' : ''}/></sheets></workbook>`,
    },
    {
      name: 'xl/sharedStrings.xml',
      bytes: `<sst>${strings.map((one) => `<si><t>${one}</t></si>`).join('')}</sst>`,
    },
    { name: 'xl/worksheets/sheet1.xml', bytes: `<worksheet><sheetData>${cells}</sheetData></worksheet>` },
  ]);
}

export function aPptx(slides: readonly string[]): Buffer {
  return zipOf([
    typesOf('ppt/presentation.xml', 'presentationml.presentation'),
    ...slides.map((text, index) => ({
      name: `ppt/slides/slide${String(index + 1)}.xml`,
      bytes: `<p:sld xmlns:a="a" xmlns:p="p"><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:sld>`,
    })),
  ]);
}

export function anOfd(lines: readonly string[], doctype = ''): Buffer {
  const objects = lines.map((line, at) => ofdLine(line, 20, 30 + 10 * at)).join('');
  return zipOf([
    {
      name: 'OFD.xml',
      bytes: '<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
    },
    {
      name: 'Doc_0/Document.xml',
      bytes:
        '<ofd:Document><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
    },
    {
      name: 'Doc_0/Pages/Page_0/Content.xml',
      bytes: `<?xml version="1.0"?>${doctype}<ofd:Page><ofd:Content>${objects}</ofd:Content></ofd:Page>`,
    },
  ]);
}

/** A PDF by hand: one page with one line in Latin letters, and whatever else its catalogue shall say. */
export function aPdf(line: string, catalogue = '', more: readonly string[] = []): Buffer {
  const content = `BT /F1 12 Tf 72 700 Td (${line}) Tj ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...more,
  ];
  return pdfOf(objects);
}
