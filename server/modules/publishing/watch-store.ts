import { type FSWatcher, watch } from 'node:fs';
import { lstat, mkdir, opendir } from 'node:fs/promises';
import { join } from 'node:path';

import type { PublishingLog } from './page.types.ts';

export interface StoreWatch {
  stop(): void;
}

export interface StoreWatchOptions {
  readonly directory: string;
  /** A file of a site was made, changed or removed; the name is relative to the site's folder. */
  readonly onName: (site: string, name: string) => void;
  readonly log: PublishingLog;
}

const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * Watches every folder of every site. Node's own recursive watching keeps an entry for each file, which is too
 * much for a store; folders are few.
 */
export function watchStore({ directory, onName, log }: StoreWatchOptions): StoreWatch {
  const watchers = new Map<string, FSWatcher>();
  let isToldOfLimit = false;
  let stopped = false;

  const forget = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };

  /** A folder that was removed and made again is another one: its old watcher, and those below, hear nothing more. */
  const forgetTree = (folder: string): void => {
    if (!watchers.has(folder)) return;
    for (const known of [...watchers.keys()])
      if (known === folder || known.startsWith(`${folder}/`)) forget(known);
  };

  const report = (folder: string, name: string): void => {
    if (folder === '') return;
    const [site, ...folders] = folder.split('/');
    if (site !== undefined) onName(site, [...folders, name].join('/'));
  };

  /** A folder that came has to be watched from now on, and what lies in it be looked at. */
  const lookAt = async (event: 'rename' | 'change', folder: string, name: string): Promise<void> => {
    const path = folder === '' ? name : `${folder}/${name}`;
    const found = await lstat(join(directory, path)).catch(() => undefined);
    if (event === 'rename') forgetTree(path);
    if (found?.isDirectory() === true) await add(path, true);
    else report(folder, name);
  };

  const onEvent = (event: 'rename' | 'change', folder: string, name: string | null): void => {
    if (name === null || (folder === '' && name.startsWith('.'))) return;
    lookAt(event, folder, name).catch((error: unknown) => {
      log.warn({ err: error, folder }, 'a folder of the page store cannot be watched');
    });
  };

  /** False when the folder is gone, or watched already, or cannot be. */
  const begin = (folder: string): boolean => {
    if (stopped || watchers.has(folder)) return false;
    try {
      const watcher = watch(join(directory, folder), { persistent: false }, (event, name) => {
        onEvent(event, folder, name);
      });
      watcher.on('error', () => {
        forget(folder);
      });
      watchers.set(folder, watcher);
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      // Most likely the system's limit of watches: what is changed there is found by the guard's round only.
      if (!isToldOfLimit) log.warn({ err: error }, 'not every folder of the page store can be watched');
      isToldOfLimit = true;
      return false;
    }
  };

  async function add(folder: string, isNew: boolean): Promise<void> {
    if (!begin(folder)) return;
    try {
      for await (const entry of await opendir(join(directory, folder))) {
        if (folder === '' && entry.name.startsWith('.')) continue;
        if (entry.isDirectory()) await add(folder === '' ? entry.name : `${folder}/${entry.name}`, isNew);
        else if (isNew) report(folder, entry.name);
      }
    } catch (error) {
      if (!isAbsent(error)) throw error;
      forget(folder);
    }
  }

  const start = async (): Promise<void> => {
    // Before the first publication there is no store yet.
    await mkdir(directory, { recursive: true });
    await add('', false);
  };
  start().catch((error: unknown) => {
    log.warn({ err: error }, 'the page store cannot be watched');
  });

  return {
    stop() {
      stopped = true;
      for (const folder of [...watchers.keys()]) forget(folder);
    },
  };
}
