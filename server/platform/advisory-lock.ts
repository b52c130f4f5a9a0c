import { sql } from 'kysely';

import type { Db } from './db.ts';

/**
 * Whoever holds a lock keeps one connection for it and asks the same pool for another to work with. A worker has more of
 * them than there are locks, so that holders can never have all and wait for each other.
 */
export const connectionsOfWorker = 32;

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
