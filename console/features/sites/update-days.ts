import type { UpdateYear } from '../../../contracts/sites.ts';

type CountedColumn = UpdateYear['columns'][number];

/** What a calendar can be of: the whole site, what one unit keeps filled, or one column. */
export interface Subject {
  readonly value: string;
  readonly label: string;
  readonly has: (column: CountedColumn) => boolean;
}

export function subjectsOf({ columns }: UpdateYear): readonly Subject[] {
  const units = new Map(columns.map(({ unitId, unitName }) => [unitId, unitName]));
  return [
    { value: 'all', label: '全部栏目', has: () => true },
    ...[...units].map(([id, name]) => ({
      value: `unit-${id}`,
      label: `单位：${name}`,
      has: (column: CountedColumn) => column.unitId === id,
    })),
    ...columns.map(({ columnId, levels }) => ({
      value: `column-${columnId}`,
      label: `栏目：${levels.join(' / ')}`,
      has: (column: CountedColumn) => column.columnId === columnId,
    })),
  ];
}

export function countsOf({ columns }: UpdateYear, subject: Subject): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { days } of columns.filter(subject.has))
    for (const { day, count } of days) counts.set(day, (counts.get(day) ?? 0) + count);
  return counts;
}

export interface CalendarDay {
  readonly text: string;
  /** 0 is Monday. */
  readonly weekday: number;
}

/** The days of a year by weeks that begin on Monday; the first and the last may be short. */
export function weeksOf(year: number): readonly (readonly CalendarDay[])[] {
  const weeks: CalendarDay[][] = [[]];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000) {
    const date = new Date(at);
    const weekday = (date.getUTCDay() + 6) % 7;
    if (weekday === 0 && weeks.at(-1)?.length !== 0) weeks.push([]);
    weeks.at(-1)?.push({ text: date.toISOString().slice(0, 10), weekday });
  }
  return weeks;
}

const steps = 4;

/** 0 for nothing, then four steps up to the most of a day. */
export function heatOf(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(1, Math.ceil((count * steps) / most));
}

export function monthsOf({ days }: CountedColumn): readonly number[] {
  const months = Array.from({ length: 12 }, () => 0);
  for (const { day, count } of days) {
    const month = Number(day.slice(5, 7)) - 1;
    months[month] = (months[month] ?? 0) + count;
  }
  return months;
}
