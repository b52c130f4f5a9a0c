import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { AppError } from './errors.ts';

export interface StoredBytes {
  /** SHA-256 of the bytes, hex: their name in the store. */
  readonly digest: string;
  readonly size: number;
}

/** Bytes by content: the same file is kept once, and nothing is ever changed in place. */
export interface AssetStore {
  /** Streams into a waiting place and counts; nothing is stored until `keep`. */
  receive(source: Readable, limitBytes: number): Promise<ReceivedBytes>;
  open(digest: string, range?: { start: number; end: number }): Readable;
  /** Path on disk, for the page engine to link. */
  pathOf(digest: string): string;
  has(digest: string): Promise<boolean>;
  /** Throws away what has waited since before then: a killed process left it. Says how many files. */
  sweep(before: Date): Promise<number>;
}

export interface ReceivedBytes extends StoredBytes {
  /** Where the bytes wait, to be looked at before they are kept. */
  readonly path: string;
  keep(): Promise<void>;
  drop(): Promise<void>;
}

export function createFileAssetStore(directory: string): AssetStore {
  const pathOf = (digest: string): string => {
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new Error('an asset is named by its SHA-256');
    return join(directory, digest.slice(0, 2), digest);
  };
  const has = async (digest: string): Promise<boolean> =>
    access(pathOf(digest)).then(
      () => true,
      () => false,
    );
  const waiting = join(directory, 'waiting');
  return {
    pathOf,
    has,
    sweep: (before) => removeOlder(waiting, before),
    open: (digest, range) => createReadStream(pathOf(digest), range ?? {}),
    receive: async (source, limitBytes) => {
      const path = join(waiting, randomBytes(16).toString('hex'));
      const hash = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          if (size > limitBytes) {
            done(tooLarge(limitBytes));
            return;
          }
          hash.update(chunk);
          done(null, chunk);
        },
      });
      try {
        await mkdir(waiting, { recursive: true });
        await pipeline(source, measure, createWriteStream(path, { flush: true }));
      } catch (error) {
        await rm(path, { force: true });
        throw noRoom(error);
      }
      const digest = hash.digest('hex');
      return {
        digest,
        size,
        path,
        drop: () => rm(path, { force: true }),
        keep: async () => {
          const target = pathOf(digest);
          const already = await stat(target).catch(() => undefined);
          if (already?.size === size) {
            await rm(path, { force: true });
            return;
          }
          try {
            await mkdir(join(directory, digest.slice(0, 2)), { recursive: true });
            await rename(path, target);
          } catch (error) {
            throw noRoom(error);
          }
        },
      };
    },
  };
}

async function removeOlder(directory: string, before: Date): Promise<number> {
  let removed = 0;
  for (const name of await readdir(directory).catch(nothingThere)) {
    const path = join(directory, name);
    // Another process may have been quicker.
    const file = await stat(path).catch(() => undefined);
    if (file === undefined || file.mtime >= before) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

function nothingThere(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}

function tooLarge(limitBytes: number): AppError {
  const mebibytes = Math.floor(limitBytes / 1024 / 1024);
  return new AppError('invalid', 'library.asset-too-large', `文件超过${mebibytes}MB的上限。`);
}

function noRoom(error: unknown): unknown {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
    return new AppError('unavailable', 'service.unavailable', '存储空间不足，文件没有保存，请联系运维。', {
      cause: error,
    });
  }
  return error;
}
