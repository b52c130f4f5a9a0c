import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface ListingRow {
  readonly columnId: string;
  readonly sequence: string;
  readonly resourceId: string;
  readonly viaColumnId: string | null;
  readonly titleOverride: string | null;
  readonly pinnedUntil: Date | null;
  readonly listedAt: Date;
}

function listings(db: Db) {
  return db
    .selectFrom('sites.listing')
    .select([
      'column_id as columnId',
      'sequence',
      'resource_id as resourceId',
      'via_column_id as viaColumnId',
      'title_override as titleOverride',
      'pinned_until as pinnedUntil',
      'listed_at as listedAt',
    ]);
}

/** Entries of a column before a sequence, newest first. */
export function listingsBefore(
  db: Db,
  columnId: string,
  before: string | null,
  limit: number,
): Promise<readonly ListingRow[]> {
  let query = listings(db).where('column_id', '=', columnId);
  if (before !== null) query = query.where('sequence', '<', before);
  return query.orderBy('sequence', 'desc').limit(limit).execute();
}

const listingColumns = sql`l.column_id as "columnId", l.sequence, l.resource_id as "resourceId",
  l.via_column_id as "viaColumnId", l.title_override as "titleOverride", l.pinned_until as "pinnedUntil",
  l.listed_at as "listedAt"`;

/** A stretch of a column's entries, both ends included. */
export interface ListingRange {
  readonly columnId: string;
  readonly first: number;
  readonly last: number;
}

/** The entries of several stretches at once, newest first. */
export async function listingsWithin(
  db: Db,
  ranges: readonly ListingRange[],
): Promise<readonly ListingRow[]> {
  if (ranges.length === 0) return [];
  const rows = await sql<ListingRow>`
    select ${listingColumns} from unnest(
      ${ranges.map((one) => one.columnId)}::bigint[], ${ranges.map((one) => one.first)}::bigint[],
      ${ranges.map((one) => one.last)}::bigint[]
    ) as wanted (id, first, last)
    join sites.listing l on l.column_id = wanted.id and l.sequence between wanted.first and wanted.last
    order by l.column_id, l.sequence desc`.execute(db);
  return rows.rows;
}

/** The newest few of each of several columns at once. */
export async function newestListings(
  db: Db,
  columnIds: readonly string[],
  each: number,
): Promise<readonly ListingRow[]> {
  if (columnIds.length === 0) return [];
  const rows = await sql<ListingRow>`
    select ${listingColumns} from unnest(${[...columnIds]}::bigint[]) as wanted (id)
    cross join lateral (
      select * from sites.listing where column_id = wanted.id order by sequence desc limit ${each}
    ) l`.execute(db);
  return rows.rows;
}

/** More pins than this at once are nobody's intention. */
const mostPins = 20;

/** A pin is ended by the due clock, not by a page that happens to be rebuilt: pages never look at a clock. */
export async function pinnedListings(db: Db, columnIds: readonly string[]): Promise<readonly ListingRow[]> {
  if (columnIds.length === 0) return [];
  const rows = await sql<ListingRow>`
    select ${listingColumns} from unnest(${[...columnIds]}::bigint[]) as wanted (id)
    cross join lateral (
      select * from sites.listing where column_id = wanted.id and pinned_until is not null
      order by sequence desc limit ${mostPins}
    ) l`.execute(db);
  return rows.rows;
}

export function listingOf(db: Db, columnId: string, resourceId: string): Promise<ListingRow | undefined> {
  return listings(db)
    .where('column_id', '=', columnId)
    .where('resource_id', '=', resourceId)
    .forUpdate()
    .executeTakeFirst();
}

export function listingsOfResource(db: Db, resourceId: string): Promise<readonly ListingRow[]> {
  return listings(db).where('resource_id', '=', resourceId).orderBy('column_id').execute();
}

/** In order of columns, so that whoever walks over them locks them alike. */
export async function listingsOfResources(
  db: Db,
  resourceIds: readonly string[],
): Promise<readonly ListingRow[]> {
  if (resourceIds.length === 0) return [];
  return listings(db)
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .orderBy('column_id')
    .execute();
}

/** The columns that show each of the resources. */
export async function columnsListing(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.listing')
    .select(['resource_id as resourceId', 'column_id as columnId'])
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .orderBy('column_id')
    .execute();
  const ofResource = Map.groupBy(rows, (row) => row.resourceId);
  return new Map([...ofResource].map(([id, listed]) => [id, listed.map((row) => row.columnId)]));
}

