import type { ImportFormat } from '../../../contracts/intake.ts';
import { documentError } from '../../platform/documents/document-error.ts';
import { decodedText, firstBytes, textEncodingOf } from '../../platform/documents/text-encoding.ts';
import { openZip, type ZipArchive } from '../../platform/documents/zip-archive.ts';

const startLength = 65_536;
/** What an archive of documents may hold. */
export const archiveLimits = { entries: 100_000, totalBytes: 8_000_000_000 };

const startsWith = (bytes: Buffer, ...signs: readonly number[]): boolean =>
  signs.every((sign, at) => bytes[at] === sign);

/** What a file is, by what is in it; its name proves nothing. Refused with a `document.*` code when it is nothing of ours. */
export async function detectFormat(path: string): Promise<ImportFormat> {
  const start = await firstBytes(path, startLength);
  if (start.length === 0) throw documentError('document.empty');
  if (startsWith(start, 0x50, 0x4b)) return formatOfZip(path);
  if (startsWith(start, 0xd0, 0xcf, 0x11, 0xe0)) throw documentError('document.type-old');
  if (startsWith(start, 0x1f, 0x8b)) return 'jsonl';
  const encoding = await textEncodingOf(path);
  if (encoding === undefined) {
    throw documentError(start.includes(0) ? 'document.type-unknown' : 'document.encoding-unknown');
  }
  return formatOfText(await textStart(start, encoding));
}

async function textStart(start: Buffer, encoding: 'utf-8' | 'gb18030' | 'utf-16le'): Promise<string> {
  // The last character may be cut off; what is asked for stands before it.
  for (let cut = 0; cut < 4; cut += 1) {
    try {
      let text = '';
      for await (const piece of decodedText(piecesOf(start.subarray(0, start.length - cut)), encoding))
        text += piece;
      return text.trimStart();
    } catch {
      continue;
    }
  }
  throw documentError('document.encoding-unknown');
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function formatOfText(start: string): ImportFormat {
  if (start.startsWith('{')) return 'jsonl';
  const isXml = /^<(?:\?xml|rss)\b/.test(start);
  if (isXml && /<rss\b/.test(start) && start.includes('wordpress.org/export')) return 'wxr';
  if (/^(?:<!doctype html|<html\b|<!--|<body\b|<p\b|<div\b)/i.test(start)) return 'documents';
  if (/^[[<]/.test(start) || start === '') throw documentError('document.type-unknown');
  const [first = ''] = start.split(/\r?\n/, 1);
  if (!/[,;\t]/.test(first)) throw documentError('document.type-unknown');
  return 'csv';
}

async function formatOfZip(path: string): Promise<ImportFormat> {
  const zip = await openZip(path, archiveLimits);
  try {
    if (zip.find('xl/workbook.xml')) return 'xlsx';
    if (isSingleDocument(zip) || zip.entries.some(({ name }) => documentKindOf(name) !== undefined))
      return 'documents';
    throw documentError(zip.entries.length === 0 ? 'document.empty' : 'document.type-unknown');
  } finally {
    zip.close();
  }
}

export function isSingleDocument(zip: ZipArchive): 'docx' | 'ofd' | undefined {
  if (zip.find('word/document.xml')) return 'docx';
  return zip.find('OFD.xml') ? 'ofd' : undefined;
}

/** By its name, only to find it in the archive; what it is shows when it is read. */
export function documentKindOf(name: string): 'docx' | 'ofd' | 'html' | undefined {
  // Programs leave files of their own beside documents.
  if (/(?:^|\/)(?:__MACOSX\/|\.|~\$)/.test(name)) return undefined;
  const extension = /\.(docx|ofd|html?)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === 'htm') return 'html';
  return extension as 'docx' | 'ofd' | 'html' | undefined;
}
