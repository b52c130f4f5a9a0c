import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { areReviewsToCall, callReviews } from './modules/review/index.ts';

/** Limits are hours: nobody minds half a minute. */
const pause = 30_000;
const callLock = 7_246_145;

/** Reminds reviewers of time limits and escalates what is overdue, until told to stop. */
export function runReviewClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options, performAsSystem } = parts;
  const trouble = 'time limits of reviews could not be looked at, trying again';
  return repeat(parts, signal, { trouble, pause }, () =>
    holdingLock(db, signal, {
      lock: callLock,
      isWanted: () => areReviewsToCall(db, options.clock()),
      act: () => callReviews({ db, clock: options.clock, performAsSystem }),
    }),
  );
}
