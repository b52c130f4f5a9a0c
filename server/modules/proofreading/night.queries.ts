import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface NightRow {
  readonly day: string;
  readonly afterId: string;
  readonly resources: number;
  readonly opened: number;
  readonly closed: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

const columns = sql.raw(`day::text as day, after_id as "afterId", resources, opened, closed,
  started_at as "startedAt", ended_at as "endedAt"`);

/** The run of a night. It begins where the last one came to, when that one did not come to the end. */
export async function beginNight(db: Db, day: string, now: Date): Promise<NightRow> {
  await sql`insert into proofreading.night (day, after_id, resources, opened, closed, started_at)
    values (${day}, coalesce((select case when ended_at is null then after_id end from proofreading.night
      where day < ${day} order by day desc limit 1), 0), 0, 0, 0, ${now})
    on conflict (day) do nothing`.execute(db);
  const night = await nightOf(db, day);
  if (!night) throw new Error(`the night of ${day} was not begun`);
  return night;
}

export async function nightOf(db: Db, day: string): Promise<NightRow | undefined> {
  const { rows } = await sql<NightRow>`select ${columns} from proofreading.night where day = ${day}`.execute(
    db,
  );
  return rows[0];
}

export async function advanceNight(
  db: Db,
  day: string,
  step: {
    readonly afterId: string;
    readonly resources: number;
    readonly opened: number;
    readonly closed: number;
  },
): Promise<void> {
  await sql`update proofreading.night set after_id = ${step.afterId}, resources = resources + ${step.resources},
    opened = opened + ${step.opened}, closed = closed + ${step.closed} where day = ${day}`.execute(db);
}

export async function endNight(db: Db, day: string, closed: number, now: Date): Promise<void> {
  await sql`update proofreading.night set ended_at = ${now}, closed = closed + ${closed}
    where day = ${day}`.execute(db);
}

export async function lastNights(db: Db, limit: number): Promise<readonly NightRow[]> {
  const { rows } = await sql<NightRow>`select ${columns} from proofreading.night
    order by proofreading.night.day desc limit ${limit}`.execute(db);
  return rows;
}
