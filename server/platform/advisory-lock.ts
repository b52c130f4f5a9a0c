import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';

import type { Db } from './db.ts';

/**
 * Whoever holds a lock keeps one connection for it and asks the same pool for another to work with. A worker has more of
 * them than there are locks, so that holders can never have all and wait for each other.
 */
export const connectionsOfWorker = 40;

/**
 * How often the connection of a lock is used while the work goes on elsewhere: neither the server nor anything on the way
 * takes it for idle and ends it, and a lock that is gone is noticed.
 */
const usualBeat = 10_000;

/** A lock that is held. */
export interface Held {
  /** The connection that has it. */
  readonly db: Db;
  /** Aborted when the lock is gone although the work goes on: another process may be at it by now. */
  readonly lost: AbortSignal;
}

/** The connection broke, or what stands between gave it to somebody else. */
export class LockLost extends Error {
  constructor(lock: number, cause?: unknown) {
    super(
      `the advisory lock ${String(lock)} was lost during its work; a pooler of connections must work by sessions`,
      { cause },
    );
  }
}

/** Does the work unless another process is at it: then, and only then, nothing is answered. */
export async function underLock<T>(
  db: Db,
  lock: number,
  act: (held: Held) => Promise<T>,
  beat = usualBeat,
): Promise<T | undefined> {
  return db.connection().execute(async (held) => {
    const { rows } = await sql<{ mine: boolean; backend: number }>`
      select pg_try_advisory_lock(${lock}) as mine, pg_backend_pid() as backend`.execute(held);
    const [taken] = rows;
    if (taken?.mine !== true) return undefined;
    const done = new AbortController();
    const lost = new AbortController();
    const watching = watch(held, { ...taken, lock, beat, done: done.signal, lost });
    try {
      return await act({ db: held, lost: lost.signal });
    } finally {
      done.abort();
      await watching;
      // On a broken connection the lock is gone already, and the first error is the one to tell.
      await sql`select pg_advisory_unlock(${lock})`.execute(held).catch(() => undefined);
    }
  });
}

interface Watch {
  readonly lock: number;
  readonly backend: number;
  readonly beat: number;
  readonly done: AbortSignal;
  readonly lost: AbortController;
}

async function watch(held: Db, { lock, backend, beat, done, lost }: Watch): Promise<void> {
  const pause = { signal: done, ref: false };
  for (;;) {
    await sleep(beat, undefined, pause).catch(() => undefined);
    if (done.aborted) return;
    try {
      const { rows } = await sql<{ backend: number }>`select pg_backend_pid() as backend`.execute(held);
      if (rows[0]?.backend !== backend) throw new Error('another session answers');
    } catch (error) {
      lost.abort(new LockLost(lock, error));
      return;
    }
  }
}
