import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, chmod, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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
  /** Puts stored bytes where nothing gives them out. Done already: nothing happens. */
  quarantine(digest: string): Promise<void>;
  /** Bytes that lie in quarantine, to be looked at again. */
  openQuarantined(digest: string): Readable;
  /** Back to where they are given out from. Done already: nothing happens. */
  release(digest: string): Promise<void>;
  /** Throws away what has waited since before then: a killed process left it. Says how many files. */
  sweep(before: Date): Promise<number>;
}

export interface ReceivedBytes extends StoredBytes {
  /** Where the bytes wait, to be looked at before they are kept. */
  readonly path: string;
  keep(): Promise<void>;
  drop(): Promise<void>;
  /** Kept as evidence, and given to nobody. */
  quarantine(): Promise<void>;
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
  const apart = join(directory, 'quarantine');
  /** Nobody but the program itself may open what lies there. */
  const setApart = async (path: string, digest: string): Promise<void> => {
    await mkdir(apart, { recursive: true, mode: 0o700 });
    const target = join(apart, digest);
    await rename(path, target);
    await chmod(target, 0o600);
  };
  return {
    pathOf,
    has,
    sweep: (before) => removeOlder(waiting, before),
    open: (digest, range) => createReadStream(pathOf(digest), range ?? {}),
    quarantine: (digest) => setApart(pathOf(digest), digest).catch(unlessMissing),
    openQuarantined: (digest) => createReadStream(join(apart, basename(pathOf(digest)))),
    release: async (digest) => {
      const target = pathOf(digest);
      await mkdir(dirname(target), { recursive: true });
      await rename(join(apart, digest), target).catch(unlessMissing);
    },
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
        quarantine: () => setApart(path, digest),
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
  unlessMissing(error);
  return [];
}

function unlessMissing(error: unknown): void {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
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
