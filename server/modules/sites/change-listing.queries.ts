import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** The next numbers of a column: those after `before` up to `last`. */
export interface TakenSequences {
  readonly before: string;
  readonly last: string;
}

/** Takes the next numbers of columns that the caller has locked; answers them by column. */
export async function takeSequences(
  db: Db,
  counts: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, TakenSequences>> {
  if (counts.size === 0) return new Map();
  const { rows } = await sql<TakenSequences & { readonly columnId: string }>`
    update sites.column as place set last_sequence = last_sequence + asked.count
    from unnest(${[...counts.keys()]}::bigint[], ${[...counts.values()]}::int[]) as asked (id, count)
    where place.id = asked.id
    returning place.id as "columnId", place.last_sequence - asked.count as before, place.last_sequence as last`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.columnId, row]));
}

export interface NewListing {
  readonly columnId: string;
  readonly sequence: string;
  readonly resourceId: string;
  readonly viaColumnId: string | null;
  readonly titleOverride: string | null;
  readonly pinnedUntil: Date | null;
  readonly listedAt: Date;
}

export async function insertListings(db: Db, rows: readonly NewListing[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('sites.listing')
    .values(
      rows.map((row) => ({
        column_id: row.columnId,
        sequence: row.sequence,
        resource_id: row.resourceId,
        via_column_id: row.viaColumnId,
        title_override: row.titleOverride,
        pinned_until: row.pinnedUntil,
        listed_at: row.listedAt,
      })),
    )
    .execute();
}

/** What an editor says of an entry; undefined leaves it. */
export async function updateListing(
  db: Db,
  listing: { readonly columnId: string; readonly resourceId: string },
  change: {
    readonly pinnedUntil: Date | null | undefined;
    readonly titleOverride: string | null | undefined;
  },
): Promise<void> {
  if (change.pinnedUntil === undefined && change.titleOverride === undefined) return;
  await db
    .updateTable('sites.listing')
    .set({ pinned_until: change.pinnedUntil, title_override: change.titleOverride })
    .where('column_id', '=', listing.columnId)
    .where('resource_id', '=', listing.resourceId)
    .execute();
}

export async function renumberListing(
  db: Db,
  listing: { readonly columnId: string; readonly resourceId: string },
  sequence: string,
): Promise<void> {
  await db
    .updateTable('sites.listing')
    .set({ sequence })
    .where('column_id', '=', listing.columnId)
    .where('resource_id', '=', listing.resourceId)
    .execute();
}

export async function setListingOrigin(
  db: Db,
  columnId: string,
  resourceId: string,
  viaColumnId: string | null,
): Promise<void> {
  await db
    .updateTable('sites.listing')
    .set({ via_column_id: viaColumnId })
    .where('column_id', '=', columnId)
    .where('resource_id', '=', resourceId)
    .execute();
}

export interface RemovedListing extends PlaceInColumn {
  readonly resourceId: string;
}

/** Takes entries out, each by its column and its resource. */
export async function deleteListings(
  db: Db,
  entries: readonly { readonly columnId: string; readonly resourceId: string }[],
): Promise<readonly RemovedListing[]> {
  if (entries.length === 0) return [];
  const { rows } = await sql<RemovedListing>`
    delete from sites.listing using unnest(
      ${entries.map((one) => one.columnId)}::bigint[], ${entries.map((one) => one.resourceId)}::bigint[]
    ) as gone (column_id, resource_id)
    where listing.column_id = gone.column_id and listing.resource_id = gone.resource_id
    returning listing.column_id as "columnId", listing.sequence, listing.resource_id as "resourceId"`.execute(
    db,
  );
  return rows;
}

/**
 * What a column shows by mapping: whatever was placed in a column it shows, directly or through others, and is
 * live there. The nearest way counts. Told from placements alone, so it does not matter in which order the columns
 * of a chain are put right.
 */
const mapped = (columnId: string) => sql`
  with recursive source (column_id, via_column_id, depth) as (
    select source_column_id, source_column_id, 1 from sites.mapping where column_id = ${columnId}::bigint
    union
    select mapping.source_column_id, source.via_column_id, source.depth + 1
    from source join sites.mapping on mapping.column_id = source.column_id
    where source.depth < 10
  ), mapped as (
    select distinct on (listing.resource_id) listing.resource_id, source.via_column_id, listing.listed_at
    from source
    join sites.placement on placement.column_id = source.column_id
    join sites.listing on listing.column_id = source.column_id and listing.resource_id = placement.resource_id
    order by listing.resource_id, source.depth, source.via_column_id
  ), own as (
    select resource_id from sites.placement where column_id = ${columnId}::bigint
  )`;

/** Takes out what the column shows by no mapping any more and what was not placed there. */
export async function deleteUnmapped(
  db: Db,
  columnId: string,
): Promise<readonly { readonly sequence: string; readonly resourceId: string }[]> {
  const { rows } = await sql<{ sequence: string; resourceId: string }>`${mapped(columnId)}
    delete from sites.listing where column_id = ${columnId}::bigint
      and resource_id not in (select resource_id from own)
      and resource_id not in (select resource_id from mapped)
    returning sequence, resource_id as "resourceId"`.execute(db);
  return rows;
}

/** Says anew through which column each mapped entry comes. */
export async function renewOrigins(db: Db, columnId: string): Promise<void> {
  await sql`${mapped(columnId)}
    update sites.listing as mine set via_column_id = mapped.via_column_id from mapped
    where mine.column_id = ${columnId}::bigint and mine.resource_id = mapped.resource_id
      and mine.via_column_id is distinct from mapped.via_column_id
      and mine.resource_id not in (select resource_id from own)`.execute(db);
}

export interface MissingListing {
  readonly resourceId: string;
  readonly viaColumnId: string;
  readonly listedAt: Date;
}

/** What the column should show by mapping and does not yet, in the order in which it was published. */
export async function missingMapped(db: Db, columnId: string): Promise<readonly MissingListing[]> {
  const { rows } = await sql<MissingListing>`${mapped(columnId)}
    select resource_id as "resourceId", via_column_id as "viaColumnId", listed_at as "listedAt" from mapped
    where not exists (select from sites.listing as mine
      where mine.column_id = ${columnId}::bigint and mine.resource_id = mapped.resource_id)
    order by listed_at, resource_id`.execute(db);
  return rows;
}

/** A place in a column. */
export interface PlaceInColumn {
  readonly columnId: string;
  readonly sequence: string;
}

/**
 * The entries just before and after each place whose pages link to what stands there: those that have their address in
 * its column.
 */
export async function neighboursAt(db: Db, places: readonly PlaceInColumn[]): Promise<readonly string[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select distinct around.resource_id as id from unnest(
      ${places.map((one) => one.columnId)}::bigint[], ${places.map((one) => one.sequence)}::bigint[]
    ) as at (column_id, sequence)
    cross join lateral (
      (select resource_id from sites.listing where column_id = at.column_id and sequence < at.sequence
        order by sequence desc limit 1)
      union all
      (select resource_id from sites.listing where column_id = at.column_id and sequence > at.sequence
        order by sequence limit 1)
    ) as around
    join sites.address on address.resource_id = around.resource_id and address.column_id = at.column_id`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** Those of the resources whose pages name their neighbours in the column that is named with them. */
export async function addressedIn(
  db: Db,
  entries: readonly { readonly columnId: string; readonly resourceId: string }[],
): Promise<readonly string[]> {
  if (entries.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select address.resource_id as id from unnest(
      ${entries.map((one) => one.columnId)}::bigint[], ${entries.map((one) => one.resourceId)}::bigint[]
    ) as entry (column_id, resource_id)
    join sites.address on address.resource_id = entry.resource_id and address.column_id = entry.column_id`.execute(
    db,
  );
  return rows.map((row) => row.id);
}
