import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
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

export interface MatchPage {
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** What rules found for columns of the scope and nobody decided on, the longest waiting first. */
export async function waitingMatches(
  db: Db,
  scope: Scope,
  { after, limit }: MatchPage,
): Promise<readonly WaitingMatch[]> {
  const later = after
    ? sql`and (match.found_at, match.resource_id) > (${after.at}, ${after.id}::bigint)`
    : sql``;
  const { rows } = await sql<WaitingMatch>`
    select match.rule_id as "ruleId", match.resource_id as "resourceId", place.id as "columnId",
      place.name as "columnName", place.site_id as "siteId", place.unit_id as "unitId", match.found_at as "foundAt"
    from sites.mapping_rule as rule
    join sites.column as place on place.id = rule.column_id
    join sites.mapping_match as match on match.rule_id = rule.id and match.state = 'waiting'
    where rule.ended_at is null and ${inScope(scope, 'place.unit_id')} ${later}
    order by match.found_at, match.resource_id limit ${limit}`.execute(db);
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
