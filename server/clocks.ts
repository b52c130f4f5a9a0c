import { setTimeout as sleep } from 'node:timers/promises';

import type { Parts } from './app.ts';
import { underLock } from './platform/advisory-lock.ts';
import type { Db } from './platform/db.ts';

/**
 * How often the due query is asked, and the events of killed workers are looked for. Both stand in the database;
 * this only bounds how late they are read.
 */
export const everyMilliseconds = 1_000;

/** Does it every second, or as seldom as said, until told to stop, whatever comes in between: the database may be away for a while. */
export async function repeat(
  parts: { readonly options: Pick<Parts['options'], 'log'> },
  signal: AbortSignal,
  { trouble, pause = everyMilliseconds }: { readonly trouble: string; readonly pause?: number },
  act: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await act().catch((error: unknown) => {
      if (!signal.aborted) parts.options.log.warn({ err: error }, trouble);
    });
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Work that one worker at a time does. */
export interface LockedWork {
  /** Its number (test/repository.test.ts). */
  readonly lock: number;
  /** One cheap look, without the lock: while nothing waits a worker asks for nothing else. */
  readonly isWanted: () => Promise<boolean>;
  /** Answers how much it did. It is to end soon when the signal says so: it stops, or another worker may be at it too. */
  readonly act: (signal: AbortSignal) => Promise<number>;
}

/** Does the work as long as there is some, unless another worker is at it. */
export async function holdingLock(
  db: Db,
  stopping: AbortSignal,
  { lock, isWanted, act }: LockedWork,
): Promise<void> {
  if (!(await isWanted())) return;
  await underLock(db, lock, async ({ lost }) => {
    const signal = AbortSignal.any([stopping, lost]);
    // There may be more than one round takes.
    while (!signal.aborted && (await act(signal)) > 0);
    if (!stopping.aborted) lost.throwIfAborted();
  });
}
