import { sql } from 'kysely';

import type { UpdateYear } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import { type SheetFile, sheetFile } from '../../platform/documents/sheet-file.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { levelsOf, gathers } from './catalogue.rules.ts';
import { readableLines } from './read-catalogue.ts';

interface DayCount {
  readonly columnId: string;
  readonly day: string;
  readonly count: number;
}

/** How many entries came to each column on each day of a year of China's calendar: one look into one index. */
export async function entriesPerDay(
  db: Db,
  columnIds: readonly string[],
  year: number,
): Promise<readonly DayCount[]> {
  if (columnIds.length === 0) return [];
  const first = new Date(`${String(year)}-01-01T00:00:00+08:00`);
  const next = new Date(`${String(year + 1)}-01-01T00:00:00+08:00`);
  const { rows } = await sql<DayCount>`
    select column_id as "columnId", to_char(day, 'YYYY-MM-DD') as day, count from (
      select column_id, (listed_at at time zone 'Asia/Shanghai')::date as day, count(*)::integer as count
      from sites.listing
      where column_id = any(${[...columnIds]}::bigint[]) and listed_at >= ${first} and listed_at < ${next}
      group by 1, 2) as counted
    order by column_id, day`.execute(db);
  return rows;
}

/** 更新日历: of every column that takes entries and that the reader may know of. */
export async function readUpdates(reader: Reader, siteId: string, year: number): Promise<UpdateYear> {
  const { site, all, shown } = await readableLines(reader, siteId);
  const lines = shown.filter(({ column }) => !gathers(column));
  const levels = levelsOf(all.map(({ column }) => column));
  const ids = lines.map(({ column }) => column.id);
  const days = Map.groupBy(await entriesPerDay(reader.db, ids, year), ({ columnId }) => columnId);
  const names = await unitNames(reader.db, [...new Set(lines.map(({ unitId }) => unitId))]);
  return {
    siteId: site.id,
    siteName: site.name,
    year,
    columns: lines.map(({ column, unitId }) => ({
      columnId: column.id,
      levels: levels.get(column.id) ?? [],
      unitId,
      unitName: names.get(unitId) ?? '',
      days: (days.get(column.id) ?? []).map(({ day, count }) => ({ day, count })),
    })),
  };
}

function daysOf(year: number): readonly string[] {
  const days: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

/** A line for each column, a cell for each day; days on which nothing came are empty. */
export async function writeUpdates(reader: Reader, siteId: string, year: number): Promise<SheetFile> {
  const { siteName, columns } = await readUpdates(reader, siteId, year);
  const days = daysOf(year);
  const rows = columns.map(({ levels, unitName, days: counts }) => {
    const byDay = new Map(counts.map(({ day, count }) => [day, count]));
    const total = counts.reduce((sum, { count }) => sum + count, 0);
    return [levels.join(' / '), unitName, String(total), ...days.map((day) => String(byDay.get(day) ?? ''))];
  });
  const header = ['栏目', '责任单位', '全年', ...days.map((day) => day.slice(5))];
  return sheetFile({ name: `${siteName}更新日历${String(year)}`, header, rows }, 'xlsx');
}
