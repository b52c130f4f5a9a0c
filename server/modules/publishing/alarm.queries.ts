import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { PageAddress } from './page.queries.ts';
import type { StoreProblem } from './page.types.ts';

export interface StoreAlarm extends PageAddress {
  readonly problem: StoreProblem;
}

/** Records what was found; an address with an open alarm is not reported twice. Answers how many are new. */
export async function raiseAlarms(db: Db, found: readonly StoreAlarm[]): Promise<number> {
  if (found.length === 0) return 0;
  const result = await sql`
    insert into publishing.alarm (site, path, problem)
    select site, path, problem from unnest(
      ${found.map((one) => one.site)}::text[], ${found.map((one) => one.path)}::text[],
      ${found.map((one) => one.problem)}::text[]
    ) as found (site, path, problem)
    on conflict (site, path) where healed_at is null do nothing`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}

/** The right bytes stand at these addresses again. */
export async function closeAlarms(db: Db, healed: readonly PageAddress[]): Promise<void> {
  if (healed.length === 0) return;
  await sql`
    update publishing.alarm set healed_at = clock_timestamp()
    from unnest(${healed.map((one) => one.site)}::text[], ${healed.map((one) => one.path)}::text[]) as healed (site, path)
    where alarm.site = healed.site and alarm.path = healed.path and alarm.healed_at is null`.execute(db);
}

export interface OpenAlarm extends StoreAlarm {
  readonly id: string;
}

/** Alarms that are open, the oldest first; without those of pages that still wait to be written again. */
export async function settledAlarms(db: Db, after: string, limit: number): Promise<readonly OpenAlarm[]> {
  const { rows } = await sql<OpenAlarm>`
    select id, site, path, problem from publishing.alarm
    where healed_at is null and id > ${after}::bigint and not exists (
      select from publishing.page join publishing.dirty on dirty.page_key = page.key
      where page.site = alarm.site and page.path = alarm.path and dirty.forced
    ) order by id limit ${limit}`.execute(db);
  return rows;
}

export interface AlarmCounts {
  /** Not put right yet. */
  readonly open: number;
  readonly lastDay: number;
}

export async function countAlarms(db: Db): Promise<AlarmCounts> {
  const { rows } = await sql<{ open: string; last_day: string }>`
    select (select count(*) from publishing.alarm where healed_at is null) as open,
      (select count(*) from publishing.alarm where at > clock_timestamp() - interval '1 day') as last_day`.execute(
    db,
  );
  return { open: Number(rows[0]?.open ?? 0), lastDay: Number(rows[0]?.last_day ?? 0) };
}
