import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { isLearningWanted, learnSpelling } from './modules/proofreading/index.ts';

/** What was learned from stands in the database; this only bounds how late in the night it begins. */
const pauseMilliseconds = 60_000;
/** One number for "somebody learns how words are written". */
const learningLock = 7_246_122;

/** At night, when the library has grown by a tenth, the finder of misspellings learns anew. */
export function runSpellingClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options, spellingFile: file } = parts;
  const teacher = { db, clock: options.clock, file };
  const trouble = 'spelling could not be learned, trying again';
  return repeat(parts, signal, { trouble, pause: pauseMilliseconds }, () =>
    holdingLock(db, signal, {
      lock: learningLock,
      isWanted: () => isLearningWanted(teacher),
      act: async (working) => {
        const outcome = await learnSpelling(teacher, working);
        if (outcome !== undefined) options.log.info({ outcome }, 'spelling learned');
        return 0;
      },
    }),
  );
}
