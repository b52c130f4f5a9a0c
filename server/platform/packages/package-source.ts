import { createReadStream } from 'node:fs';
import { lstat, opendir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';

import { openZip } from '../documents/zip-archive.ts';

/** A folder or an archive that is read. Whoever reads a name has made sure of how it is written. */
export interface PackageSource {
  /** Bytes of one file; undefined when there is no such file. A link is none. */
  size(name: string): Promise<number | undefined>;
  open(name: string): Promise<Readable>;
  /** Everything that is there, in no order. */
  names(): AsyncIterable<string>;
  /** How often larger it is taken out than it is now; 1 for a folder. */
  readonly expansion: number;
  close(): void;
}

const mostEntries = 5_000_000;

export async function openSource(path: string): Promise<PackageSource> {
  return (await stat(path)).isDirectory() ? folderSource(path) : zipSource(path);
}

function folderSource(root: string): PackageSource {
  return {
    expansion: 1,
    size: async (name) => {
      const file = await lstat(join(root, name)).catch(() => undefined);
      return file?.isFile() === true ? file.size : undefined;
    },
    open: async (name) => createReadStream(join(root, name)),
    names: () => namesBelow(root),
    close: () => undefined,
  };
}

async function* namesBelow(root: string): AsyncGenerator<string> {
  for await (const entry of await opendir(root, { recursive: true })) {
    if (entry.isDirectory()) continue;
    yield relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
  }
}

async function zipSource(path: string): Promise<PackageSource> {
  const zip = await openZip(path, { entries: mostEntries, totalBytes: Infinity, exactNames: true });
  const packed = (await stat(path)).size;
  const whole = zip.entries.reduce((sum, entry) => sum + entry.size, 0);
  return {
    expansion: whole / Math.max(1, packed),
    size: async (name) => zip.find(name)?.size,
    open: (name) => zip.stream(name),
    names: () => Readable.from(zip.entries.map((entry) => entry.name)),
    close: () => {
      zip.close();
    },
  };
}
