import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

interface FormerName {
  readonly unitId: string;
  /** The instant from which the unit was called otherwise. */
  readonly endedAt: Date;
  readonly name: string;
  readonly shortName: string;
  readonly basis: string;
}

export async function insertFormerName(db: Db, row: FormerName): Promise<void> {
  await db
    .insertInto('identity.former_name')
    .values({
      unit_id: row.unitId,
      ended_at: row.endedAt,
      name: row.name,
      short_name: row.shortName,
      basis: row.basis,
    })
    .execute();
}

/** What the units were called before, the oldest first. */
export async function formerNames(db: Db, unitIds: readonly string[]): Promise<readonly FormerName[]> {
  if (unitIds.length === 0) return [];
  return db
    .selectFrom('identity.former_name')
    .select(['unit_id as unitId', 'ended_at as endedAt', 'name', 'short_name as shortName', 'basis'])
    .where('unit_id', '=', sql<string>`any(${[...unitIds]}::bigint[])`)
    .orderBy('unit_id')
    .orderBy('ended_at')
    .execute();
}

/** When the unit was renamed last; undefined when it never was. */
export async function lastRenamedAt(db: Db, unitId: string): Promise<Date | undefined> {
  return (await formerNames(db, [unitId])).at(-1)?.endedAt;
}

interface UnitBeing {
  readonly id: string;
  readonly name: string;
  readonly closedAt: Date | null;
  readonly successorId: string | null;
}

/** These units and all that took over from them, in whole or in part, one after another. */
export async function unitsWithSuccessors(db: Db, ids: readonly string[]): Promise<readonly UnitBeing[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<UnitBeing>`
    with recursive chain as (
      select id from identity.unit where id = any(${[...ids]}::bigint[])
      union
      select onward.id from chain cross join lateral (
        select unit.successor_id as id from identity.unit unit
        where unit.id = chain.id and unit.successor_id is not null
        union all
        select divided.receiver_id from identity.unit_split divided where divided.unit_id = chain.id
      ) as onward
    )
    select unit.id, unit.name, unit.closed_at as "closedAt", unit.successor_id as "successorId"
    from identity.unit unit where unit.id in (select id from chain)`.execute(db);
  return rows;
}

/** Another unit that goes by the name and has not ended. */
export async function isNameTaken(db: Db, unitId: string, name: string): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select exists (select from identity.unit
    where name = ${name} and closed_at is null and id <> ${unitId}) as taken`.execute(db);
  return rows[0]?.taken ?? false;
}
