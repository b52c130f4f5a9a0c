import { dayInChina, hourInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import {
  beginningsOf,
  currentTypes,
  liveIdsAfter,
  liveResources,
  liveRevisionIds,
} from '../library/index.ts';
import { charactersOfFile } from './check-resource.ts';
import { resourcesWithFindings } from './finding.queries.ts';
import { loadFacts } from './load-facts.ts';
import { loadFormCheckers } from './load-form-checkers.ts';
import { advanceNight, beginNight, endNight, nightOf } from './night.queries.ts';
import type { Proofreader } from './proofreader.ts';
import { closeFindings, type FoundIn, reasonsFor, settleFindings } from './settle-findings.queries.ts';
import { dateUndated, settleTasks } from './settle-tasks.ts';

export interface NightRunner {
  /** The pool: each batch is a transaction of its own. */
  readonly db: Db;
  readonly clock: () => Date;
  readonly proofreader: Proofreader;
  readonly log: Log;
}

/** After the files were scanned again, before people come. */
const beginsAt = 2;
const endsAt = 6;
const batch = 200;

function isNight(now: Date): boolean {
  const hour = hourInChina(now);
  return hour >= beginsAt && hour < endsAt;
}

/** One cheap look: it is night, and this night's run has not ended. */
export async function isNightWanted({ db, clock }: Pick<NightRunner, 'db' | 'clock'>): Promise<boolean> {
  if (!isNight(clock())) return false;
  const night = await nightOf(db, dayInChina(clock()));
  return night?.endedAt == null;
}

/**
 * Looks through the next published resources, in order of id, with what was read in their files. Where it has come to
 * is written in the transaction that writes the findings: after a kill the next worker goes on there, and what a night
 * did not reach comes first in the next. Says how many.
 */
export async function runNight(runner: NightRunner): Promise<number> {
  const { db, clock, proofreader } = runner;
  const now = clock();
  if (!isNight(now)) return 0;
  const day = dayInChina(now);
  const night = await beginNight(db, day, now);
  if (night.endedAt !== null) return 0;
  const ids = await liveIdsAfter(db, night.afterId, batch);
  const last = ids.at(-1);
  if (last === undefined) {
    await dateUndated(db);
    await endNight(db, day, await closeRemoved(db, now), clock());
    return 0;
  }
  await proofreader.ready(db, day);
  const looked = await lookThrough(runner, ids);
  await db.transaction().execute(async (on) => {
    const { opened, closed } = await settleFindings(on, looked, now);
    await settleTasks(
      on,
      looked.map((one) => one.resourceId),
      now,
    );
    await advanceNight(on, day, { afterId: last, resources: looked.length, opened, closed });
  });
  return ids.length;
}

/** What is found in these published texts, with the reasons that were given when they were handed in. */
export async function lookThrough(
  { db, proofreader, log }: NightRunner,
  ids: readonly string[],
): Promise<readonly FoundIn[]> {
  const live = await liveResources(db, ids);
  const types = new Map((await currentTypes(db)).map((type) => [type.key, type]));
  const named = [...live.values()].flatMap(({ content }) => content.attachments ?? []);
  const words = await beginningsOf(db, [...new Set(named.map((one) => one.assetId))], charactersOfFile);
  const ofTheMoment = await loadFormCheckers(
    db,
    [...live.values()].map(({ content }) => content),
  );
  const known = await loadFacts(db, [...live.values()]);
  const given = await reasonsFor(
    db,
    [...live.values()].map((one) => one.revisionId),
  );
  const looked: FoundIn[] = [];
  for (const { id, unitId, type: key, content, revisionId, lastPublishedAt } of live.values()) {
    const type = types.get(key);
    if (!type) continue;
    const files = (content.attachments ?? []).map((one) => ({ ...one, text: words.get(one.assetId) ?? '' }));
    // Who held which post is asked of the day on which the text came out.
    const facts = { today: dayInChina(lastPublishedAt), ...known.get(id) };
    try {
      const { findings } = await proofreader.check({ key, type, content, files, facts, ofTheMoment });
      looked.push({ resourceId: id, unitId, findings, reasons: given.get(revisionId) ?? [] });
    } catch (error) {
      // What was found in it before stays as it is, and the others are looked through.
      log.error({ err: error, resourceId: id }, 'a published text could not be checked');
    }
  }
  return looked;
}

async function closeRemoved(db: Db, now: Date): Promise<number> {
  let closed = 0;
  for (let after = '0'; ;) {
    const ids = await resourcesWithFindings(db, after, batch);
    const last = ids.at(-1);
    if (last === undefined) return closed;
    const live = await liveRevisionIds(db, ids);
    const gone = ids.filter((id) => !live.has(id));
    closed += await db.transaction().execute(async (on) => {
      const count = await closeFindings(on, gone, now);
      await settleTasks(on, gone, now);
      return count;
    });
    after = last;
  }
}
