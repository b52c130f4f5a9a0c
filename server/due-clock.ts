import { setTimeout as sleep } from 'node:timers/promises';

import type { Parts } from './app.ts';
import { everyMilliseconds, holdingLock, repeat } from './clocks.ts';
import { isReleaseDue } from './modules/library/index.ts';
import { isAnythingDue, releasesAtOnce, runDue, runReleases } from './modules/sites/index.ts';

/** Two workers at it at once would only get in each other's way. */
const dueLock = 7_246_040;

/**
 * A release is late by this at most when its hour comes, and when another worker takes over from one that died. While
 * releases come one after another they are gathered for as long: a few cost nearly as much as many.
 */
const releaseMilliseconds = 250;

interface DueParts extends Pick<Parts, 'db' | 'performAsSystem'> {
  readonly options: Pick<Parts['options'], 'clock' | 'log'>;
}

/** Releases several times a second, because a district waits for them; all other hours once a second. */
export function runDueClock({ db, options, performAsSystem }: DueParts, signal: AbortSignal): Promise<void> {
  const setAside = new Map<string, Date>();
  const runner = { db, clock: options.clock, performAsSystem, log: options.log, setAside };
  let nextFull = 0;
  const isFullTurn = (): boolean => {
    const isFull = performance.now() >= nextFull;
    if (isFull) nextFull = performance.now() + everyMilliseconds;
    return isFull;
  };
  const trouble = 'the due clock could not ask the database, trying again';
  return repeat({ options }, signal, { trouble, pause: releaseMilliseconds }, async () => {
    // Taken when its act begins, so that none is taken and not used.
    let isFull = isFullTurn();
    await holdingLock(db, signal, {
      lock: dueLock,
      isWanted: () => (isFull ? isAnythingDue(runner) : isReleaseDue(db, options.clock())),
      act: async (working) => {
        const done = isFull || isFullTurn() ? await runDue(runner) : await runReleases(runner);
        isFull = false;
        if (done > 0 && done < releasesAtOnce)
          await sleep(releaseMilliseconds, undefined, { signal: working }).catch(() => undefined);
        return done;
      },
    });
  });
}
