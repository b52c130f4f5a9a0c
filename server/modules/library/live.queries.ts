import { sql } from 'kysely';

import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { labelContents, type Labelled } from './label-content.queries.ts';

/**
 * A resource as citizens see it: the live revision and nothing newer, its validity as it was ruled, and its terms by
 * their labels of today.
 */
export interface LiveResource extends Labelled {
  readonly id: string;
  /** Who answers for it today. */
  readonly unitId: string;
  /** 发布机构: the unit that published it first, whatever has become of that since. */
  readonly issuerId: string;
  readonly type: ResourceTypeKey;
  readonly revisionId: string;
  readonly indexNumber: string;
  readonly firstPublishedAt: Date;
  readonly lastPublishedAt: Date;
  /** Brought over from another site, where it was published first. */
  readonly isImported: boolean;
}

/** What a list line needs, without the body. */
export interface LiveHeading {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly summary: string | null;
  readonly documentNumber: string | null;
  readonly validity: string | null;
  readonly coverAssetId: string | null;
  readonly indexNumber: string;
  readonly producedOn: string | null;
  readonly firstPublishedAt: Date;
  readonly lastPublishedAt: Date;
}

/** The live resources among the given ids; one that is missing from the answer is not public. */
export async function liveResources(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LiveResource>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .innerJoin('library.index_number', 'library.index_number.resource_id', 'library.resource.id')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      'library.index_number.unit_id as issuerId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      'library.revision.id as revisionId',
      sql<ResourceContent>`library.ruled_content(library.revision.content, library.resource.ruling_id)`.as(
        'content',
      ),
      sql<string>`library.resource.index_number`.as('indexNumber'),
      sql<Date>`library.resource.first_published_at`.as('firstPublishedAt'),
      sql<Date>`library.resource.last_published_at`.as('lastPublishedAt'),
      sql<boolean>`library.resource.imported_from is not null`.as('isImported'),
    ])
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map((await labelContents(db, rows)).map((row) => [row.id, row]));
}

/** Who published it first; undefined before it entered the library. */
export async function issuerOf(db: Db, resourceId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('library.index_number')
    .select('unit_id')
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return row?.unit_id;
}

export async function liveHeadings(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LiveHeading>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      sql<string>`content ->> 'title'`.as('title'),
      sql<string | null>`content ->> 'summary'`.as('summary'),
      sql<string | null>`content ->> 'documentNumber'`.as('documentNumber'),
      sql<string | null>`coalesce(library.resource.ruled_validity, content ->> 'validity')`.as('validity'),
      sql<string | null>`content ->> 'coverAssetId'`.as('coverAssetId'),
      sql<string>`library.resource.index_number`.as('indexNumber'),
      sql<string | null>`content ->> 'producedOn'`.as('producedOn'),
      sql<Date>`library.resource.first_published_at`.as('firstPublishedAt'),
      sql<Date>`library.resource.last_published_at`.as('lastPublishedAt'),
    ])
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the page of a withdrawn or expired resource says. */
export interface RemovedResource {
  readonly id: string;
  readonly title: string;
  readonly removedAt: Date;
  readonly firstPublishedAt: Date;
  readonly isImported: boolean;
  readonly reason: string;
}

export async function removedResources(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RemovedResource>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.resource')
    .select([
      'id',
      'title',
      sql<Date>`withdrawn_at`.as('removedAt'),
      sql<Date>`first_published_at`.as('firstPublishedAt'),
      sql<boolean>`imported_from is not null`.as('isImported'),
      sql<string>`coalesce(withdrawal_reason, '')`.as('reason'),
    ])
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where('live_revision_id', 'is', null)
    .where('first_published_at', 'is not', null)
    .where('withdrawn_at', 'is not', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Ids of live resources with one of the terms, in order of id, keyset paged. */
export async function liveIdsWithTerms(
  db: Db,
  references: readonly string[],
  page: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where(sql<boolean>`live_terms && ${[...references]}::text[]`)
    .where('live_revision_id', 'is not', null)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of live resources of a unit in order of id, keyset paged. */
export async function liveIdsOfUnit(
  db: Db,
  unitId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where('unit_id', '=', unitId)
    .where('live_revision_id', 'is not', null)
    .where('id', '>', page.after)
    .orderBy('id')
    .limit(page.limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function countLiveOfUnit(db: Db, unitId: string): Promise<number> {
  const { count } = await db
    .selectFrom('library.resource')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('unit_id', '=', unitId)
    .where('live_revision_id', 'is not', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Ids of live resources in order of id, keyset paged: for rebuilding and reindexing everything. */
export async function liveIdsAfter(db: Db, after: string, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.resource')
    .select('id')
    .where('live_revision_id', 'is not', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Which revision of the resources is public; one that is missing from the answer is not public. */
export async function liveRevisionIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; revisionId: string }>`
    select id, live_revision_id as "revisionId" from library.resource
    where id = any(${[...ids]}::bigint[]) and live_revision_id is not null`.execute(db);
  return new Map(rows.map((row) => [row.id, row.revisionId]));
}

/** About how many resources there are, as the database's statistics have it: costs nothing, however many. */
export async function estimateResources(db: Db): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select reltuples as rows from pg_class where oid = 'library.resource'::regclass`.execute(db);
  return Math.max(0, rows[0]?.rows ?? 0);
}
