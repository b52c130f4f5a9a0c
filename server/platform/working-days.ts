import { sql } from 'kysely';

import type { Db } from './db.ts';

/** Which days are worked, for the years whose holidays are known. */
export interface Calendar {
  readonly years: ReadonlySet<number>;
  /** Days that differ from their weekday, `YYYY-MM-DD`: whether they are worked. */
  readonly exceptions: ReadonlyMap<string, boolean>;
}

/** Some thirty rows a year. */
export async function loadCalendar(db: Db): Promise<Calendar> {
  const years = await sql<{ year: number }>`select year from platform.calendar_year`.execute(db);
  const days = await sql<{
    day: string;
    works: boolean;
  }>`select day, works from platform.calendar_day`.execute(db);
  return {
    years: new Set(years.rows.map((row) => row.year)),
    exceptions: new Map(days.rows.map((row) => [row.day, row.works])),
  };
}

export const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

/** Of a year that is not known by its weekday alone. */
export function isWorked(calendar: Calendar, day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return calendar.exceptions.get(day) ?? (weekday !== 0 && weekday !== 6);
}

/**
 * The last day of a time limit of `count` working days that begins on the day after `from`. Null when a day of a year
 * is needed whose holidays are not known: nobody guesses them.
 */
export function lastWorkingDay(calendar: Calendar, from: string, count: number): string | null {
  let day = from;
  for (let left = count; left > 0;) {
    day = dayAfter(day);
    if (!calendar.years.has(Number(day.slice(0, 4)))) return null;
    if (isWorked(calendar, day)) left -= 1;
  }
  return day;
}
