import { sql } from 'kysely';

import type { Db } from './db.ts';

/** Does the work unless another process is at it: then, and only then, nothing is answered. */
export async function underLock<T>(
  db: Db,
  lock: number,
  act: (held: Db) => Promise<T>,
): Promise<T | undefined> {
  return db.connection().execute(async (held) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${lock}) as mine`.execute(held);
    if (rows[0]?.mine !== true) return undefined;
    try {
      return await act(held);
    } finally {
      // On a broken connection the lock is gone already, and the first error is the one to tell.
      await sql`select pg_advisory_unlock(${lock})`.execute(held).catch(() => undefined);
    }
  });
}
