import type { RichDocument } from '../../../contracts/rich-text.ts';
import { findingIn, readBytes } from '../document-text/read-bytes.ts';
import { readBeginning } from '../documents/caged-process.ts';
import type { ConvertedDocument } from '../documents/document.types.ts';
import { convertHtml } from '../rich-text/index.ts';
import { previewOfBody, previewOfLines } from './beginning.ts';
import { previewDelimited, previewSheets } from './preview-tables.ts';
import { type DocumentPreview, noPreview } from './preview.types.ts';
import { previewedKind } from './previewed-types.ts';

/** What is to be looked at. */
export interface PreviewOrder {
  readonly path: string;
  readonly mediaType: string;
  readonly mostBytes: number;
}

/** The beginning of a document: only to be called where memory and time are bounded by somebody else. */
export async function makePreview(order: PreviewOrder): Promise<DocumentPreview> {
  try {
    return await previewOf(order);
  } catch (error) {
    return noPreview(findingIn(error));
  }
}

/** What draws and what converts is loaded when it is needed: each document has a process of its own. */
async function previewOf({ path, mediaType, mostBytes }: PreviewOrder): Promise<DocumentPreview> {
  const kind = previewedKind(mediaType);
  // A workbook is read row by row from where it lies.
  if (kind === 'sheet') return previewSheets(path);
  const bytes = await readBeginning(path, mostBytes);
  switch (kind) {
    case 'pdf':
      return (await import('./draw-pdf.ts')).drawPdf(bytes);
    case 'docx': {
      const { convertDocx } = await import('../documents/docx-document.ts');
      return previewConverted(convertDocx, bytes, mediaType);
    }
    case 'ofd': {
      const { convertOfd } = await import('../documents/ofd-document.ts');
      return previewConverted(convertOfd, bytes, mediaType);
    }
    case 'table':
      return previewDelimited(bytes);
    case 'words':
      return previewWords(bytes, mediaType);
    case undefined:
      return noPreview('damaged');
  }
}

type Convert = (bytes: Buffer) => Promise<ConvertedDocument>;

/** Headings, lists and tables as the document has them; where that cannot be had, its words or why there are none. */
async function previewConverted(
  convert: Convert,
  bytes: Buffer,
  mediaType: string,
): Promise<DocumentPreview> {
  const converted = await structureOf(convert, bytes).catch(() => undefined);
  if (converted === undefined) return previewWords(bytes, mediaType);
  return previewOfBody(converted.body, converted.hasPictures ? ['pictures-left-out'] : []);
}

async function structureOf(
  convert: Convert,
  bytes: Buffer,
): Promise<{ readonly body: RichDocument; readonly hasPictures: boolean }> {
  const { html, pictures } = await convert(bytes);
  return { body: convertHtml(html).document, hasPictures: pictures.length > 0 };
}

async function previewWords(bytes: Buffer, mediaType: string): Promise<DocumentPreview> {
  const { text, findings } = await readBytes(bytes, mediaType);
  return previewOfLines(text.split('\n'), findings);
}
