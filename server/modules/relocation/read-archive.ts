import { createReadStream } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { extract } from 'tar-stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

import { AppError } from '../../platform/errors.ts';

/** Called for each file of a copy, one after the other; must read the stream to its end or destroy it. */
export type TakeFile = (name: string, content: Readable) => Promise<void>;

const unreadable = (cause?: unknown): AppError =>
  new AppError(
    'invalid',
    'relocation.copy-unreadable',
    '不是可以读取的 zip、tar 或 tar.gz 文件，或者文件已损坏。',
    {
      cause,
    },
  );

/** Reads a zip, tar or gzipped tar by what it is, not by its name. Nothing is unpacked to the disk by its own names. */
export async function readArchive(path: string, take: TakeFile): Promise<void> {
  await using file = await open(path);
  const head = Buffer.alloc(512);
  const { bytesRead } = await file.read(head, 0, 512, 0);
  try {
    if (head.subarray(0, 2).toString('latin1') === 'PK') await readZip(path, take);
    else if (head[0] === 0x1f && head[1] === 0x8b)
      await readTar(createReadStream(path).pipe(createGunzip()), take);
    else if (bytesRead === 512 && head.subarray(257, 262).toString('latin1') === 'ustar') {
      await readTar(createReadStream(path), take);
    } else throw unreadable();
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(error);
  }
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((done, failed) => {
    // Names are read as bytes: many archives hold them in GBK without saying so.
    yauzl.open(path, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (error, zip) => {
      if (error) failed(error);
      else done(zip);
    });
  });
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((done, failed) => {
      const settle = (act: () => void) => () => {
        zip.removeAllListeners();
        act();
      };
      zip.once('entry', (one: Entry) => {
        settle(() => {
          done(one);
        })();
      });
      zip.once(
        'end',
        settle(() => {
          done(undefined);
        }),
      );
      zip.once('error', (error: Error) => {
        settle(() => {
          failed(error);
        })();
      });
      zip.readEntry();
    });
    if (entry === undefined) return;
    yield entry;
  }
}

const nameOfEntry = (entry: Entry): string =>
  textOfName(Buffer.from(entry.fileName as unknown as Uint8Array));

function textOfName(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

async function readZip(path: string, take: TakeFile): Promise<void> {
  const zip = await openZip(path);
  try {
    for await (const entry of entriesOf(zip)) {
      const name = nameOfEntry(entry);
      if (name.endsWith('/')) continue;
      const content = await new Promise<Readable>((done, failed) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) failed(error);
          else done(stream);
        });
      });
      await take(name, content);
    }
  } finally {
    zip.close();
  }
}

/** Known to the package and not to its types. */
const namesAsBytes: object = { filenameEncoding: 'latin1' };

async function readTar(source: Readable, take: TakeFile): Promise<void> {
  // Names come as bytes here too.
  const tar = extract(namesAsBytes);
  source.on('error', (error) => {
    tar.destroy(error);
  });
  source.pipe(tar);
  for await (const entry of tar) {
    if (entry.header.type === 'file')
      await take(nameOfHeader(entry.header.name), Readable.from(entry as AsyncIterable<Buffer>));
    entry.resume();
  }
}

/** A name beyond Latin-1 was decoded by an extended header already. */
function nameOfHeader(name: string): string {
  const isBytes = Array.from(name).every((letter) => letter.charCodeAt(0) < 256);
  return isBytes ? textOfName(Buffer.from(name, 'latin1')) : name;
}

/** Every plain file below a folder; links are not followed, wherever they lead. */
export async function readFolder(folder: string, take: TakeFile): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await take(relative(folder, path).split(sep).join('/'), createReadStream(path));
  }
}
