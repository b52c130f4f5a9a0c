import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { areRetrospectivesWaiting, mindRetrospectives } from './modules/review/index.ts';

/** Retrospective reviews have hours: nobody minds a minute. */
const pause = 60_000;
const retrospectiveLock = 7_246_141;

/** Reminds of reviews after an urgent release, and notes which objections are settled, until told to stop. */
export function runRetrospectiveClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options } = parts;
  const trouble = 'retrospective reviews could not be looked for, trying again';
  return repeat(parts, signal, { trouble, pause }, () =>
    holdingLock(db, signal, {
      lock: retrospectiveLock,
      isWanted: () => areRetrospectivesWaiting(db, options.clock()),
      act: () => mindRetrospectives(db, options.clock()),
    }),
  );
}
