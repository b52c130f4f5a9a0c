import { type Selectable, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Unit, UnitKind } from '../../../contracts/identity.ts';
import {
  type IndexNumberTemplate,
  indexNumberTemplates,
  usesCode9,
  usualIndexNumberTemplate,
} from '../../../contracts/index-number.ts';
import type { IdentityUnit } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from './scope.ts';

const kinds: readonly UnitKind[] = ['office', 'department', 'street', 'section', 'centre'];

function unitOf(row: Selectable<IdentityUnit>): Unit {
  const kind = kinds.find((one) => one === row.kind);
  if (!kind) throw new Error(`unit ${row.id} has the unknown kind ${row.kind}`);
  const indexNumberTemplate = indexNumberTemplates.find((one) => one === row.index_number_template);
  if (!indexNumberTemplate)
    throw new Error(`unit ${row.id} has the unknown template ${row.index_number_template}`);
  return {
    id: row.id,
    parentId: row.parent_id,
    name: row.name,
    shortName: row.short_name,
    organisationCode: row.organisation_code,
    indexNumberTemplate,
    kind,
    position: row.position,
    closed: row.closed_at !== null,
    version: row.version,
  };
}

/** All units, in no order that means anything. */
export async function unitsInScope(db: Db, scope: Scope): Promise<readonly Unit[]> {
  const rows = await db
    .selectFrom('identity.unit')
    .selectAll()
    .where(inScope(scope, 'identity.unit.id'))
    .execute();
  return rows.map(unitOf);
}

export async function unitsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Unit>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.unit')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, unitOf(row)]));
}

export async function unitNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('identity.unit')
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function findUnitForUpdate(db: Db, id: string): Promise<Unit | undefined> {
  const row = await db
    .selectFrom('identity.unit')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && unitOf(row);
}

/** Changes of the tree take turns, so that two moves together cannot make a loop. Readers do not wait. */
export async function lockUnitTree(db: Db): Promise<void> {
  await sql`lock table identity.unit_ancestor in share row exclusive mode`.execute(db);
}

export interface UnitValues {
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly organisationCode: string;
  readonly indexNumberTemplate?: IndexNumberTemplate | undefined;
  readonly kind: UnitKind;
  readonly position: number;
}

/** Undefined when the organisation code is taken, or what its index numbers would begin with. */
export async function insertUnit(db: Db, values: UnitValues): Promise<Unit | undefined> {
  const row = await db
    .insertInto('identity.unit')
    .values({
      parent_id: values.parentId,
      name: values.name,
      short_name: values.shortName,
      organisation_code: values.organisationCode,
      index_number_template: values.indexNumberTemplate ?? usualIndexNumberTemplate,
      keeps_code9: usesCode9(values.indexNumberTemplate),
      kind: values.kind,
      position: values.position,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  await sql`insert into identity.unit_ancestor (unit_id, ancestor_id)
    select ${row.id}::bigint, ancestor_id from identity.unit_ancestor where unit_id = ${row.parent_id}::bigint
    union all select ${row.id}::bigint, ${row.id}::bigint`.execute(db);
  return unitOf(row);
}

export interface UnitEdit {
  readonly parentId: string | null;
  readonly name: string;
  readonly shortName: string;
  readonly position: number;
  readonly indexNumberTemplate: IndexNumberTemplate;
  readonly closedAt: Date | null;
}

/** `closedAt` of an already closed unit stays the instant of its closing. */
export async function updateUnit(db: Db, id: string, edit: UnitEdit): Promise<Unit> {
  const row = await db
    .updateTable('identity.unit')
    .set((eb) => ({
      parent_id: edit.parentId,
      name: edit.name,
      short_name: edit.shortName,
      position: edit.position,
      index_number_template: edit.indexNumberTemplate,
      keeps_code9: sql<boolean>`keeps_code9 or ${usesCode9(edit.indexNumberTemplate)}`,
      closed_at: edit.closedAt === null ? null : eb.fn.coalesce('closed_at', sql<Date>`${edit.closedAt}`),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return unitOf(row);
}

/** Whether the index numbers of another unit begin with this. */
export async function isIndexCodeTaken(
  db: Db,
  code: string,
  besides: string | null = null,
): Promise<boolean> {
  const { rows } = await sql`
    select from identity.unit where id is distinct from ${besides}::bigint and
      case when keeps_code9 and length(organisation_code) = 18
        then substr(organisation_code, 9, 9) else organisation_code end = ${code}`.execute(db);
  return rows.length > 0;
}

/** The unit itself and everything below it. */
export async function unitsBelow(db: Db, id: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('identity.unit_ancestor')
    .select('unit_id')
    .where('ancestor_id', '=', id)
    .execute();
  return rows.map((row) => row.unit_id);
}

/** Hangs a unit with all below it under another one (or under none); the tree lock is held. */
export async function moveSubtree(db: Db, id: string, parentId: string | null): Promise<void> {
  await sql`delete from identity.unit_ancestor
    where unit_id in (select unit_id from identity.unit_ancestor where ancestor_id = ${id})
      and ancestor_id not in (select unit_id from identity.unit_ancestor where ancestor_id = ${id})`.execute(
    db,
  );
  if (parentId === null) return;
  await sql`insert into identity.unit_ancestor (unit_id, ancestor_id)
    select below.unit_id, above.ancestor_id
    from identity.unit_ancestor below cross join identity.unit_ancestor above
    where below.ancestor_id = ${id} and above.unit_id = ${parentId}`.execute(db);
}

/** What keeps a unit from being closed: open units below it and people who can still sign in. */
export async function isUnitInUse(db: Db, id: string): Promise<boolean> {
  const result = await sql<{ used: boolean }>`select
    exists (select from identity.unit where parent_id = ${id} and closed_at is null)
    or exists (select from identity.account where unit_id = ${id} and disabled_at is null) as used`.execute(
    db,
  );
  return result.rows[0]?.used ?? false;
}

export async function unitByOrganisationCode(db: Db, code: string): Promise<Unit | undefined> {
  const row = await db
    .selectFrom('identity.unit')
    .selectAll()
    .where('organisation_code', '=', code)
    .executeTakeFirst();
  return row && unitOf(row);
}
