import { dayInChina } from '../../platform/china-time.ts';
import type { Command } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import {
  type DueCursor,
  isEndDue,
  isReleaseDue,
  resourcesDueForExpiry,
  resourcesDueForRuling,
  spreadTerms,
} from '../library/index.ts';
import { hasSpreading } from '../vocabulary/index.ts';
import { endDuePins } from './change-listing.ts';
import { hasDueTopics } from './composed.queries.ts';
import { attempt, type DueRunner, forgetOld, isSetAside } from './due-attempt.ts';
import { endDueTopics } from './end-topics.ts';
import { hasDuePins } from './listing.queries.ts';
import { expireDueResource } from './publish-resource.ts';
import { endDueUrgent } from './raise-urgent.ts';
import { readyReleases, releaseTogether } from './release-together.ts';
import { applyShownRuling } from './rule-shown-validity.ts';
import { runReleases } from './run-releases.ts';
import { hasDueUrgent } from './urgent.queries.ts';

const batch = 200;

/** Whether there is anything to do for `runDue`. Asked every second, so it looks at short indexes only. */
export async function isAnythingDue({ db, clock }: Pick<DueRunner, 'db' | 'clock'>): Promise<boolean> {
  const now = clock();
  const today = dayInChina(now);
  return (
    (await isReleaseDue(db, now)) ||
    (await isEndDue(db, now, today)) ||
    (await hasDuePins(db, now)) ||
    (await hasDueTopics(db, today)) ||
    (await hasDueUrgent(db, now)) ||
    (await readyReleases(db, now)).length > 0 ||
    (await hasSpreading(db))
  );
}

/**
 * Releases and expires what is due now, however late it is asked: a batch of each. Returns how many were done.
 * One that fails is reported and holds nobody up: when a whole batch fails, the next one is taken.
 */
export async function runDue(runner: DueRunner): Promise<number> {
  const now = runner.clock();
  forgetOld(runner);
  const joint = await runJoint(runner, now);
  const released = await runReleases(runner);
  const expired = await runBatch(runner, resourcesDueForExpiry, expireDueResource, now);
  const ruled = await runBatch(
    runner,
    (db, at, limit, after) => resourcesDueForRuling(db, dayInChina(at), limit, after),
    applyShownRuling,
    now,
  );
  const unpinned = (await hasDuePins(runner.db, now))
    ? await runner.performAsSystem(endDuePins, undefined)
    : 0;
  const ended = (await hasDueTopics(runner.db, dayInChina(now)))
    ? await runner.performAsSystem(endDueTopics, undefined)
    : 0;
  const calmed = (await hasDueUrgent(runner.db, now))
    ? await runner.performAsSystem(endDueUrgent, undefined)
    : 0;
  const spread =
    (await hasSpreading(runner.db)) && (await runner.performAsSystem(spreadTerms, undefined)) ? 1 : 0;
  return joint + released + expired + ruled + unpinned + ended + calmed + spread;
}

async function runJoint(runner: DueRunner, now: Date): Promise<number> {
  let done = 0;
  for (const releaseId of await readyReleases(runner.db, now)) {
    const key = `joint/${releaseId}`;
    if (isSetAside(runner, key)) continue;
    const released = await attempt(runner, key, () => runner.performAsSystem(releaseTogether, { releaseId }));
    done += released?.length ?? 0;
  }
  return done;
}

async function runBatch(
  runner: DueRunner,
  dueAt: (db: Db, now: Date, limit: number, after?: DueCursor) => Promise<readonly DueCursor[]>,
  command: Command<{ readonly resourceId: string }, boolean>,
  now: Date,
): Promise<number> {
  let done = 0;
  for (let after: DueCursor | undefined; done === 0;) {
    const due = await dueAt(runner.db, now, batch, after);
    if (due.length === 0) break;
    for (const { id } of due) {
      if (!isSetAside(runner, id) && (await runOne(runner, command, id))) done += 1;
    }
    after = due.at(-1);
  }
  return done;
}

async function runOne(
  runner: DueRunner,
  command: Command<{ readonly resourceId: string }, boolean>,
  resourceId: string,
): Promise<boolean> {
  return (await attempt(runner, resourceId, () => runner.performAsSystem(command, { resourceId }))) ?? false;
}
