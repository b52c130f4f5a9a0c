import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { type Connection, connect, type Table } from '@lancedb/lancedb';

import { createFullTextIndexes, createTable, isCurrentTable } from './lance-table.ts';

/**
 * The pair of tables that answers queries: a large one that is never changed in place except for deletions,
 * and a small one that takes every write. Compacting a table rewrites it whole, which takes the large one
 * seconds; the small one takes milliseconds.
 */
export interface Generation {
  /** Identity of the content: stays when the two tables are merged, is new after a rebuild. */
  readonly id: string;
  readonly mainName: string;
  readonly recentName: string;
  readonly main: Table;
  readonly recent: Table;
}

interface Pointer {
  readonly id: string;
  readonly main: string;
  readonly recent: string;
}

export interface GenerationStore {
  /** The generation to read from now; opens the tables again when another process has swapped them. */
  current(): Promise<Generation>;
  /** Tables of the next generation, known to nobody until `publish`. */
  begin(id: string | null): Promise<Generation>;
  publish(next: Generation): Promise<void>;
  discard(generation: Generation): Promise<void>;
  /** Removes tables that the pointer does not name, once it has stood so long that all readers have moved on. */
  sweep(afterMilliseconds: number): Promise<void>;
  close(): void;
}

const samePointer = (a: Pointer, b: Generation): boolean =>
  a.id === b.id && a.main === b.mainName && a.recent === b.recentName;

export function openGenerationStore(directory: string): GenerationStore {
  const pointerFile = join(directory, 'current.json');
  const tablesDirectory = join(directory, 'tables');
  let connection: Promise<Connection> | undefined;
  let opened: Generation | undefined;
  let opening: Promise<Generation> | undefined;
  /** Tables that this process is filling. */
  const begun = new Set<string>();

  const connected = async (): Promise<Connection> => {
    await mkdir(tablesDirectory, { recursive: true });
    // Interval 0: every read looks for a newer version first, so a row is found as soon as it is written.
    connection ??= connect(tablesDirectory, { readConsistencyInterval: 0 });
    return connection;
  };

  async function readPointer(): Promise<Pointer | undefined> {
    try {
      return JSON.parse(await readFile(pointerFile, 'utf8')) as Pointer;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async function writePointer(generation: Generation): Promise<void> {
    const next = `${pointerFile}.${randomUUID()}`;
    const file = await open(next, 'wx');
    try {
      const pointer: Pointer = {
        id: generation.id,
        main: generation.mainName,
        recent: generation.recentName,
      };
      await file.writeFile(JSON.stringify(pointer));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, pointerFile);
  }

  async function begin(id: string | null): Promise<Generation> {
    const db = await connected();
    const suffix = randomUUID().replaceAll('-', '');
    const mainName = `main_${suffix}`;
    const recentName = `recent_${suffix}`;
    begun.add(mainName).add(recentName);
    const main = await createTable(db, mainName);
    const recent = await createTable(db, recentName);
    await createFullTextIndexes(recent);
    return { id: id ?? randomUUID(), mainName, recentName, main, recent };
  }

  /** A table of an earlier version cannot be asked for what it does not have: it counts as none, and is made anew. */
  async function readUsablePointer(db: Connection): Promise<Pointer | undefined> {
    const pointer = await readPointer();
    if (!pointer) return undefined;
    const table = await db.openTable(pointer.main);
    return (await isCurrentTable(table)) ? pointer : undefined;
  }

  async function openPointer(): Promise<Generation> {
    const db = await connected();
    let pointer = await readUsablePointer(db);
    if (!pointer) {
      const first = await begin(null);
      await createFullTextIndexes(first.main);
      pointer = await readUsablePointer(db);
      // Another process may have been first; its pointer counts and ours is swept later.
      if (!pointer) {
        await writePointer(first);
        begun.clear();
        return first;
      }
    }
    const [main, recent] = await Promise.all([db.openTable(pointer.main), db.openTable(pointer.recent)]);
    return { id: pointer.id, mainName: pointer.main, recentName: pointer.recent, main, recent };
  }

  async function current(): Promise<Generation> {
    const pointer = await readPointer();
    if (opened && pointer && samePointer(pointer, opened)) return opened;
    opening ??= openPointer().finally(() => {
      opening = undefined;
    });
    opened = await opening;
    return opened;
  }

  async function sweep(afterMilliseconds: number): Promise<void> {
    const db = await connected();
    const pointer = await readPointer();
    if (!pointer || Date.now() - (await stat(pointerFile)).mtimeMs < afterMilliseconds) return;
    for (const name of (await db.listTables()).tables) {
      if (name !== pointer.main && name !== pointer.recent && !begun.has(name)) await db.dropTable(name);
    }
  }

  return {
    current,
    begin,
    sweep,
    async publish(next) {
      await writePointer(next);
      opened = next;
      begun.delete(next.mainName);
      begun.delete(next.recentName);
    },
    async discard(generation) {
      for (const name of [generation.mainName, generation.recentName]) {
        begun.delete(name);
        await rm(join(tablesDirectory, `${name}.lance`), { recursive: true, force: true });
      }
    },
    close() {
      opened = undefined;
      const closing = connection;
      connection = undefined;
      void closing?.then((db) => {
        db.close();
      });
    },
  };
}
