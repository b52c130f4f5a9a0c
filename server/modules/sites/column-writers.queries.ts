import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** The units that write into columns beside those that answer for them, by column. */
export async function writersOf(
  db: Db,
  columnIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (columnIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.column_writers')
    .select(['id', sql<string[]>`unit_ids::text[]`.as('unitIds')])
    .where('id', '=', sql<string>`any(${[...columnIds]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.unitIds]));
}

export async function replaceWriters(db: Db, columnId: string, unitIds: readonly string[]): Promise<void> {
  if (unitIds.length === 0) {
    await db.deleteFrom('sites.column_writers').where('id', '=', columnId).execute();
    return;
  }
  const listed = sql<string[]>`${[...unitIds]}::bigint[]`;
  await db
    .insertInto('sites.column_writers')
    .values({ id: columnId, unit_ids: listed })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet({ unit_ids: listed, version: sql`sites.column_writers.version + 1` }),
    )
    .execute();
}
