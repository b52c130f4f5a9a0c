import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/**
 * The next `count` serials of a unit and year; the first is returned. The counter's row lock is held until
 * the transaction ends, so a number that is taken is also used, and a rolled-back one is given again.
 */
export async function takeSerials(db: Db, unitId: string, year: number, count: number): Promise<number> {
  const row = await db
    .insertInto('library.index_counter')
    .values({ unit_id: unitId, year, last: count })
    .onConflict((conflict) =>
      conflict.columns(['unit_id', 'year']).doUpdateSet({ last: sql`library.index_counter.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last - count + 1;
}

export interface IndexNumberRow {
  readonly indexNumber: string;
  readonly unitId: string;
  readonly year: number;
  readonly serial: number;
  readonly resourceId: string;
}

export async function insertIndexNumber(db: Db, row: IndexNumberRow, at: Date): Promise<void> {
  await db
    .insertInto('library.index_number')
    .values({
      index_number: row.indexNumber,
      unit_id: row.unitId,
      year: row.year,
      serial: row.serial,
      resource_id: row.resourceId,
      given_at: at,
    })
    .execute();
}
