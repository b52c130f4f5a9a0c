import { sql } from 'kysely';

import type { ResourceTypeKey, TypeDefinition } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';

export interface VersionRow {
  readonly type: ResourceTypeKey;
  readonly number: number;
  readonly definition: TypeDefinition;
  readonly note: string;
  readonly publishedByName: string;
  readonly publishedAt: Date;
}

function versions(db: Db) {
  return db
    .selectFrom('library.resource_type_version')
    .select([
      sql<ResourceTypeKey>`type`.as('type'),
      'number',
      sql<TypeDefinition>`definition`.as('definition'),
      'note',
      'published_by_name as publishedByName',
      'published_at as publishedAt',
    ]);
}

/** The number of the version that holds now, locked; undefined when operators defined nothing of the type. */
export async function currentNumber(
  db: Db,
  type: ResourceTypeKey,
  lock: 'share' | 'update',
): Promise<number | undefined> {
  const query = db.selectFrom('library.resource_type').select('current').where('key', '=', type);
  const row = await (lock === 'share' ? query.forShare() : query.forUpdate()).executeTakeFirst();
  return row?.current;
}

export function versionOf(db: Db, type: ResourceTypeKey, number: number): Promise<VersionRow | undefined> {
  return versions(db).where('type', '=', type).where('number', '=', number).executeTakeFirst();
}

/** The versions that hold now, of all types, in order of creation. */
export function currentVersions(db: Db): Promise<readonly VersionRow[]> {
  return db
    .selectFrom('library.resource_type')
    .innerJoin('library.resource_type_version', (join) =>
      join
        .onRef('library.resource_type_version.type', '=', 'library.resource_type.key')
        .onRef('library.resource_type_version.number', '=', 'library.resource_type.current'),
    )
    .select([
      sql<ResourceTypeKey>`type`.as('type'),
      'number',
      sql<TypeDefinition>`definition`.as('definition'),
      'note',
      'published_by_name as publishedByName',
      'published_at as publishedAt',
    ])
    .orderBy('library.resource_type.created_at')
    .orderBy('library.resource_type.key')
    .execute();
}

/** Every version of one type, newest first. */
export function versionsOf(db: Db, type: ResourceTypeKey): Promise<readonly VersionRow[]> {
  return versions(db).where('type', '=', type).orderBy('number', 'desc').execute();
}

export interface VersionName {
  readonly type: ResourceTypeKey;
  readonly number: number;
}

export async function versionsNamed(db: Db, names: readonly VersionName[]): Promise<readonly VersionRow[]> {
  if (names.length === 0) return [];
  const types = names.map((one) => one.type);
  const numbers = names.map((one) => one.number);
  return versions(db)
    .where(sql<boolean>`(type, number) in (select * from unnest(${types}::text[], ${numbers}::int[]))`)
    .execute();
}

/** Takes the name of a type; false when it is taken. */
export async function insertType(db: Db, type: ResourceTypeKey, at: Date): Promise<boolean> {
  const result = await db
    .insertInto('library.resource_type')
    .values({ key: type, current: 1, created_at: at })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface NewVersionRow {
  readonly type: ResourceTypeKey;
  readonly number: number;
  readonly definition: TypeDefinition;
  readonly note: string;
  readonly publishedBy: string | null;
  readonly publishedByName: string;
  readonly publishedAt: Date;
}

/** Writes a version and makes it the one that holds. */
export async function insertVersion(db: Db, row: NewVersionRow): Promise<void> {
  await db
    .insertInto('library.resource_type_version')
    .values({
      type: row.type,
      number: row.number,
      definition: JSON.stringify(row.definition),
      note: row.note,
      published_by: row.publishedBy,
      published_by_name: row.publishedByName,
      published_at: row.publishedAt,
    })
    .execute();
  await db
    .updateTable('library.resource_type')
    .set({ current: row.number })
    .where('key', '=', row.type)
    .execute();
}

export interface WrittenValues {
  readonly id: string;
  readonly title: string;
  readonly unitId: string;
  readonly values: Readonly<Record<string, unknown>> | null;
}

/** The operators' values in the newest and the live revision of every resource of a type, keyset paged. */
export function writtenValues(
  db: Db,
  type: ResourceTypeKey,
  after: string,
  limit: number,
): Promise<readonly WrittenValues[]> {
  const page = db
    .selectFrom('library.resource')
    .selectAll()
    .where('type', '=', type)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .as('page');
  return db
    .selectFrom(page)
    .innerJoin('library.revision', (join) =>
      join.on(sql<boolean>`library.revision.id in (page.head_revision_id, page.live_revision_id)`),
    )
    .select([
      'page.id',
      'page.title',
      'page.unit_id as unitId',
      sql<WrittenValues['values']>`library.revision.content -> 'values'`.as('values'),
    ])
    .orderBy('page.id')
    .orderBy('library.revision.id')
    .execute();
}
