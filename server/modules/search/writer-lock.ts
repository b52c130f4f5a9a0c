import { setTimeout as sleep } from 'node:timers/promises';

import { underLock } from '../../platform/advisory-lock.ts';
import type { Db } from '../../platform/db.ts';

/** One number for "somebody writes the search index". */
const writerLock = 7_246_030;

/** Runs `work` on a connection that holds the writer's lock; undefined when another process holds it. */
export function withWriterLock<T>(db: Db, work: (held: Db) => Promise<T>): Promise<T | undefined> {
  return underLock(db, writerLock, (held) => work(held.db));
}

const betweenTries = 250;

export async function waitForWriterLock<T>(db: Db, work: (held: Db) => Promise<T>): Promise<T> {
  for (;;) {
    const result = await withWriterLock(db, async (held) => ({ value: await work(held) }));
    if (result) return result.value;
    await sleep(betweenTries);
  }
}
