import { sql } from 'kysely';

import { type Role, type UnitRole, unitRoles } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';

/** Somebody in use whose role reaches a unit: of the unit itself, or of one above it. */
export interface RoleHolder {
  readonly unitId: string;
  readonly accountId: string;
  readonly role: UnitRole;
  /** True of the nearest unit that has anybody with the role. */
  readonly nearest: boolean;
}

/** Who holds these roles over each of some units. */
export async function roleHoldersOver(
  db: Db,
  unitIds: readonly string[],
  roles: readonly UnitRole[],
): Promise<readonly RoleHolder[]> {
  const { rows } = await sql<RoleHolder>`
    select held.unit_id::text as "unitId", held.id::text as "accountId", held.role,
      held.depth = max(held.depth) over (partition by held.unit_id, held.role) as nearest
    from (
      select reach.unit_id, a.id, r.role,
        (select count(*) from identity.unit_ancestor d where d.unit_id = a.unit_id) as depth
      from identity.unit_ancestor reach
      join identity.account a on a.unit_id = reach.ancestor_id and a.disabled_at is null
      join identity.account_role r on r.account_id = a.id and r.role = any(${[...roles]}::text[])
      where reach.unit_id = any(${[...unitIds]}::bigint[])
    ) held order by held.unit_id, held.id`.execute(db);
  return rows;
}

/** A unit and those above it, the nearest first. */
export async function unitLineOf(db: Db, unitId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select reach.ancestor_id as id from identity.unit_ancestor reach where reach.unit_id = ${unitId}
    order by (select count(*) from identity.unit_ancestor d where d.unit_id = reach.ancestor_id) desc`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

/** Units in being in which somebody of their own holds one of these roles, by name. */
export async function unitsWithRole(
  db: Db,
  roles: readonly UnitRole[],
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select u.id, u.name from identity.unit u where u.closed_at is null and exists (
      select from identity.account a join identity.account_role r on r.account_id = a.id
        and r.role = any(${[...roles]}::text[])
      where a.unit_id = u.id and a.disabled_at is null) order by u.name, u.id`.execute(db);
  return rows;
}

/** Units in being in which somebody writes. */
export async function unitsThatWrite(db: Db): Promise<readonly string[]> {
  return (await unitsWithRole(db, ['editor'])).map(({ id }) => id);
}

/** People in use of one unit who hold a role in it, by name. */
export async function colleaguesOf(
  db: Db,
  unitId: string,
): Promise<readonly { readonly id: string; readonly realName: string }[]> {
  return db
    .selectFrom('identity.account as a')
    .select(['a.id', 'a.real_name as realName'])
    .where('a.unit_id', '=', unitId)
    .where('a.disabled_at', 'is', null)
    .where(
      sql<boolean>`exists (select from identity.account_role r where r.account_id = a.id and r.role = any(${[...unitRoles]}::text[]))`,
    )
    .orderBy('a.real_name')
    .orderBy('a.id')
    .limit(500)
    .execute();
}

/** Everybody in use who holds a role, whatever their unit. */
export async function holdersOf(db: Db, role: Role): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('identity.account_role as r')
    .innerJoin('identity.account as a', 'a.id', 'r.account_id')
    .select('a.id')
    .where('r.role', '=', role)
    .where('a.disabled_at', 'is', null)
    .orderBy('a.id')
    .execute();
  return rows.map(({ id }) => id);
}
