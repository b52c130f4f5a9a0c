import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { followFeed } from './modules/library/index.ts';
import { createLinkRunner, noteLinks } from './modules/proofreading/index.ts';
import { whileQuiet } from './quiet-times.ts';

/** Nobody waits for these: a link that died is noticed on the third day. */
const linkMilliseconds = 10_000;
/** One number for "somebody tries links": two at once would ask every host twice. */
const linkLock = 7_246_124;
const restPerWork = 4;

/** Keeps the list of outgoing links of live texts, and tries them in turn when the installation wants it. */
export function runLinkClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options } = parts;
  const { clock, log, triesLinks = false } = options;
  const noted = followFeed(db, () => noteLinks(db, clock()));
  const runner = createLinkRunner({
    ...{ db, clock, log, allowPrivate: false },
    patienceMilliseconds: 15_000,
    paceMilliseconds: 3_000,
  });
  const trouble = 'links could not be tried, trying again';
  return repeat(parts, signal, { trouble, pause: linkMilliseconds }, async () => {
    await whileQuiet(db, { signal, restPerWork, ...noted });
    if (!triesLinks) return;
    await holdingLock(db, signal, {
      lock: linkLock,
      isWanted: () => runner.isWanted(),
      act: (working) => runner.step(working),
    });
  });
}
