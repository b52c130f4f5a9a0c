import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import type { TimeCursor } from '../../platform/time-cursor.ts';
import { inScope } from '../identity/index.ts';

export interface WaitingMatch {
  readonly ruleId: string;
  readonly resourceId: string;
  readonly columnId: string;
  readonly columnName: string;
  readonly siteId: string;
  readonly unitId: string;
  readonly foundAt: Date;
}

/** Where a page ended: one resource may wait for several columns since one instant. */
export interface MatchPlace extends TimeCursor {
  readonly ruleId: string;
}

export interface MatchPage {
  readonly after?: MatchPlace | undefined;
  readonly limit: number;
}

/**
 * What rules found for columns of the scope and nobody decided on, the longest waiting first. A new rule may find all that
 * is published: of each rule no more is read than a page shows.
 */
export async function waitingMatches(
  db: Db,
  scope: Scope,
  { after, limit }: MatchPage,
): Promise<readonly WaitingMatch[]> {
  const later = after
    ? sql`and (found_at, resource_id) >= (${after.at}, ${after.id}::bigint)
        and (found_at, resource_id, rule_id) > (${after.at}, ${after.id}::bigint, ${after.ruleId}::bigint)`
    : sql``;
  const { rows } = await sql<WaitingMatch>`
    select rule.id as "ruleId", match.resource_id as "resourceId", place.id as "columnId",
      place.name as "columnName", place.site_id as "siteId", place.unit_id as "unitId", match.found_at as "foundAt"
    from sites.mapping_rule as rule
    join sites.column as place on place.id = rule.column_id
    cross join lateral (
      select resource_id, found_at from sites.mapping_match where rule_id = rule.id and state = 'waiting' ${later}
      order by found_at, resource_id limit ${limit}
    ) as match
    where rule.ended_at is null and ${inScope(scope, 'place.unit_id')}
    order by match.found_at, match.resource_id, rule.id limit ${limit}`.execute(db);
  return rows;
}

/** The rule's column, for whoever decides. */
export async function columnOfRule(db: Db, ruleId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('sites.mapping_rule')
    .select('column_id')
    .where('id', '=', ruleId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row?.column_id;
}
