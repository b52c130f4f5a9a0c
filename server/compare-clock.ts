import type { Parts } from './app.ts';
import { repeat } from './clocks.ts';
import { countWords } from './modules/describing/index.ts';
import {
  compareWaiting,
  fillFingerprints,
  findVersions,
  followFeed,
  isAnyUncompared,
} from './modules/library/index.ts';
import type { Db } from './platform/db.ts';
import { readSetting, writeSetting } from './platform/settings.ts';
import { whileQuiet } from './quiet-times.ts';

/** Who writes a text is told of texts like it at once; this is for the list of all pairs. */
const compareMilliseconds = 5_000;
/** After each text so many times as long as it took: at most a fifth of the worker goes into it. */
const restPerWork = 4;
/** Reading the dictionary stops this thread for half a second: not while a worker that was restarted catches up with pages. */
const catchingUpMilliseconds = 60_000;

const filledSetting = 'library.fingerprints-filled';

/**
 * Texts from before there were fingerprints get theirs, then pairs are looked for in all that changed, relations
 * among documents, and frequencies of words, as long as nobody waits for pages or the search.
 */
export function runCompareClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options, words } = parts;
  const rest = { signal, restPerWork };
  const versions = followFeed(db, () => findVersions(db, options.clock()));
  const frequencies = followFeed(db, () => countWords({ db, words }));
  let isFilled = false;
  const trouble = 'texts could not be compared, trying again';
  return repeat(parts, signal, { trouble, pause: compareMilliseconds }, async () => {
    isFilled ||= await fillAll(db, signal);
    await whileQuiet(db, {
      ...rest,
      isWanted: () => isAnyUncompared(db),
      step: async () => (await compareWaiting(db, options.clock())) > 0,
    });
    await whileQuiet(db, { ...rest, ...versions });
    if (performance.now() > catchingUpMilliseconds) await whileQuiet(db, { ...rest, ...frequencies });
  });
}

/** True when every text has its fingerprint. */
async function fillAll(db: Db, signal: AbortSignal): Promise<boolean> {
  let at = (await readSetting(db, filledSetting)) ?? '0';
  while (at !== 'done' && !signal.aborted) {
    at = (await fillFingerprints(db, at)) ?? 'done';
    await writeSetting(db, filledSetting, at);
  }
  return at === 'done';
}
