import type { Parts } from './app.ts';
import { holdingLock, repeat } from './clocks.ts';
import { standingOfHost } from './modules/proofreading/index.ts';
import {
  checkLinks,
  isAnyLinkUnchecked,
  isMappingDue,
  renewMappingRules,
  stepMappingRules,
} from './modules/sites/index.ts';

/** One number for "somebody holds rules against what is published": two at once would do all of it twice. */
const mappingLock = 7_246_128;
/** The same for "somebody asks whether links answer". */
const linkLock = 7_246_129;

/** A rule is set up by people, who watch it work. */
const mappingMilliseconds = 2_000;
/** What changes a rule without anybody changing it: columns, units and terms. */
const renewalMilliseconds = 60_000;
const linkMilliseconds = 60_000;

/** Holds rules against what is published, and asks whether links of columns answer, until told to stop. */
export async function runWaysClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, performAsSystem, options } = parts;
  const checker = { db, clock: options.clock, standingOfHost, allowPrivate: false };
  await Promise.all([
    repeat(
      parts,
      signal,
      { trouble: 'mapping rules could not be applied, trying again', pause: mappingMilliseconds },
      () =>
        holdingLock(db, signal, {
          lock: mappingLock,
          isWanted: () => isMappingDue(db),
          act: () => stepMappingRules({ db, performAsSystem }),
        }),
    ),
    repeat(
      parts,
      signal,
      { trouble: 'mapping rules could not be looked at, trying again', pause: renewalMilliseconds },
      async () => {
        await renewMappingRules(db);
      },
    ),
    repeat(
      parts,
      signal,
      { trouble: 'links could not be checked, trying again', pause: linkMilliseconds },
      () =>
        holdingLock(db, signal, {
          lock: linkLock,
          isWanted: () => isAnyLinkUnchecked(checker),
          act: (working) => checkLinks(checker, working),
        }),
    ),
  ]);
}
