import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface ReuseRow {
  readonly id: string;
  readonly resourceId: string;
  readonly columnId: string;
  readonly madeByName: string;
  readonly madeAt: Date;
  readonly endedAt: Date | null;
  readonly endedByName: string | null;
  readonly endReason: string | null;
}

function reuses(db: Db) {
  return db
    .selectFrom('sites.reuse')
    .innerJoin('sites.column as place', 'place.id', 'sites.reuse.column_id')
    .select([
      'sites.reuse.id',
      'resource_id as resourceId',
      'column_id as columnId',
      'made_by_name as madeByName',
      'made_at as madeAt',
      'ended_at as endedAt',
      'ended_by_name as endedByName',
      'end_reason as endReason',
    ]);
}

/** What of the rows is wanted: `sites.reuse` and its column, `place`, may be named. */
export type ReuseCondition = RawBuilder<SqlBool>;

export function reusesBefore(
  db: Db,
  condition: ReuseCondition,
  page: { readonly before: string | null; readonly limit: number },
): Promise<readonly ReuseRow[]> {
  let query = reuses(db).where(condition);
  if (page.before !== null) query = query.where('sites.reuse.id', '<', page.before);
  return query.orderBy('sites.reuse.id', 'desc').limit(page.limit).execute();
}

export async function reusesById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ReuseRow>> {
  if (ids.length === 0) return new Map();
  const rows = await reuses(db)
    .where('sites.reuse.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** What other units show of resources now. */
export async function standingReuses(
  db: Db,
  resourceIds: readonly string[],
): Promise<readonly Pick<ReuseRow, 'id' | 'resourceId' | 'columnId'>[]> {
  if (resourceIds.length === 0) return [];
  return db
    .selectFrom('sites.reuse')
    .select(['id', 'resource_id as resourceId', 'column_id as columnId'])
    .where('resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .where('ended_at', 'is', null)
    .orderBy('id')
    .execute();
}

/** The reuses by which resources stand in a column now, by resource. */
export async function reusesIn(
  db: Db,
  columnId: string,
  resourceIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (resourceIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.reuse')
    .select(['id', 'resource_id as resourceId'])
    .where('column_id', '=', columnId)
    .where('resource_id', 'in', [...resourceIds])
    .where('ended_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.resourceId, row.id]));
}

export async function insertReuse(
  db: Db,
  row: Pick<ReuseRow, 'resourceId' | 'columnId' | 'madeByName' | 'madeAt'>,
): Promise<string> {
  const { id } = await db
    .insertInto('sites.reuse')
    .values({
      resource_id: row.resourceId,
      column_id: row.columnId,
      made_by_name: row.madeByName,
      made_at: row.madeAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Ends it; false when somebody did before. */
export async function closeReuse(
  db: Db,
  id: string,
  end: { readonly at: Date; readonly byName: string; readonly reason: string },
): Promise<boolean> {
  const ended = await db
    .updateTable('sites.reuse')
    .set({ ended_at: end.at, ended_by_name: end.byName, end_reason: end.reason })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** The address that a resource has on the site of somebody who shows it by reference. */
export interface ReuseAddress {
  readonly siteId: string;
  readonly resourceId: string;
  readonly columnId: string;
  readonly path: string;
  /** Whether a column of the site shows it by reference now. */
  readonly stands: boolean;
}

function addresses(db: Db) {
  return db.selectFrom('sites.reuse_address as address').select([
    'address.site_id as siteId',
    'address.resource_id as resourceId',
    'address.column_id as columnId',
    'address.path',
    // Asked of each by an index: for `exists` PostgreSQL would read all reuses there are, once for a list of entries.
    sql<boolean>`coalesce((select true from sites.reuse join sites.column as place on place.id = reuse.column_id
        where reuse.resource_id = address.resource_id and reuse.ended_at is null
          and place.site_id = address.site_id limit 1), false)`.as('stands'),
  ]);
}

/** Given once; a second try changes nothing. */
export async function insertReuseAddress(db: Db, row: Omit<ReuseAddress, 'stands'>): Promise<void> {
  await db
    .insertInto('sites.reuse_address')
    .values({
      site_id: row.siteId,
      resource_id: row.resourceId,
      column_id: row.columnId,
      path: row.path,
    })
    .onConflict((conflict) => conflict.columns(['site_id', 'resource_id']).doNothing())
    .execute();
}

export function reuseAddressesOf(db: Db, resourceIds: readonly string[]): Promise<readonly ReuseAddress[]> {
  if (resourceIds.length === 0) return Promise.resolve([]);
  return addresses(db)
    .where('address.resource_id', '=', sql<string>`any(${[...resourceIds]}::bigint[])`)
    .execute();
}

/** What is shown by reference at a path of a site, or was. */
export function reuseAddressAt(db: Db, siteId: string, path: string): Promise<ReuseAddress | undefined> {
  return addresses(db)
    .where('address.site_id', '=', siteId)
    .where('address.path', '=', path)
    .executeTakeFirst();
}

/** Every such address, keyset paged by site and resource. */
export async function reuseAddressesAfter(
  db: Db,
  after: { readonly siteId: string; readonly resourceId: string },
  limit: number,
): Promise<readonly { readonly siteId: string; readonly resourceId: string }[]> {
  return db
    .selectFrom('sites.reuse_address')
    .select(['site_id as siteId', 'resource_id as resourceId'])
    .where(sql<SqlBool>`(site_id, resource_id) > (${after.siteId}::bigint, ${after.resourceId}::bigint)`)
    .orderBy('site_id')
    .orderBy('resource_id')
    .limit(limit)
    .execute();
}
