import type { Parts } from './app.ts';
import { repeat } from './clocks.ts';
import { indexRemaining, indexWaiting, isBehindWithTexts } from './modules/library/index.ts';
import { whileQuiet } from './quiet-times.ts';

/** Half of the worker, when nobody waits: until it is done, texts are not found. */
const restPerWork = 1;

/**
 * The text index of the console follows what is saved within a second; what came in by the thousand, and what was there
 * before the index, when nobody waits for pages.
 */
export function runTextClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db } = parts;
  const followSaved = async (): Promise<void> => {
    while (!signal.aborted && (await indexWaiting(db, 'saved')) > 0);
  };
  return repeat(parts, signal, { trouble: 'texts could not be indexed, trying again' }, async () => {
    await followSaved();
    await whileQuiet(db, {
      ...{ signal, restPerWork },
      isWanted: () => isBehindWithTexts(db),
      step: async () => {
        await followSaved();
        return (await indexWaiting(db, 'imported')) > 0 || (await indexRemaining(db)) > 0;
      },
    });
  });
}
