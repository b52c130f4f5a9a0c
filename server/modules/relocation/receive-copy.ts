import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import type { AssetStore } from '../../platform/asset-store.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { type CopyFile, putCopyFiles } from './copy.queries.ts';
import { addressOfFile, nameOf } from './old-address.rules.ts';
import { readArchive, readFolder, type TakeFile } from './read-archive.ts';
import { requireIdle, requireProject } from './require-project.ts';

export interface CopyLimits {
  readonly files: number;
  readonly bytes: number;
  readonly bytesOfFile: number;
}

const copyLimits = (uploadBytes: number): CopyLimits => ({
  files: 500_000,
  // What is packed may unpack to more, but not to all of the disk.
  bytes: 20 * 1024 ** 3,
  bytesOfFile: uploadBytes,
});

export interface CopyPlace {
  readonly db: Db;
  readonly store: AssetStore;
  readonly projectId: string;
  readonly hosts: readonly string[];
  readonly limits: CopyLimits;
}

/** Where the copy of an old site goes: only one that comes from a copy, and is not being read, takes one. */
export async function copyPlaceOf(
  { db, store, uploadBytes }: { readonly db: Db; readonly store: AssetStore; readonly uploadBytes: number },
  id: string,
): Promise<CopyPlace> {
  const project = await requireProject(db, id);
  requireIdle(project);
  if (project.source !== 'copy') {
    throw new AppError('conflict', 'relocation.copy-missing', '这个旧站从网上采集，不用副本。');
  }
  return { db, store, projectId: id, hosts: project.hosts, limits: copyLimits(uploadBytes) };
}

export interface CopyReport {
  readonly files: number;
  /** Too large, or with a name that is no address. */
  readonly skipped: number;
}

const atOnce = 200;
const litter = /(?:^|\/)(?:__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/i;

/** Takes the files of a copy into the store, each under the address at which it stood. Broken off, it is done again. */
async function takeCopy(place: CopyPlace, read: (take: TakeFile) => Promise<void>): Promise<CopyReport> {
  const { db, store, projectId, limits } = place;
  let waiting: CopyFile[] = [];
  let files = 0;
  let skipped = 0;
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await putCopyFiles(db, projectId, waiting);
    waiting = [];
  };
  await read(async (name, content) => {
    const address = litter.test(name)
      ? undefined
      : addressOfFile(withoutWrapping(name, place.hosts), place.hosts);
    if (address === undefined) {
      skipped += 1;
      content.resume();
      await ended(content);
      return;
    }
    if (files >= limits.files || bytes >= limits.bytes) {
      content.destroy();
      throw new AppError('invalid', 'relocation.copy-too-large', '副本的文件太多或总量太大，请分几次上传。');
    }
    const kept = await keep(store, content, limits.bytesOfFile);
    if (kept === undefined) {
      skipped += 1;
      return;
    }
    files += 1;
    bytes += kept.size;
    waiting.push({ address: nameOf(address), ...kept });
    if (waiting.length >= atOnce) await flush();
  });
  await flush();
  return { files, skipped };
}

const ended = (content: Readable): Promise<void> =>
  new Promise((done, failed) => {
    if (content.readableEnded) done();
    content.once('end', done);
    content.once('error', failed);
  });

async function keep(
  store: AssetStore,
  content: Readable,
  limit: number,
): Promise<{ readonly digest: string; readonly size: number } | undefined> {
  try {
    const received = await store.receive(content, limit);
    await received.keep();
    return { digest: received.digest, size: received.size };
  } catch (error) {
    if (error instanceof AppError && error.code === 'library.asset-too-large') return undefined;
    throw error;
  }
}

/** A mirror of several hosts is often packed with the folder that holds it. */
function withoutWrapping(name: string, hosts: readonly string[]): string {
  const [, second = '', rest] = /^[^/]+\/([^/]+)(\/.*)$/.exec(name) ?? [];
  return rest !== undefined && hosts.includes(second.toLowerCase()) ? `${second}${rest}` : name;
}

export const takeArchive = (place: CopyPlace, path: string): Promise<CopyReport> =>
  takeCopy(place, (take) => readArchive(path, take));

/** Folders that somebody put into the data folder for this: large copies need no upload. */
export async function foldersIn(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export async function takeFolder(place: CopyPlace, directory: string, folder: string): Promise<CopyReport> {
  // Only what is listed can be named, so that no name leads out.
  if (!(await foldersIn(directory)).includes(folder)) {
    throw new AppError('not-found', 'relocation.folder-not-found', '服务器上没有这个文件夹。');
  }
  return takeCopy(place, (take) => readFolder(join(directory, folder), take));
}
