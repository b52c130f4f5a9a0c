import { readSetting, writeSetting } from '../../platform/settings.ts';
import { feedHead, type FeedStep, liveRevisionIds, sampledChanges } from '../library/index.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { withOpenFindings } from './finding.queries.ts';
import { lookThrough, type NightRunner } from './run-night.ts';
import { closeFindings, settleFindings } from './settle-findings.queries.ts';
import { settleTasks } from './settle-tasks.ts';

const positionSetting = 'proofreading.rechecked';
const textsAtOnce = 100;
/** So much of the feed is looked through in one statement. */
const feedAtOnce = 5_000;

/**
 * One step along the change feed: texts with open findings that were published anew or withdrawn are looked at again at
 * once, so that what was mended is gone the same day. Others wait for the night.
 */
export async function recheckChanged(runner: NightRunner): Promise<FeedStep> {
  const { db, clock, proofreader } = runner;
  const now = clock();
  const head = BigInt(await feedHead(db));
  // What was published before this was followed waits for the night.
  const after = BigInt((await readSetting(db, positionSetting)) ?? head);
  const farthest = after + BigInt(feedAtOnce);
  const upTo = String(head < farthest ? head : farthest);
  const changes = await sampledChanges(db, { after: String(after), upTo, every: 1 }, textsAtOnce);
  const ids = await withOpenFindings(db, [...new Set(changes.map((one) => one.resourceId))]);
  const live = await liveRevisionIds(db, ids);
  const day = dayInChina(now);
  if (live.size > 0) await proofreader.ready(db, day);
  const looked = live.size === 0 ? [] : await lookThrough(runner, [...live.keys()]);
  const position = changes.length < textsAtOnce ? upTo : (changes.at(-1)?.position ?? upTo);
  await db.transaction().execute(async (on) => {
    await settleFindings(on, looked, now);
    await closeFindings(
      on,
      ids.filter((id) => !live.has(id)),
      now,
    );
    await settleTasks(on, ids, now);
    await writeSetting(on, positionSetting, position);
  });
  return BigInt(position) === head ? 'at-the-end' : 'more';
}
