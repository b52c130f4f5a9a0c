import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Where a resource is to stand, and who said so. */
export interface StandingPlacement {
  readonly resourceId: string;
  readonly columnId: string;
  readonly unitId: string;
  /** Null for what its own unit or a reuse put there. */
  readonly ruleId: string | null;
  readonly isReuse: boolean;
}

export async function placementsOfEach(
  db: Db,
  resourceIds: readonly string[],
): Promise<readonly StandingPlacement[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<StandingPlacement>`
    select placement.resource_id as "resourceId", placement.column_id as "columnId", place.unit_id as "unitId",
      placement.mapping_rule_id as "ruleId", placement.reuse_id is not null as "isReuse"
    from sites.placement join sites.column as place on place.id = placement.column_id
    where placement.resource_id = any(${[...resourceIds]}::bigint[])
    order by placement.resource_id, placement.id`.execute(db);
  return rows;
}

export interface MappedPlace {
  readonly resourceId: string;
  readonly columnId: string;
  readonly ruleId: string;
}

export async function insertMappedPlacements(
  db: Db,
  places: readonly MappedPlace[],
  at: Date,
): Promise<void> {
  if (places.length === 0) return;
  await db
    .insertInto('sites.placement')
    .values(
      places.map((one) => ({
        resource_id: one.resourceId,
        column_id: one.columnId,
        mapping_rule_id: one.ruleId,
        is_main: false,
        created_at: at,
      })),
    )
    .execute();
}

export async function deleteMappedPlacements(
  db: Db,
  places: readonly Omit<MappedPlace, 'ruleId'>[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`delete from sites.placement using unnest(
      ${places.map((one) => one.resourceId)}::bigint[], ${places.map((one) => one.columnId)}::bigint[]
    ) as gone (resource_id, column_id)
    where placement.resource_id = gone.resource_id and placement.column_id = gone.column_id
      and placement.mapping_rule_id is not null`.execute(db);
}

export interface MatchRow {
  readonly ruleId: string;
  readonly resourceId: string;
  readonly state: 'waiting' | 'accepted' | 'declined';
}

export async function matchesOfEach(db: Db, resourceIds: readonly string[]): Promise<readonly MatchRow[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<MatchRow>`
    select rule_id as "ruleId", resource_id as "resourceId", state from sites.mapping_match
    where resource_id = any(${[...resourceIds]}::bigint[])`.execute(db);
  return rows;
}

type MatchKey = Pick<MatchRow, 'ruleId' | 'resourceId'>;

export async function insertWaitingMatches(db: Db, found: readonly MatchKey[], at: Date): Promise<void> {
  if (found.length === 0) return;
  await db
    .insertInto('sites.mapping_match')
    .values(
      found.map((one) => ({
        rule_id: one.ruleId,
        resource_id: one.resourceId,
        state: 'waiting',
        found_at: at,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function deleteWaitingMatches(db: Db, lost: readonly MatchKey[]): Promise<void> {
  if (lost.length === 0) return;
  await sql`delete from sites.mapping_match as match using unnest(
      ${lost.map((one) => one.ruleId)}::bigint[], ${lost.map((one) => one.resourceId)}::bigint[]
    ) as lost (rule_id, resource_id)
    where match.rule_id = lost.rule_id and match.resource_id = lost.resource_id
      and match.state = 'waiting'`.execute(db);
}

export interface MatchDecision {
  readonly state: 'accepted' | 'declined';
  readonly byName: string;
  readonly at: Date;
  readonly reason: string | null;
}

/** Decides on what waits; false when nothing does. */
export async function decideMatch(db: Db, key: MatchKey, decision: MatchDecision): Promise<boolean> {
  const decided = await db
    .updateTable('sites.mapping_match')
    .set({
      state: decision.state,
      decided_by_name: decision.byName,
      decided_at: decision.at,
      reason: decision.reason,
    })
    .where('rule_id', '=', key.ruleId)
    .where('resource_id', '=', key.resourceId)
    .where('state', '=', 'waiting')
    .returning('rule_id')
    .executeTakeFirst();
  return decided !== undefined;
}

/** Against whatever rules bring into a column: it does not come back, by none of those that stand. */
export async function declineForColumn(
  db: Db,
  { columnId, resourceId }: { readonly columnId: string; readonly resourceId: string },
  { byName, at, reason }: Omit<MatchDecision, 'state' | 'reason'> & { readonly reason: string },
): Promise<void> {
  const decided = { state: 'declined', decided_by_name: byName, decided_at: at, reason } as const;
  await db
    .insertInto('sites.mapping_match')
    .columns(['rule_id', 'resource_id', 'found_at', 'state', 'decided_by_name', 'decided_at', 'reason'])
    .expression((from) =>
      from
        .selectFrom('sites.mapping_rule')
        .select([
          'id',
          sql<string>`${resourceId}::bigint`.as('resource_id'),
          sql<Date>`${at}::timestamptz`.as('found_at'),
          sql<string>`'declined'`.as('state'),
          sql<string>`${byName}::text`.as('decided_by_name'),
          sql<Date>`${at}::timestamptz`.as('decided_at'),
          sql<string>`${reason}::text`.as('reason'),
        ])
        .where('column_id', '=', columnId)
        .where('ended_at', 'is', null),
    )
    .onConflict((conflict) => conflict.columns(['rule_id', 'resource_id']).doUpdateSet(decided))
    .execute();
}
