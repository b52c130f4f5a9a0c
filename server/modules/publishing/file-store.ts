import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  createReadStream,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import {
  lstat,
  mkdir,
  opendir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { HostTable } from './page.types.ts';
import type { PageStore } from './page-store.ts';

const STAGING = '.staging';
const HOSTS = 'hosts.json';
/** One link per host name to the folder of its site: what a web server needs to know of the host table. */
export const LINKS = '.hosts';
const TRIES = 5;
const ABANDONED_AFTER_MS = 3_600_000;

interface FileStoreOptions {
  /**
   * Wait until the disk has each file. Off by default: a page is checked against its digest before it is
   * served, so one that a power cut damaged is noticed and restored.
   */
  readonly durable?: boolean;
}

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;
const isAbsence = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');

function writeFully(file: string, bytes: Uint8Array, durable: boolean): void {
  const descriptor = openSync(file, 'w', 0o644);
  try {
    let written = 0;
    while (written < bytes.length) written += writeSync(descriptor, bytes, written);
    if (durable) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Another page's removal may prune the folder between making it and moving into it, hence the tries. */
function moveInto(staged: string, target: string): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      renameSync(staged, target);
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt >= TRIES) throw error;
      mkdirSync(dirname(target), { recursive: true });
    }
  }
}

function pruneEmptyFolders(from: string, root: string): void {
  for (let folder = from; folder.length > root.length; folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch {
      // Not empty, or already gone: the pages above are none of ours to touch.
      return;
    }
  }
}

async function* listFiles(folder: string, prefix: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    if (entry.isDirectory()) yield* listFiles(join(folder, entry.name), `${prefix}${entry.name}/`);
    else yield `${prefix}${entry.name}`;
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

async function digestIfThere(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
  return hash.digest('hex');
}

async function sweepStaging(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < Date.now() - ABANDONED_AFTER_MS) {
      await rm(join(folder, name), { force: true });
    }
  }
}

const HOST_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;

async function linkHosts(folder: string, table: HostTable): Promise<void> {
  await mkdir(folder, { recursive: true });
  const wanted = new Map(
    Object.entries(table)
      .map(([host, site]) => [host.toLowerCase(), join('..', site)] as const)
      .filter(([host]) => HOST_NAME.test(host)),
  );
  for (const [host, target] of wanted) {
    const link = join(folder, host);
    if ((await readlink(link).catch(() => undefined)) === target) continue;
    const staged = join(folder, `.${host}-${randomUUID()}`);
    await symlink(target, staged, 'dir');
    await rename(staged, link);
  }
  for (const name of await readdir(folder))
    if (!wanted.has(name)) await rm(join(folder, name), { force: true });
}

/** Pages as files. Calls block; the publisher runs them in threads of their own (press-pool.ts). */
export function createFileStore(directory: string, options: FileStoreOptions = {}): PageStore {
  const durable = options.durable ?? false;
  // Several processes and threads stage files in one folder.
  const mark = randomUUID();
  let count = 0;

  const stage = (fill: (file: string) => void, target: string): void => {
    count += 1;
    const staged = join(directory, STAGING, `${mark}-${count}`);
    try {
      try {
        fill(staged);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
        mkdirSync(join(directory, STAGING), { recursive: true });
        fill(staged);
      }
      moveInto(staged, target);
    } catch (error) {
      rmSync(staged, { force: true });
      throw error;
    }
  };

  return {
    directory,
    read: (site, name) => readIfThere(join(directory, site, name)),
    has: async (site, name) =>
      (await lstat(join(directory, site, name)).catch(() => undefined)) !== undefined,
    digest: (site, name) => digestIfThere(join(directory, site, name)),
    async put(site, name, bytes) {
      stage(
        (file) => {
          writeFully(file, bytes, durable);
        },
        join(directory, site, name),
      );
    },
    async putCopy(site, name, source) {
      stage(
        (file) => {
          copyFileSync(source, file, constants.COPYFILE_FICLONE);
        },
        join(directory, site, name),
      );
    },
    async remove(site, name) {
      const file = join(directory, site, name);
      try {
        // Asking first is much cheaper than an exception for each form that a page does not have.
        if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return;
        unlinkSync(file);
      } catch (error) {
        if (!isAbsence(error)) throw error;
      }
      pruneEmptyFolders(dirname(file), join(directory, site));
    },
    async sites() {
      try {
        const entries = await readdir(directory, { withFileTypes: true });
        return entries
          .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
          .map((entry) => entry.name);
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return [];
        throw error;
      }
    },
    list: (site) => listFiles(join(directory, site), ''),
    sweep: () => sweepStaging(join(directory, STAGING)),
    readHosts: () => readIfThere(join(directory, HOSTS)),
    linkHosts: (table) => linkHosts(join(directory, LINKS), table),
    async putHosts(bytes) {
      stage(
        (file) => {
          writeFully(file, bytes, durable);
        },
        join(directory, HOSTS),
      );
    },
  };
}
