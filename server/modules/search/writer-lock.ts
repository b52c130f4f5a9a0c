import { setTimeout as sleep } from 'node:timers/promises';

import type { Db } from '../../platform/db.ts';
import { releaseWriterLock, tryWriterLock } from './document.queries.ts';

/** Runs `work` on a connection that holds the writer's lock; undefined when another process holds it. */
export async function withWriterLock<T>(db: Db, work: (held: Db) => Promise<T>): Promise<T | undefined> {
  return db.connection().execute(async (held) => {
    if (!(await tryWriterLock(held))) return undefined;
    try {
      return await work(held);
    } finally {
      // On a broken connection the lock is gone already, and the first error is the one to tell.
      await releaseWriterLock(held).catch(() => undefined);
    }
  });
}

const betweenTries = 250;

export async function waitForWriterLock<T>(db: Db, work: (held: Db) => Promise<T>): Promise<T> {
  for (;;) {
    const result = await withWriterLock(db, async (held) => ({ value: await work(held) }));
    if (result) return result.value;
    await sleep(betweenTries);
  }
}
