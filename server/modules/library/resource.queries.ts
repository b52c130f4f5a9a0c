import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ResourceContent, ResourceTypeKey, Stage } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface ResourceRow {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly stage: Stage;
  readonly version: number;
  readonly headRevisionId: string | null;
  readonly liveRevisionId: string | null;
  readonly signedRevisionId: string | null;
  readonly title: string;
  readonly indexNumber: string | null;
  readonly firstPublishedAt: Date | null;
  readonly lastPublishedAt: Date | null;
  readonly releaseAt: Date | null;
  /** Somebody else says when it goes out. */
  readonly releaseHeld: boolean;
  /** Taken down by order, and no review began since. */
  readonly takenDown: boolean;
  readonly expireAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawalReason: string | null;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  /** The ruling on its validity that is in force, and what it says; null while the revision says it. */
  readonly rulingId: string | null;
  readonly ruledValidity: string | null;
}

export interface RevisionRow {
  readonly id: string;
  readonly resourceId: string;
  readonly number: number;
  readonly content: ResourceContent;
  readonly digest: Buffer;
  readonly origin: string;
  readonly createdBy: string | null;
  readonly createdByName: string;
  readonly createdAt: Date;
}

function resources(db: Db) {
  return db
    .selectFrom('library.resource')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      sql<Stage>`library.resource.stage`.as('stage'),
      'library.resource.version',
      'library.resource.head_revision_id as headRevisionId',
      'library.resource.live_revision_id as liveRevisionId',
      'library.resource.signed_revision_id as signedRevisionId',
      'library.resource.title',
      'library.resource.index_number as indexNumber',
      'library.resource.first_published_at as firstPublishedAt',
      'library.resource.last_published_at as lastPublishedAt',
      'library.resource.release_at as releaseAt',
      'library.resource.release_held as releaseHeld',
      'library.resource.taken_down as takenDown',
      'library.resource.expire_at as expireAt',
      'library.resource.withdrawn_at as withdrawnAt',
      'library.resource.withdrawal_reason as withdrawalReason',
      'library.resource.created_by as createdBy',
      'library.resource.updated_at as updatedAt',
      'library.resource.ruling_id as rulingId',
      'library.resource.ruled_validity as ruledValidity',
    ]);
}

/** Every resource that a person may see: the only way into the table for the console. */
export function resourcesInScope(db: Db, scope: Scope) {
  return resources(db).where(inScope(scope, 'library.resource.unit_id'));
}

export function resourceInScope(db: Db, scope: Scope, id: string): Promise<ResourceRow | undefined> {
  return resourcesInScope(db, scope).where('library.resource.id', '=', id).executeTakeFirst();
}

/** Those of the resources that a person may see. */
export async function seenAmong(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ResourceRow>> {
  if (ids.length === 0) return new Map();
  const rows = await resourcesInScope(db, scope)
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks the row: whoever changes a resource waits for whoever is changing it. */
export function resourceForUpdate(db: Db, scope: Scope, id: string): Promise<ResourceRow | undefined> {
  return resourcesInScope(db, scope).where('library.resource.id', '=', id).forUpdate().executeTakeFirst();
}

/** Several at once, in the order in which everybody locks them. */
export function resourcesForUpdate(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<readonly ResourceRow[]> {
  return resourcesInScope(db, scope)
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .orderBy('library.resource.id')
    .forUpdate()
    .execute();
}

function revisions(db: Db) {
  return db
    .selectFrom('library.revision')
    .select([
      'id',
      'resource_id as resourceId',
      'number',
      sql<ResourceContent>`content`.as('content'),
      'digest',
      'origin',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
    ]);
}

export function revisionById(db: Db, id: string): Promise<RevisionRow | undefined> {
  return revisions(db).where('id', '=', id).executeTakeFirst();
}

export async function revisionsById(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RevisionRow>> {
  const rows = await revisions(db)
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export function revisionByNumber(
  db: Db,
  resourceId: string,
  number: number,
): Promise<RevisionRow | undefined> {
  return revisions(db).where('resource_id', '=', resourceId).where('number', '=', number).executeTakeFirst();
}

export function revisionSummaries(db: Db, resourceId: string) {
  return db
    .selectFrom('library.revision')
    .select([
      'id',
      'number',
      'digest',
      'origin',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
    ])
    .where('resource_id', '=', resourceId)
    .orderBy('number', 'desc')
    .limit(200)
    .execute();
}

/** What revisions say, by the id of the revision; without those that are stored in more bytes. */
export function contentsUpTo(
  db: Db,
  revisionIds: readonly string[],
  mostStored: number,
): Promise<ReadonlyMap<string, ResourceContent>> {
  // What it takes is known without unpacking it.
  const isSmall = sql<SqlBool>`pg_column_size(content) <= ${mostStored}`;
  return contentsAs(db, revisionIds, sql<ResourceContent>`content`, isSmall);
}

/** The same without their long texts. */
export function contentsWithoutText(
  db: Db,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, ResourceContent>> {
  return contentsAs(db, revisionIds, sql<ResourceContent>`content - '{body,blocks,transcript}'::text[]`);
}

async function contentsAs(
  db: Db,
  revisionIds: readonly string[],
  content: RawBuilder<ResourceContent>,
  where: RawBuilder<SqlBool> = sql<SqlBool>`true`,
): Promise<ReadonlyMap<string, ResourceContent>> {
  if (revisionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.revision')
    .select(['id', content.as('content')])
    .where('id', '=', sql<string>`any(${[...revisionIds]}::bigint[])`)
    .where(where)
    .execute();
  return new Map(rows.map((row) => [row.id, row.content]));
}

/** Who wrote which text of a resource, in the order of writing, up to and with the given revision. */
export function writtenUpTo(db: Db, resourceId: string, revisionId: string) {
  return db
    .selectFrom('library.revision')
    .select(['id', 'digest', 'origin', 'created_by as createdBy'])
    .where('resource_id', '=', resourceId)
    .where('id', '<=', revisionId)
    .orderBy('id')
    .execute();
}

export async function nextRevisionNumber(db: Db, resourceId: string): Promise<number> {
  const row = await db
    .selectFrom('library.revision')
    .select((is) => is.fn.max('number').as('last'))
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

export interface NewRevisionRow {
  readonly resourceId: string;
  readonly number: number;
  readonly content: ResourceContent;
  readonly digest: Buffer;
  readonly origin: 'saved' | 'autosaved' | 'restored' | 'imported';
  readonly createdBy: string | null;
  readonly createdByName: string;
  readonly createdAt: Date;
}

export function insertRevision(db: Db, row: NewRevisionRow): Promise<RevisionRow> {
  return db
    .insertInto('library.revision')
    .values({
      resource_id: row.resourceId,
      number: row.number,
      content: JSON.stringify(row.content),
      digest: row.digest,
      origin: row.origin,
      created_by: row.createdBy,
      created_by_name: row.createdByName,
      created_at: row.createdAt,
    })
    .returning([
      'id',
      'resource_id as resourceId',
      'number',
      sql<ResourceContent>`content`.as('content'),
      'digest',
      'origin',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
    ])
    .executeTakeFirstOrThrow();
}
