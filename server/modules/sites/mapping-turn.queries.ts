import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Rules, ended ones too, whose newest version has not been held against what is published. */
export async function unfilledRules(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sites.mapping_rule')
    .select('id')
    .where('filled_version', 'is distinct from', sql<number>`version`)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Columns of units: what a rule by unit or kind has for sources. */
export async function columnIdsOfUnits(db: Db, unitIds: readonly string[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sites.column')
    .select('id')
    .where('unit_id', '=', sql<string>`any(${[...unitIds]}::bigint[])`)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Everything that a rule may bring in or has brought in, in the order in which it came into the columns. Locks nothing
 * but the rule: what is published meanwhile is held against it by itself.
 */
export async function fillTurns(db: Db, ruleId: string, sourceIds: readonly string[]): Promise<void> {
  await db.deleteFrom('sites.mapping_turn').where('rule_id', '=', ruleId).execute();
  await sql`
    insert into sites.mapping_turn (rule_id, position, resource_id)
    select ${ruleId}::bigint, row_number() over (order by at, resource_id), resource_id from (
      select resource_id, min(at) as at from (
        select placement.resource_id, listing.listed_at as at from sites.placement
        join sites.listing on listing.column_id = placement.column_id and listing.resource_id = placement.resource_id
        where placement.column_id = any(${[...sourceIds]}::bigint[])
          and placement.reuse_id is null and placement.mapping_rule_id is null
        union all
        select resource_id, '-infinity' from sites.placement where mapping_rule_id = ${ruleId}::bigint
        union all
        select resource_id, '-infinity' from sites.mapping_match
        where rule_id = ${ruleId}::bigint and state = 'waiting'
      ) as touched group by resource_id
    ) as turns`.execute(db);
}

export async function noteFilled(db: Db, ruleId: string, sources: string): Promise<void> {
  await db
    .updateTable('sites.mapping_rule')
    .set({ filled_version: sql`version`, filled_sources: sources })
    .where('id', '=', ruleId)
    .execute();
}

/** Its sources are others than when it was last held against what is published. */
export async function noteStale(db: Db, ruleId: string): Promise<void> {
  await db.updateTable('sites.mapping_rule').set({ filled_version: null }).where('id', '=', ruleId).execute();
}

export interface Turn {
  readonly ruleId: string;
  readonly position: string;
  readonly resourceId: string;
}

export async function nextTurns(db: Db, limit: number): Promise<readonly Turn[]> {
  const { rows } = await sql<Turn>`
    select rule_id as "ruleId", position, resource_id as "resourceId" from sites.mapping_turn
    where rule_id = (select min(rule_id) from sites.mapping_turn) order by position limit ${limit}`.execute(
    db,
  );
  return rows;
}

export async function endTurns(
  db: Db,
  { ruleId, position }: Pick<Turn, 'ruleId' | 'position'>,
): Promise<void> {
  await db
    .deleteFrom('sites.mapping_turn')
    .where('rule_id', '=', ruleId)
    .where('position', '<=', position)
    .execute();
}

/** One cheap look: whether any rule is still to be held against anything. */
export async function isMappingDue(db: Db): Promise<boolean> {
  const { rows } = await sql<{ due: boolean }>`
    select exists (select from sites.mapping_turn)
      or exists (select from sites.mapping_rule where filled_version is distinct from version) as due`.execute(
    db,
  );
  return rows[0]?.due === true;
}

export interface SourceEntry {
  readonly resourceId: string;
  readonly listedAt: Date;
}

/** The newest entries that units placed in columns themselves. */
export async function newestSourceEntries(
  db: Db,
  sourceIds: readonly string[],
  limit: number,
): Promise<readonly SourceEntry[]> {
  if (sourceIds.length === 0) return [];
  const { rows } = await sql<SourceEntry>`
    select resource_id as "resourceId", max(listed_at) as "listedAt" from unnest(${[...sourceIds]}::bigint[]) as source (id)
    cross join lateral (
      select listing.resource_id, listing.listed_at from sites.listing
      where listing.column_id = source.id and listing.via_column_id is null
      order by listing.sequence desc limit ${limit}
    ) as newest
    where exists (select from sites.placement where placement.resource_id = newest.resource_id
      and placement.column_id = source.id and placement.reuse_id is null and placement.mapping_rule_id is null)
    group by resource_id order by "listedAt" desc, resource_id desc limit ${limit}`.execute(db);
  return rows;
}
