import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { createFollower, isFollowingDue, usualLimits } from './modules/following/index.ts';

/** One number for "somebody follows": two at once would ask every platform twice. */
const followLock = 7_246_065;

/** Follows other platforms until told to stop: one process at a time, the subscriptions by turns. */
export function runFollowClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, assets, scanner, seal, options, performAsSystem } = parts;
  const { clock, log, uploadBytes, followPrivate = false } = options;
  const follower = createFollower({
    ...{ db, assets, scanner, seal, clock, log, uploadBytes, performAsSystem },
    allowPrivate: followPrivate,
    limits: usualLimits,
  });
  return repeat(parts, signal, { trouble: 'platforms could not be followed, trying again' }, () =>
    holdingLock(db, signal, {
      lock: followLock,
      isWanted: () => isFollowingDue(db, clock()),
      act: (working) => follower.step(working),
    }),
  );
}
