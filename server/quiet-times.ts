import { setTimeout as sleep } from 'node:timers/promises';

import { countReady } from './modules/publishing/index.ts';
import { hasDueKeys } from './modules/search/index.ts';
import type { Db } from './platform/db.ts';
import { waitingDeliveries } from './platform/events.ts';

/** Nobody waits for pages or the search. */
export async function isQuiet(db: Db): Promise<boolean> {
  return (await countReady(db)) === 0 && !(await hasDueKeys(db)) && (await waitingDeliveries(db)) === 0;
}

export interface QuietWork {
  readonly signal: AbortSignal;
  /** After each step so many times as long as it took: the worker has other work too. */
  readonly restPerWork: number;
  /** One cheap look: while there is nothing to do, nobody asks whether it is quiet. */
  readonly isWanted: () => Promise<boolean>;
  /** False when nothing is left. */
  readonly step: () => Promise<boolean>;
}

/** Works step by step beside everything else, as long as nobody waits. */
export async function whileQuiet(db: Db, { signal, restPerWork, isWanted, step }: QuietWork): Promise<void> {
  for (let more = await isWanted(); more && !signal.aborted && (await isQuiet(db));) {
    const began = performance.now();
    more = await step();
    await sleep((performance.now() - began) * restPerWork, undefined, { signal }).catch(() => undefined);
  }
}
