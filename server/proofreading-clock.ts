import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { followFeed } from './modules/library/index.ts';
import { isNightWanted, recheckChanged, runNight } from './modules/proofreading/index.ts';

/** What is to be done stands in the database; this only bounds how late in the night it begins. */
const pauseMilliseconds = 60_000;
/** One number for "somebody looks through what is published". */
const nightLock = 7_246_118;

/**
 * Once a night everything published is checked again, with the rules and the files' words as they are now; what had
 * findings also as soon as it is published anew.
 */
export function runProofreadingClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options, proofreader } = parts;
  const runner = { db, clock: options.clock, proofreader, log: options.log };
  const changed = followFeed(db, () => recheckChanged(runner));
  const trouble = 'published texts could not be checked, trying again';
  return repeat(parts, signal, { trouble, pause: pauseMilliseconds }, async () => {
    await holdingLock(db, signal, {
      lock: nightLock,
      isWanted: () => changed.isWanted(),
      act: async () => Number(await changed.step()),
    });
    await holdingLock(db, signal, {
      lock: nightLock,
      isWanted: () => isNightWanted(runner),
      act: () => runNight(runner),
    });
  });
}
