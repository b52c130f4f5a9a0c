import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import { readSetting, writeSetting } from '../../platform/settings.ts';
import { feedHead, type FeedStep, liveResources, sampledChanges } from '../library/index.ts';
import { linksOf } from './check-links.ts';
import { addressOfLink, hostOfLink } from './link-host.rules.ts';
import { type LinkUse, replaceLinkUses } from './link-state.queries.ts';

const positionSetting = 'proofreading.links-noted';
const textsAtOnce = 100;
/** So much of the feed is looked through in one statement. */
const feedAtOnce = 5_000;
/** One worker at a time follows the feed; two would wait for each other's rows. */
const notingLock = 7_246_125;
/** Longer ones are no addresses that people follow. */
const longestAddress = 2_048;

/** One step: which addresses the texts that came, changed or went link to now. */
export function noteLinks(db: Db, now: Date): Promise<FeedStep> {
  return db.transaction().execute(async (on) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${notingLock}) as mine`.execute(on);
    if (rows[0]?.mine !== true) return 'elsewhere';
    const after = (await readSetting(on, positionSetting)) ?? '0';
    const head = BigInt(await feedHead(on));
    const farthest = BigInt(after) + BigInt(feedAtOnce);
    const upTo = String(head < farthest ? head : farthest);
    if (upTo === after) return 'at-the-end';
    const changes = await sampledChanges(on, { after, upTo, every: 1 }, textsAtOnce);
    const ids = [...new Set(changes.map((one) => one.resourceId))];
    const live = await liveResources(on, ids);
    await replaceLinkUses(on, ids, [...live.values()].flatMap(usesOf), now);
    const position = changes.length < textsAtOnce ? upTo : (changes.at(-1)?.position ?? upTo);
    await writeSetting(on, positionSetting, position);
    return 'more';
  });
}

function usesOf({
  id,
  content,
}: {
  readonly id: string;
  readonly content: Parameters<typeof linksOf>[0];
}): readonly LinkUse[] {
  return linksOf(content).flatMap(({ href }): readonly LinkUse[] => {
    const address = addressOfLink(href);
    const host = hostOfLink(href);
    if (address === undefined || host === undefined || address.length > longestAddress) return [];
    return [{ resourceId: id, address, host }];
  });
}
