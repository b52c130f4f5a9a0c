import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';

import { ZipFile } from 'yazl';

export interface Measured {
  readonly size: number;
  /** SHA-256, hex. */
  readonly digest: string;
}

/** A folder or an archive that is being written. Nothing stands under its name before it is whole. */
export interface PackageTarget {
  add(path: string, source: AsyncIterable<Buffer>): Promise<Measured>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** Drafts and names are in it. */
const ownersOnly = 0o700;

/** Where it grows until it is whole. */
const unfinished = (path: string): string => `${path}.partial`;

/** Whether something stands there that would be written over. */
export async function isTaken(path: string): Promise<boolean> {
  const there = await stat(path).catch(() => undefined);
  if (there === undefined) return false;
  return !there.isDirectory() || (await readdir(path)).length > 0;
}

/** Throws away what an attempt that was broken off has left. */
export async function discardTarget(path: string): Promise<void> {
  await rm(unfinished(path), { recursive: true, force: true });
}

/** A zip for a name that says so, else a folder. What an earlier attempt left behind is thrown away. */
export async function openTarget(path: string): Promise<PackageTarget> {
  await mkdir(dirname(path), { recursive: true, mode: ownersOnly });
  await discardTarget(path);
  return path.endsWith('.zip') ? zipTarget(path) : folderTarget(path);
}

async function* measuring(
  source: AsyncIterable<Buffer>,
  done: (measured: Measured) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of source) {
    hash.update(chunk);
    size += chunk.length;
    yield chunk;
  }
  done({ size, digest: hash.digest('hex') });
}

/** Part dates are fixed, so that the same contents give the same bytes. */
const fixed = { mtime: new Date(Date.UTC(2020, 0, 1)) };

async function folderTarget(path: string): Promise<PackageTarget> {
  const root = unfinished(path);
  await mkdir(root, { recursive: true, mode: ownersOnly });
  return {
    add: async (name, source) => {
      const to = join(root, name);
      await mkdir(dirname(to), { recursive: true });
      let measured: Measured = { size: 0, digest: '' };
      await pipeline(
        measuring(source, (found) => (measured = found)),
        createWriteStream(to, { flush: true, mode: 0o600 }),
      );
      return measured;
    },
    finish: () => rename(root, path),
    abandon: () => rm(root, { recursive: true, force: true }),
  };
}

/** Compressed again, a picture or a PDF takes time and becomes no smaller. */
const isText = (name: string): boolean => /\.jsonl?$/.test(name);

function zipTarget(path: string): PackageTarget {
  const zip = new ZipFile();
  const file = createWriteStream(unfinished(path), { flush: true, mode: 0o600 });
  const written = pipeline(zip.outputStream, file);
  // Whoever adds or finishes hears of it; until then nobody is listening.
  written.catch(() => undefined);
  return {
    add: async (name, source) => {
      let measured: Measured = { size: 0, digest: '' };
      const entry = Readable.from(
        measuring(source, (found) => (measured = found)),
        { objectMode: false },
      );
      zip.addReadStream(entry, name, { ...fixed, compress: isText(name) });
      // A full disk ends the archive, and would leave the entry waiting for ever.
      await Promise.race([finished(entry), written]);
      return measured;
    },
    finish: async () => {
      zip.end();
      await written;
      await rename(unfinished(path), path);
    },
    abandon: async () => {
      file.destroy();
      await written.catch(() => undefined);
      await rm(unfinished(path), { force: true });
    },
  };
}
