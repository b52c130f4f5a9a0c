import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Some columns and those above them, each with its distance: 0 for the columns themselves. */
export async function columnLinesOf(
  db: Db,
  columnIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (columnIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; distance: number }>`
    with recursive line (id, distance) as (
      select unnest(${[...columnIds]}::bigint[]), 0
      union all
      select c.parent_id, distance + 1 from line join sites.column c on c.id = line.id
      where c.parent_id is not null
    )
    select id, min(distance) as distance from line group by id`.execute(db);
  return new Map(rows.map(({ id, distance }) => [id, distance]));
}

/** The columns in which a resource is to stand by its own unit's choice, and those above them. */
export async function columnLinesAround(db: Db, resourceId: string): Promise<ReadonlyMap<string, number>> {
  const placed = await db
    .selectFrom('sites.placement')
    .select('column_id')
    .where('resource_id', '=', resourceId)
    .where('reuse_id', 'is', null)
    .execute();
  return columnLinesOf(
    db,
    placed.map((one) => one.column_id),
  );
}