export interface Neighbours {
  readonly resourceId: string;
  readonly previous: string | null;
  readonly next: string | null;
}

/** The entries just before and after each resource in the column that gave it its address. */
export async function neighboursOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, Neighbours>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await sql<Neighbours>`
    select l.resource_id as "resourceId",
      (select resource_id from sites.listing o where o.column_id = l.column_id and o.sequence < l.sequence
        order by o.sequence desc limit 1) as previous,
      (select resource_id from sites.listing o where o.column_id = l.column_id and o.sequence > l.sequence
        order by o.sequence limit 1) as next
    from sites.listing l join sites.address a on a.resource_id = l.resource_id and a.column_id = l.column_id
    where l.resource_id = any(${[...resourceIds]}::bigint[])`.execute(db);
  return new Map(rows.rows.map((row) => [row.resourceId, row]));
}

export interface AddressRow {
  readonly resourceId: string;
  readonly siteId: string;
  readonly columnId: string;
  readonly path: string;
}

export async function addressesOf(
  db: Db,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, AddressRow>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.address')
    .select(['resource_id as resourceId', 'site_id as siteId', 'column_id as columnId', 'path'])
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.resourceId, row]));
}

/** What has its address there, live or withdrawn. */
export function addressAt(db: Db, siteId: string, path: string): Promise<AddressRow | undefined> {
  return db
    .selectFrom('sites.address')
    .select(['resource_id as resourceId', 'site_id as siteId', 'column_id as columnId', 'path'])
    .where('site_id', '=', siteId)
    .where('path', '=', path)
    .executeTakeFirst();
}

/** An address is given once; a second try changes nothing. */
export async function insertAddresses(db: Db, rows: readonly AddressRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('sites.address')
    .values(
      rows.map((row) => ({
        resource_id: row.resourceId,
        site_id: row.siteId,
        column_id: row.columnId,
        path: row.path,
      })),
    )
    .onConflict((conflict) => conflict.column('resource_id').doNothing())
    .execute();
}

/** Addresses of a site among a range of resource ids: one part of its sitemap. */
export async function addressesBetween(
  db: Db,
  siteId: string,
  firstId: number,
  lastId: number,
): Promise<readonly AddressRow[]> {
  return db
    .selectFrom('sites.address')
    .select(['resource_id as resourceId', 'site_id as siteId', 'column_id as columnId', 'path'])
    .where('site_id', '=', siteId)
    .where('resource_id', '>=', String(firstId))
    .where('resource_id', '<=', String(lastId))
    .orderBy('resource_id')
    .execute();
}

export interface SitemapPart {
  readonly siteId: string;
  readonly firstId: number;
  readonly lastId: number;
}

/** The sites of those parts in which nothing has an address. */
export async function sitesOfEmptyParts(db: Db, parts: readonly SitemapPart[]): Promise<readonly string[]> {
  if (parts.length === 0) return [];
  const { rows } = await sql<{ siteId: string }>`
    select distinct part.site_id as "siteId" from unnest(
      ${parts.map((one) => one.siteId)}::bigint[], ${parts.map((one) => one.firstId)}::bigint[],
      ${parts.map((one) => one.lastId)}::bigint[]
    ) as part (site_id, first_id, last_id)
    where not exists (select from sites.address
      where address.site_id = part.site_id and resource_id between part.first_id and part.last_id)`.execute(
    db,
  );
  return rows.map((row) => row.siteId);
}

/** Resources that have an address, live or withdrawn, keyset paged by id. */
export async function addressedIdsAfter(db: Db, after: string, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sites.address')
    .select('resource_id')
    .where('resource_id', '>', after)
    .orderBy('resource_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.resource_id);
}

/** Parts of a site's sitemap that hold any address. */
export async function sitemapBlocks(db: Db, siteId: string, size: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('sites.address')
    .select(sql<string>`resource_id / ${sql.lit(size)}`.as('block'))
    .distinct()
    .where('site_id', '=', siteId)
    .orderBy('block')
    .execute();
  return rows.map((row) => Number(row.block)).sort((a, b) => a - b);
}

export async function hasDuePins(db: Db, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('sites.listing')
    .select('resource_id')
    .where('pinned_until', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
