import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { remindersDue, remindOfUpdates } from './modules/sites/index.ts';

/** Columns wait for days: nobody minds minutes. */
const pause = 300_000;
const reminderLock = 7_246_126;

/** Reminds those who keep columns filled, until told to stop. */
export function runUpdateClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options } = parts;
  const trouble = 'columns that wait for an update could not be looked for, trying again';
  return repeat(parts, signal, { trouble, pause }, () =>
    holdingLock(db, signal, {
      lock: reminderLock,
      isWanted: async () => (await remindersDue(db, options.clock())).length > 0,
      act: () => remindOfUpdates(db, options.clock()),
    }),
  );
}
