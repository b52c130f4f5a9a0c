import { type RawBuilder, sql, type SqlBool } from 'kysely';

type ResourceId = RawBuilder<string>;

/**
 * Whether citizens are shown a resource now: its address is on a site that is online, and a column (one of these, when
 * some are named) lists it.
 */
export function isShown(id: ResourceId, columnIds: readonly string[] | null): RawBuilder<SqlBool> {
  return sql<SqlBool>`(
    exists (select from sites.address join sites.site on site.id = address.site_id
      where address.resource_id = ${id} and site.state = 'online')
    and exists (select from sites.listing where listing.resource_id = ${id} ${among(columnIds, 'listing')}))`;
}

/** Whether they ever were: what is gone is told to whoever may have seen it, and to nobody else. */
export function wasShown(id: ResourceId, columnIds: readonly string[] | null): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from sites.exposure
    where exposure.resource_id = ${id} ${among(columnIds, 'exposure')})`;
}

function among(columnIds: readonly string[] | null, table: string): RawBuilder<unknown> {
  if (columnIds === null) return sql``;
  return sql`and ${sql.ref(`${table}.column_id`)} = any(${[...columnIds]}::bigint[])`;
}

/**
 * Whether a column's records include a resource: it is listed there now, or was once and is shown nowhere (among these
 * columns) any more. What only this column has let go of is not gone.
 */
export function isRecordOf(
  id: ResourceId,
  recordColumnIds: readonly string[],
  columnIds: readonly string[] | null,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${isShown(id, recordColumnIds)}
    or (${wasShown(id, recordColumnIds)} and not ${isShown(id, columnIds)}))`;
}
