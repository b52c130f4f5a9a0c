import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Whether an operator makes work in the background wait. */
export async function isBackgroundPaused(db: Db): Promise<boolean> {
  const { rows } = await sql<{ paused: boolean }>`
    select paused_at is not null as paused from publishing.background`.execute(db);
  return rows[0]?.paused === true;
}

export async function pauseBackground(db: Db, paused: boolean): Promise<void> {
  await sql`
    insert into publishing.background as b (paused_at)
    values (case when ${paused}::boolean then clock_timestamp() end)
    on conflict (id) do update set
      paused_at = case when excluded.paused_at is null then null else coalesce(b.paused_at, excluded.paused_at) end
  `.execute(db);
}

/** Everything that waits in the background now is what there is to do from now on. */
export async function beginBackground(db: Db): Promise<void> {
  await sql`
    insert into publishing.background (total, started_at)
    select count(*), clock_timestamp() from publishing.dirty where priority = 1
    on conflict (id) do update set total = excluded.total, started_at = excluded.started_at`.execute(db);
}

/** So many minutes of pace are kept, and so many are looked at for the rate. */
const MINUTES_KEPT = 60;
const MINUTES_OF_RATE = 5;

/** Outside of the batch's transaction: lanes would else wait for each other to add to the same minute. */
export async function recordPace(db: Db, pages: number): Promise<void> {
  if (pages === 0) return;
  await sql`
    with old as (
      delete from publishing.pace where minute < clock_timestamp() - ${MINUTES_KEPT} * interval '1 minute'
    )
    insert into publishing.pace as p (minute, pages) values (date_trunc('minute', clock_timestamp()), ${pages})
    on conflict (minute) do update set pages = p.pages + excluded.pages`.execute(db);
}

export interface BackgroundProgress {
  readonly waiting: number;
  /** What there was to do; at least what still waits. */
  readonly total: number;
  readonly startedAt: Date | null;
  readonly pausedAt: Date | null;
  /** Pages in a minute, over the last few; null when nothing was done in them. */
  readonly perMinute: number | null;
}

export async function backgroundProgress(db: Db): Promise<BackgroundProgress> {
  const { rows } = await sql<{
    waiting: string;
    total: string;
    startedAt: Date | null;
    pausedAt: Date | null;
    perMinute: number | null;
  }>`
    select waiting.pages as waiting, coalesce(b.total, 0) as total, b.started_at as "startedAt",
      b.paused_at as "pausedAt", recent.per_minute as "perMinute"
    from (select count(*) as pages from publishing.dirty where priority = 1) as waiting
    cross join (
      select (sum(pages) / greatest(1, extract(epoch from clock_timestamp() - min(minute)) / 60))::float8 as per_minute
      from publishing.pace where minute > clock_timestamp() - ${MINUTES_OF_RATE} * interval '1 minute'
    ) as recent
    left join publishing.background as b on true`.execute(db);
  const row = rows[0];
  const waiting = Number(row?.waiting ?? 0);
  return {
    waiting,
    total: Math.max(waiting, Number(row?.total ?? 0)),
    startedAt: row?.startedAt ?? null,
    pausedAt: row?.pausedAt ?? null,
    perMinute: row?.perMinute ?? null,
  };
}
