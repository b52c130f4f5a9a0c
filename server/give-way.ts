import { setTimeout as sleep } from 'node:timers/promises';

import type { Parts } from './app.ts';
import { areReleasesLate } from './modules/library/index.ts';

/** A round of releases is no rush yet. */
const lateMilliseconds = 500;
/** Whoever waits for a page gets it in a rush too, a batch at a time. */
const longestMilliseconds = 2_000;
const lookMilliseconds = 100;

/**
 * What only follows from releases gives way to releases that are late: pages that many of them touch are then built once
 * for all. Returns when none is late, and after a while in any case.
 */
export function createGiveWay(
  { db, options: { clock } }: { readonly db: Parts['db']; readonly options: Pick<Parts['options'], 'clock'> },
  signal: AbortSignal,
): () => Promise<void> {
  const areLate = (): Promise<boolean> => areReleasesLate(db, new Date(clock().getTime() - lateMilliseconds));
  return async () => {
    const until = performance.now() + longestMilliseconds;
    while (!signal.aborted && performance.now() < until && (await areLate()))
      await sleep(lookMilliseconds, undefined, { signal }).catch(() => undefined);
  };
}
