import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';

import { documentError } from '../../platform/documents/document-error.ts';
import type { DocumentConverter } from '../../platform/documents/document-converter.ts';
import type { ConvertedDocument } from '../../platform/documents/document.types.ts';
import { openZip, type ZipArchive } from '../../platform/documents/zip-archive.ts';
import { AppError } from '../../platform/errors.ts';
import { archiveLimits, documentKindOf, isSingleDocument } from './detect-format.ts';
import type { IntakeRecord, RecordFile } from './intake.types.ts';

const mostDocumentBytes = 100_000_000;
const mostHtmlBytes = 8_000_000;
const mostFileBytes = 200_000_000;

export interface DocumentSource {
  readonly path: string;
  readonly fileName: string;
  readonly converter: DocumentConverter;
}

/**
 * Word, OFD and HTML documents of an archive in the order of their names, or one alone. `from` are passed over without
 * being opened. A document that cannot be read is a record with its reason; the others follow.
 */
export async function* readDocuments(source: DocumentSource, from: number): AsyncGenerator<IntakeRecord> {
  const single = await singleDocument(source);
  if (single) {
    if (from === 0) yield single;
    return;
  }
  const zip = await openZip(source.path, archiveLimits);
  try {
    const names = zip.entries.flatMap(({ name }) => (documentKindOf(name) === undefined ? [] : [name]));
    names.sort((one, other) => one.localeCompare(other, 'zh-CN', { numeric: true }));
    for (const name of names.slice(from)) yield await readOne(zip, name, source.converter);
  } finally {
    zip.close();
  }
}

async function singleDocument({
  path,
  fileName,
  converter,
}: DocumentSource): Promise<IntakeRecord | undefined> {
  const { size } = await stat(path);
  const start = size <= mostDocumentBytes ? await readFile(path) : Buffer.alloc(0);
  const name = posix.basename(fileName.replaceAll('\\', '/'));
  if (start.length > 0 && !start.subarray(0, 2).equals(Buffer.from('PK'))) return htmlRecord(name, start);
  const zip = await openZip(path, archiveLimits);
  const kind = isSingleDocument(zip);
  zip.close();
  if (kind === undefined) return undefined;
  if (start.length === 0) throw documentError('document.too-large');
  return documentRecord(name, start, await converter.convert({ kind, bytes: start }), kind === 'ofd');
}

async function readOne(zip: ZipArchive, name: string, converter: DocumentConverter): Promise<IntakeRecord> {
  try {
    const kind = documentKindOf(name);
    const bytes = await zip.read(name, kind === 'html' ? mostHtmlBytes : mostDocumentBytes);
    if (kind === 'html') return htmlRecord(name, bytes, zip);
    if (kind === undefined) throw documentError('document.type-unknown');
    // Old and locked documents are found under the new extension.
    if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
      throw documentError('document.type-old');
    return documentRecord(name, bytes, await converter.convert({ kind, bytes }), kind === 'ofd');
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const problem = { code: error.code, field: null, message: error.message };
    return { place: name, values: namesOf(name), fallbackKey: `file:${name}`, problem };
  }
}

/** What a name says: a file's own, without its extension, and the folder it lies in. */
function namesOf(path: string): Record<string, string> {
  const folder = posix.dirname(path);
  return {
    文件名: posix.basename(path).replace(/\.[A-Za-z]+$/, ''),
    ...(folder === '.' ? {} : { 文件夹: folder }),
    路径: path,
  };
}

const digestKey = (bytes: Buffer): string =>
  `document:${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}`;

function documentRecord(
  path: string,
  bytes: Buffer,
  document: ConvertedDocument,
  keepsOriginal: boolean,
): IntakeRecord {
  const pictures = new Map(document.pictures.map((one): [string, RecordFile] => [one.src, one]));
  const original: RecordFile = { fileName: posix.basename(path), bytes };
  return {
    place: path,
    values: {
      ...namesOf(path),
      ...(document.title === '' ? {} : { 文内标题: document.title }),
      正文: document.html,
    },
    fallbackKey: digestKey(bytes),
    warnings: document.warnings,
    ...(keepsOriginal ? { attachments: [path] } : {}),
    openFile: (src) => Promise.resolve(src === path ? original : pictures.get(src)),
  };
}

/** A page's text in the encoding it names, or the one it is written in. */
function decodeHtml(bytes: Buffer): string {
  const named = /<meta[^>]{0,200}charset=["']?\s*([\w-]+)/i.exec(
    bytes.subarray(0, 4096).toString('latin1'),
  )?.[1];
  const order = /^gb|hz/i.test(named ?? '') ? ['gb18030', 'utf-8'] : ['utf-8', 'gb18030'];
  for (const encoding of order) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Perhaps it is the other one.
    }
  }
  throw documentError('document.encoding-unknown');
}

const textIn = (html: string, element: string): string =>
  (
    new RegExp(`<${element}\\b[^<>]{0,500}>([\\s\\S]{0,2000}?)</${element}>`, 'i').exec(
      html.slice(0, 200_000),
    )?.[1] ?? ''
  )
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&nbsp;/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

function htmlRecord(path: string, bytes: Buffer, zip?: ZipArchive): IntakeRecord {
  const html = decodeHtml(bytes);
  const title = textIn(html, 'title');
  const heading = textIn(html, 'h1');
  return {
    place: path,
    values: {
      ...namesOf(path),
      ...(title === '' ? {} : { 网页标题: title }),
      ...(heading === '' ? {} : { 文内标题: heading }),
      正文: html,
    },
    fallbackKey: digestKey(bytes),
    attachments: zip ? linkedFiles(html, path, zip) : [],
    openFile: async (src) => {
      const name = zip && nameInArchive(src, path, zip);
      if (!zip || name === undefined) return undefined;
      return { fileName: posix.basename(name), bytes: await zip.read(name, mostFileBytes) };
    },
  };
}

const attachable = /\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|zip|rar|7z|ofd|txt|csv|mp3|mp4)$/i;

/** Links of a page to files beside it, each once. Its own kind are pages, not attachments. */
function linkedFiles(html: string, path: string, zip: ZipArchive): string[] {
  const found = new Set<string>();
  for (const match of html.matchAll(/<a\b[^<>]{0,1000}?\bhref\s{0,9}=\s{0,9}["']([^"'<>]{1,500})["']/gi)) {
    const src = match[1] ?? '';
    const name = nameInArchive(src, path, zip);
    if (name !== undefined && attachable.test(name)) found.add(src);
    if (found.size >= 50) break;
  }
  return [...found];
}

/** The file that an address means, looked for in the archive and nowhere else. */
function nameInArchive(src: string, from: string, zip: ZipArchive): string | undefined {
  const address = src.trim().replace(/[?#].*$/, '');
  if (address === '' || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)) return undefined;
  let decoded = address;
  try {
    decoded = decodeURIComponent(address);
  } catch {
    // It is written as it is.
  }
  for (const one of [decoded, address]) {
    const path = one.startsWith('/') ? one.slice(1) : posix.join(posix.dirname(from), one);
    const name = posix.normalize(path);
    if (!name.startsWith('..') && zip.find(name)) return name;
  }
  return undefined;
}
