import { sql } from 'kysely';

import { dayInChina } from './china-time.ts';
import type { Db } from './db.ts';
import { type Calendar, dayAfter, isWorked, loadCalendar } from './working-days.ts';

/** A time limit: so many working hours, or until the end of so many working days after the one it begins on. */
export interface TimeLimit {
  readonly amount: number;
  readonly unit: 'hours' | 'days';
}

/**
 * When work is done. Of a year whose holidays are not known the weekends are free and nothing else: what hangs on this
 * are reminders, not the rights of citizens, which `lastWorkingDay` counts.
 */
export interface WorkingTime {
  readonly calendar: Calendar;
  /** Begin and end of each stretch of a working day, in minutes after midnight in China. */
  readonly spans: readonly (readonly [number, number])[];
}

export async function loadWorkingTime(db: Db): Promise<WorkingTime> {
  const { rows } = await sql<{ begins: number; ends: number }>`
    select extract(epoch from begins)::integer / 60 as begins, extract(epoch from ends)::integer / 60 as ends
    from platform.working_hours, lateral (values (morning_from, morning_to), (afternoon_from, afternoon_to))
      as span (begins, ends)
    order by begins`.execute(db);
  return { calendar: await loadCalendar(db), spans: rows.map(({ begins, ends }) => [begins, ends]) };
}

const minute = 60_000;
const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

export function minutesOfDay({ spans }: WorkingTime): number {
  return spans.reduce((sum, [begins, ends]) => sum + ends - begins, 0);
}

/** Longer than any time limit: where nobody ever works, nobody waits for ever. */
const farthestDays = 2_000;

/** The stretches of work from an instant on, in milliseconds. */
function* stretchesFrom(
  { calendar, spans }: WorkingTime,
  from: number,
): Generator<readonly [number, number]> {
  let day = dayInChina(new Date(from));
  for (let left = farthestDays; left > 0; left -= 1, day = dayAfter(day)) {
    if (!isWorked(calendar, day)) continue;
    for (const [begins, ends] of spans) {
      const begin = Math.max(from, midnightOf(day) + begins * minute);
      const end = midnightOf(day) + ends * minute;
      if (begin < end) yield [begin, end];
    }
  }
}

/** The instant by which so many minutes were worked. */
export function afterWork(time: WorkingTime, from: Date, minutes: number): Date {
  let left = minutes * minute;
  for (const [begin, end] of stretchesFrom(time, from.getTime())) {
    if (left <= end - begin) return new Date(begin + left);
    left -= end - begin;
  }
  throw new Error('platform.working_hours and platform.calendar_day leave no time to work');
}

/** How many whole minutes are worked between two instants. */
export function workBetween(time: WorkingTime, from: Date, to: Date): number {
  let worked = 0;
  for (const [begin, end] of stretchesFrom(time, from.getTime())) {
    if (begin >= to.getTime()) break;
    worked += Math.min(end, to.getTime()) - begin;
  }
  return Math.floor(worked / minute);
}

/** When a time limit that begins then is over. */
export function endOfLimit(time: WorkingTime, from: Date, { amount, unit }: TimeLimit): Date {
  if (unit === 'hours') return afterWork(time, from, amount * 60);
  let day = dayInChina(from);
  for (let left = amount; left > 0;) {
    day = dayAfter(day);
    if (isWorked(time.calendar, day)) left -= 1;
  }
  return new Date(midnightOf(day) + (time.spans.at(-1)?.[1] ?? 0) * minute);
}
