import { dayInChina } from '../../platform/china-time.ts';
import type { Command } from '../../platform/context.ts';
import { type Db, isDatabaseLost, isTimedOut } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import {
  type DueCursor,
  isAnyResourceDue,
  resourcesDueForExpiry,
  resourcesDueForRelease,
  resourcesDueForRuling,
  spreadTerms,
} from '../library/index.ts';
import { hasSpreading } from '../vocabulary/index.ts';
import { endDuePins } from './change-listing.ts';
import { hasDueTopics } from './composed.queries.ts';
import { endDueTopics } from './end-topics.ts';
import { hasDuePins } from './listing.queries.ts';
import { expireDueResource } from './publish-resource.ts';
import { endDueUrgent } from './raise-urgent.ts';
import { releaseDueResource, releaseDueResources } from './release-resources.ts';
import { readyReleases, releaseTogether } from './release-together.ts';
import { applyShownRuling } from './rule-shown-validity.ts';
import { hasDueUrgent } from './urgent.queries.ts';

export interface DueRunner {
  readonly db: Db;
  readonly clock: () => Date;
  /** Runs a command as the system, with its audit row. */
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
  readonly log: Log;
  /** What failed, and until when it is left alone, so that one does not slow down all others; tried every time without. */
  readonly setAside?: Map<string, Date>;
}

const batch = 200;
/** How many go out in one transaction: many enough to share its cost, few enough that nobody waits long for its locks. */
const together = 50;
const asideMilliseconds = 60_000;

/** Whether `runDue` has anything to do: asked every second, so nothing but looks at short indexes. */
export async function isAnythingDue({ db, clock }: Pick<DueRunner, 'db' | 'clock'>): Promise<boolean> {
  const now = clock();
  const today = dayInChina(now);
  return (
    (await isAnyResourceDue(db, now, today)) ||
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
  const joint = await runJoint(runner, now);
  const released = await runReleases(runner, now);
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
    if (isSetAside(runner, key, now)) continue;
    const released = await attempt(runner, key, () => runner.performAsSystem(releaseTogether, { releaseId }));
    done += released?.length ?? 0;
  }
  return done;
}

/** In groups; when one cannot go out, each of its group goes alone. */
async function runReleases(runner: DueRunner, now: Date): Promise<number> {
  let done = 0;
  for (let after: DueCursor | undefined; done === 0;) {
    const due = await resourcesDueForRelease(runner.db, now, batch, after);
    if (due.length === 0) break;
    const waiting = due.filter((one) => !isSetAside(runner, one.id, now));
    const alone = waiting.filter((one) => one.type === 'home').map((one) => one.id);
    const grouped = waiting.filter((one) => one.type !== 'home').map((one) => one.id);
    for (let start = 0; start < grouped.length; start += together) {
      const resourceIds = grouped.slice(start, start + together);
      try {
        done += (await runner.performAsSystem(releaseDueResources, { resourceIds })).length;
      } catch (error) {
        if (isOfDatabase(error)) throw error;
        runner.log.warn(
          { err: error, resources: resourceIds.length },
          'a group of due releases failed, trying each',
        );
        alone.push(...resourceIds);
      }
    }
    for (const id of alone) if (await runOne(runner, releaseDueResource, id)) done += 1;
    after = due.at(-1);
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
      if (!isSetAside(runner, id, now) && (await runOne(runner, command, id))) done += 1;
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

/** Undefined when it failed: told, and left alone for a while. Trouble of the database is nobody's own and ends the round. */
async function attempt<T>(runner: DueRunner, key: string, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (isOfDatabase(error)) throw error;
    runner.setAside?.set(key, new Date(runner.clock().getTime() + asideMilliseconds));
    runner.log.error({ err: error, due: key }, 'what was due failed');
    return undefined;
  }
}

function isSetAside({ setAside }: DueRunner, key: string, now: Date): boolean {
  const until = setAside?.get(key);
  if (until === undefined) return false;
  if (until > now) return true;
  setAside?.delete(key);
  return false;
}

/** The database went away, ended the statement, or gave up one of two that waited for each other. */
function isOfDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return isDatabaseLost(error) || isTimedOut(error) || code === '40P01' || code === '40001';
}
