import mammoth from 'mammoth';
import { ZipFile } from 'yazl';

import { documentError } from './document-error.ts';
import type { ConvertedDocument, DocumentPicture } from './document.types.ts';
import { settleHeadings } from './docx-headings.ts';
import { settleNumbering } from './docx-numbering.ts';
import { openZip, readAtMost, type ZipArchive } from './zip-archive.ts';

const limits = { entries: 5_000, totalBytes: 400_000_000 };
const mostPartBytes = 40_000_000;
const mostPictureBytes = 30_000_000;
const mostPictures = 500;

/**
 * A Word document as HTML: headings, lists, numbers as they are read, tables with merged cells, footnotes and
 * pictures. Every part is taken out and counted here, and only what was looked at is handed on.
 */
export async function convertDocx(bytes: Buffer): Promise<ConvertedDocument> {
  const zip = await openZip(bytes, limits);
  try {
    return await convertParts(await readParts(zip));
  } finally {
    zip.close();
  }
}

const isPicture = (name: string): boolean => /^word\/media\//.test(name);
const isNeeded = (name: string): boolean =>
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/.*\.(?:xml|rels))$/i.test(name) || isPicture(name);

async function readParts(zip: ZipArchive): Promise<Map<string, Buffer>> {
  if (!zip.find('word/document.xml')) throw documentError('document.damaged');
  const parts = new Map<string, Buffer>();
  let total = 0;
  for (const { name } of zip.entries.filter((one) => isNeeded(one.name))) {
    const part = await zip.read(name, isPicture(name) ? mostPictureBytes : mostPartBytes);
    total += part.length;
    if (total > limits.totalBytes) throw documentError('document.too-large');
    if (!isPicture(name)) requireNoDoctype(part);
    parts.set(name, part);
  }
  return parts;
}

/** Word never writes one; who does wants to have something read that is not in the file. */
function requireNoDoctype(part: Buffer): void {
  if (
    part.includes('<!DOCTYPE') ||
    part.includes('<!ENTITY') ||
    part.includes(Buffer.from('<!DOCTYPE', 'utf16le'))
  )
    throw documentError('document.xml-forbidden');
}

const textOf = (part: Buffer | undefined): string | undefined =>
  part?.toString('utf8').replace(/^\ufeff/, '');

async function convertParts(parts: Map<string, Buffer>): Promise<ConvertedDocument> {
  const settled = settleNumbering(
    settleHeadings({
      document: textOf(parts.get('word/document.xml')) ?? '',
      numbering: textOf(parts.get('word/numbering.xml')),
      styles: textOf(parts.get('word/styles.xml')),
    }),
  );
  parts.set('word/document.xml', Buffer.from(settled.document));
  if (settled.numbering !== undefined) parts.set('word/numbering.xml', Buffer.from(settled.numbering));
  if (settled.styles !== undefined && parts.has('word/styles.xml'))
    parts.set('word/styles.xml', Buffer.from(settled.styles));
  const pictures: DocumentPicture[] = [];
  const { value } = await mammoth.convertToHtml(
    { buffer: await repack(parts) },
    {
      styleMap,
      externalFileAccess: false,
      // The document's own map of styles is as untrusted as the rest of it.
      includeEmbeddedStyleMap: false,
      transformDocument: transforms.paragraph(markAlignment),
      convertImage: mammoth.images.imgElement(async (image) => {
        const src = `picture:${pictures.length}`;
        if (pictures.length < mostPictures) {
          const extension = extensions[image.contentType] ?? 'bin';
          pictures.push({
            src,
            fileName: `图片${pictures.length + 1}.${extension}`,
            bytes: new Uint8Array(await image.readAsBuffer()),
          });
        }
        return { src };
      }),
    },
  );
  const html = settleNotes(settleAlignment(value));
  return { html, title: titleOf(html), pictures, warnings: warningsOf(parts) };
}

/** Without compression: it is read once, at once. */
async function repack(parts: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes] of parts) zip.addBuffer(bytes, name, { compress: false });
  zip.end();
  return readAtMost(zip.outputStream as AsyncIterable<Buffer>, Infinity);
}

const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/x-emf': 'emf',
  'image/x-wmf': 'wmf',
  'image/bmp': 'bmp',
  'image/tiff': 'tif',
};

const alignments = ['center', 'right'] as const;
const styleMap = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  ...[1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`),
  ...alignments.map((one) => `p[style-name='aligned-${one}'] => p.aligned-${one}:fresh`),
  'u => u',
];

/** The library's types leave this part of it out. */
const { transforms } = mammoth as unknown as {
  readonly transforms: {
    paragraph(change: (paragraph: WordParagraph) => WordParagraph): (element: unknown) => unknown;
  };
};

interface WordParagraph {
  readonly alignment?: string | null;
  readonly numbering?: unknown;
  readonly styleName?: string | null;
}

/** The converter knows alignment and does not write it; a style of our own carries it through. */
function markAlignment(paragraph: WordParagraph): WordParagraph {
  const { alignment, numbering, styleName } = paragraph;
  const isHeading = /^(?:heading|title|标题)/i.test(styleName ?? '');
  if (isHeading || numbering || !alignments.some((one) => one === alignment)) return paragraph;
  return { ...paragraph, styleName: `aligned-${alignment ?? ''}` };
}

const settleAlignment = (html: string): string =>
  html.replaceAll(/<p class="aligned-(center|right)">/g, '<p style="text-align:$1">');

/**
 * Footnotes: `[1]` where the note is called, and the notes at the end with their numbers. The links between them are
 * left out, because anchors of a document could clash with those of the page.
 */
function settleNotes(html: string): string {
  const called = html.replaceAll(/<a href="#(?:foot|end)note-[\w-]+" id="[\w-]+">(\[\d+\])<\/a>/g, '$1');
  const first = called.search(/<ol><li id="(?:foot|end)note-/);
  if (first < 0) return called;
  const notes: string[] = [];
  const end = called
    .slice(first)
    .replaceAll(/<li id="(?:foot|end)note-[\w-]+">([\s\S]*?)<\/li>/g, (_all, note: string) => {
      const text = note.replaceAll(/\s*<a href="#(?:foot|end)note-ref-[\w-]+">[^<]*<\/a>/g, '');
      notes.push(text.replace(/^<p>\s*/, `<p>[${notes.length + 1}] `));
      return '';
    });
  return `${called.slice(0, first)}<hr>${notes.join('')}${end.replace(/^<ol>\s*<\/ol>/, '')}`;
}

function titleOf(html: string): string {
  const heading = /<h[1-3][^>]*>([\s\S]*?)<\/h[1-3]>/.exec(html)?.[1] ?? '';
  return heading
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function warningsOf(parts: ReadonlyMap<string, Buffer>): string[] {
  const warnings: string[] = [];
  const document = parts.get('word/document.xml') ?? Buffer.alloc(0);
  if (document.includes('<w:ins ') || document.includes('<w:del '))
    warnings.push('文档中有修订痕迹，已按接受全部修订处理');
  if (document.includes('<m:oMath')) warnings.push('公式没有带入，请核对');
  if (document.includes('<c:chart')) warnings.push('图表没有带入，请另存为图片');
  return warnings;
}
