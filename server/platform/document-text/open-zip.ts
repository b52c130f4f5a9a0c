import type { Readable } from 'node:stream';

import { type Entry, fromBuffer, type ZipFile } from 'yauzl';

import { Unreadable } from './document.types.ts';

const mostEntries = 20_000;
/** Of one part, unfolded: a page of text has kilobytes. */
const mostPartBytes = 64 * 1024 * 1024;
/** Of all parts that are read of one archive. */
const mostBytes = 256 * 1024 * 1024;
const utf8Flag = 0x800;

/** An archive of which only what is asked for is unfolded, and never more than a bound. */
export interface Zip {
  /** In the order of the archive's own list, without folders. */
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The unfolded bytes of a part, in chunks. Throws `Unreadable` beyond the bounds, whatever the archive's list says. */
  read(name: string): AsyncIterable<Buffer>;
}

/** Names from before UTF-8 are in GB 18030 here. */
function nameOf(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  if ((entry.generalPurposeBitFlag & utf8Flag) !== 0) return raw.toString('utf8');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

export async function openZip(bytes: Buffer): Promise<Zip> {
  const file = await new Promise<ZipFile>((done, failed) => {
    fromBuffer(
      bytes,
      { lazyEntries: true, decodeStrings: false, validateEntrySizes: true },
      (error, opened) => {
        if (error) failed(new Unreadable('damaged', { cause: error }));
        else done(opened);
      },
    );
  });
  const entries = await listEntries(file);
  let left = mostBytes;
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (!entry) return;
      if (entry.isEncrypted()) throw new Unreadable('encrypted');
      let part = 0;
      for await (const chunk of await openEntry(file, entry)) {
        part += chunk.length;
        left -= chunk.length;
        if (part > mostPartBytes || left < 0) throw new Unreadable('too-large');
        yield chunk;
      }
    },
  };
}

function listEntries(file: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > mostEntries) throw new Unreadable('too-large');
  const entries = new Map<string, Entry>();
  return new Promise((done, failed) => {
    file.on('entry', (entry: Entry) => {
      const name = nameOf(entry);
      if (!name.endsWith('/') && !entries.has(name)) entries.set(name, entry);
      file.readEntry();
    });
    file.on('end', () => {
      done(entries);
    });
    file.on('error', (error: unknown) => {
      failed(new Unreadable('damaged', { cause: error }));
    });
    file.readEntry();
  });
}

async function openEntry(file: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
  const stream = await new Promise<Readable>((done, failed) => {
    file.openReadStream(entry, (error, opened) => {
      if (error) failed(new Unreadable('damaged', { cause: error }));
      else done(opened);
    });
  });
  return (async function* () {
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
    } catch (error) {
      throw error instanceof Unreadable ? error : new Unreadable('damaged', { cause: error });
    } finally {
      stream.destroy();
    }
  })();
}
