import { posix } from 'node:path';
import type { Readable } from 'node:stream';

import { type Entry, fromBuffer, open, type Options, type ZipFile } from 'yauzl';

import { AppError } from '../errors.ts';
import { documentError } from './document-error.ts';
import { likelyEncoding } from './text-encoding.ts';

export interface ZipLimits {
  /** Files in the archive. */
  readonly entries: number;
  /** Bytes of all of them together, as they are when taken out. */
  readonly totalBytes: number;
  /** Names must be taken as they stand: two of one name, a folder, or a way out of the archive is refused. */
  readonly exactNames?: boolean;
}

export interface ZipEntry {
  /** Path inside the archive, with `/`, never above its root. */
  readonly name: string;
  readonly size: number;
}

/** An archive of which only the list of contents is in memory. */
export interface ZipArchive {
  readonly entries: readonly ZipEntry[];
  find(name: string): ZipEntry | undefined;
  /** Streams one file. It ends with an error when it is longer than the archive says. */
  stream(name: string): Promise<Readable>;
  /** The whole of one file, or `document.too-large`. */
  read(name: string, mostBytes: number): Promise<Buffer>;
  close(): void;
}

const options: Options = {
  lazyEntries: true,
  autoClose: false,
  decodeStrings: false,
  validateEntrySizes: true,
};

/**
 * Opens a zip archive and reads what it says it holds. Nothing is taken out yet; an archive that promises more than
 * the limits, is encrypted or damaged is refused here, one that lies about it when the file is read.
 */
export async function openZip(source: string | Buffer, limits: ZipLimits): Promise<ZipArchive> {
  const zip = await openFile(source);
  try {
    const found = await listEntries(zip, limits);
    return archiveOf(zip, found);
  } catch (error) {
    zip.close();
    throw error;
  }
}

const damaged = (cause: unknown): AppError =>
  cause instanceof AppError ? cause : documentError('document.damaged', { cause });

function openFile(source: string | Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: ZipFile): void => {
      if (error) reject(damaged(error));
      else resolve(zip);
    };
    if (typeof source === 'string') open(source, options, done as never);
    else fromBuffer(source, options, done as never);
  });
}

function listEntries(zip: ZipFile, limits: ZipLimits): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > limits.entries) return Promise.reject(documentError('document.too-many-files'));
  return new Promise((resolve, reject) => {
    const found = new Map<string, Entry>();
    let total = 0;
    zip.on('error', (error: Error) => {
      reject(damaged(error));
    });
    zip.on('end', () => {
      resolve(found);
    });
    zip.on('entry', (entry: Entry) => {
      total += entry.uncompressedSize;
      if (total > limits.totalBytes) {
        reject(documentError('document.too-large'));
        return;
      }
      if ((entry.generalPurposeBitFlag & 1) === 1) {
        reject(documentError('document.encrypted'));
        return;
      }
      const name = nameOf(entry);
      if (limits.exactNames === true && (name !== rawName(entry) || found.has(name))) {
        reject(documentError('document.names-unsafe', { details: { name: rawName(entry) } }));
        return;
      }
      // The first of two of one name counts, so that nobody reads another than was looked at.
      if (name !== null && !found.has(name)) found.set(name, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

const utf8Flag = 0x800;

const rawName = (entry: Entry): string => (entry.fileName as unknown as Buffer).toString('utf8');

/** Chinese Windows writes names in GBK and does not say so. Null for folders and for names that lead out. */
function nameOf(entry: Entry): string | null {
  const raw = entry.fileName as unknown as Buffer;
  const text = decodeName(raw, (entry.generalPurposeBitFlag & utf8Flag) !== 0).replaceAll('\\', '/');
  if (text === '' || text.endsWith('/') || text.includes('\0')) return null;
  const path = posix.normalize(text).replace(/^\/+/, '');
  return path === '' || path === '.' || path === '..' || path.startsWith('../') ? null : path;
}

function decodeName(raw: Buffer, saysUtf8: boolean): string {
  if (saysUtf8) return raw.toString('utf8');
  return new TextDecoder(likelyEncoding(raw) ?? 'gb18030').decode(raw);
}

function archiveOf(zip: ZipFile, found: ReadonlyMap<string, Entry>): ZipArchive {
  const entryOf = (name: string, entry: Entry): ZipEntry => ({ name, size: entry.uncompressedSize });
  const stream = (name: string): Promise<Readable> =>
    new Promise((resolve, reject) => {
      const entry = found.get(name);
      if (!entry) {
        reject(documentError('document.damaged', { details: { missing: name } }));
        return;
      }
      zip.openReadStream(entry, (error, readable) => {
        if (error) reject(damaged(error));
        else resolve(readable);
      });
    });
  return {
    entries: [...found].map(([name, entry]) => entryOf(name, entry)),
    find: (name) => {
      const entry = found.get(name);
      return entry && entryOf(name, entry);
    },
    stream,
    read: async (name, mostBytes) => {
      if ((found.get(name)?.uncompressedSize ?? 0) > mostBytes) throw documentError('document.too-large');
      return readAtMost(await stream(name), mostBytes);
    },
    close: () => {
      zip.close();
    },
  };
}

/** All bytes of a stream, or `document.too-large` as soon as there are more. */
export async function readAtMost(source: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > mostBytes) throw documentError('document.too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw damaged(error);
  }
  return Buffer.concat(chunks);
}
