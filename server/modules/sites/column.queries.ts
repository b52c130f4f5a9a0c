import { sql } from 'kysely';

import type { ColumnDisplay, ColumnKind, UpdateRule } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';

export interface ColumnRow {
  readonly id: string;
  readonly siteId: string;
  readonly parentId: string | null;
  readonly unitId: string;
  readonly name: string;
  readonly slug: string;
  readonly path: string;
  readonly kind: ColumnKind;
  readonly display: ColumnDisplay;
  readonly description: string;
  readonly keywords: string;
  readonly updateRule: UpdateRule | null;
  readonly position: number;
  readonly inNavigation: boolean;
  readonly homePosition: number | null;
  readonly hiddenWhenEmpty: boolean;
  /** Names and hosts that it reprints from; empty when it takes any. */
  readonly reprintSources: readonly string[];
  /** A change of what was public says what it corrects. */
  readonly correctionRequired: boolean;
  readonly closedAt: Date | null;
  readonly lastSequence: string;
  readonly version: number;
  readonly createdAt: Date;
  /** 链接: where it leads instead of to its own page. */
  readonly linkUrl: string | null;
}

function columns(db: Db) {
  return db.selectFrom('sites.column').select([
    'id',
    'site_id as siteId',
    'parent_id as parentId',
    'unit_id as unitId',
    'name',
    'slug',
    'path',
    sql<ColumnKind>`kind`.as('kind'),
    sql<ColumnDisplay>`display`.as('display'),
    'description',
    'keywords',
    sql<UpdateRule | null>`case
        when update_days is not null then jsonb_build_object('kind', 'days', 'days', update_days)
        when update_months is not null then jsonb_build_object('kind', 'months', 'months', update_months)
        when update_event is not null then jsonb_build_object('kind', 'event', 'words', update_event)
      end`.as('updateRule'),
    'position',
    'in_navigation as inNavigation',
    'home_position as homePosition',
    'hidden_when_empty as hiddenWhenEmpty',
    'closed_at as closedAt',
    'last_sequence as lastSequence',
    'version',
    'created_at as createdAt',
    'reprint_sources as reprintSources',
    'correction_required as correctionRequired',
    sql<
      string | null
    >`(select url from sites.column_link as link where link.column_id = sites."column".id)`.as('linkUrl'),
  ]);
}

export function columnById(db: Db, id: string): Promise<ColumnRow | undefined> {
  return columns(db).where('id', '=', id).executeTakeFirst();
}

export function columnForUpdate(db: Db, id: string): Promise<ColumnRow | undefined> {
  return columns(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

export function columnsById(db: Db, ids: readonly string[]): Promise<readonly ColumnRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return columns(db)
    .where('id', 'in', [...ids])
    .execute();
}

/** Columns of some units, and those for which an account is named. */
export function columnsConcerning(
  db: Db,
  { unitIds, accountId }: { readonly unitIds: readonly string[]; readonly accountId: string },
): Promise<readonly ColumnRow[]> {
  return columns(db)
    .where(
      'id',
      'in',
      sql<string>`(select id from sites.column where unit_id = any(${[...unitIds]}::bigint[])
        union select column_id from sites.responsibility_entry where responsible_id = ${accountId}::bigint
        union select column_id from sites.responsibility_entry where contact_id = ${accountId}::bigint)`,
    )
    .execute();
}

/** The columns of some sites in display order: parents before children, siblings by position. */
export function columnsOfSites(db: Db, siteIds: readonly string[]): Promise<readonly ColumnRow[]> {
  if (siteIds.length === 0) return Promise.resolve([]);
  return columns(db)
    .where('site_id', 'in', [...siteIds])
    .orderBy('position')
    .orderBy('id')
    .execute();
}

export function columnIdsAfter(db: Db, after: string, limit: number): Promise<readonly ColumnRow[]> {
  return columns(db).where('id', '>', after).orderBy('id').limit(limit).execute();
}

export interface ColumnFigures {
  readonly columnId: string;
  readonly entries: number;
  readonly lastEntryAt: Date | null;
}

/** How many entries each column shows now and when the last one came. */
export async function columnFigures(
  db: Db,
  columnIds: readonly string[],
): Promise<ReadonlyMap<string, ColumnFigures>> {
  if (columnIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('sites.listing')
    .select((is) => [
      'column_id as columnId',
      is.fn.countAll<string>().as('entries'),
      is.fn.max('listed_at').as('lastEntryAt'),
    ])
    .where('column_id', 'in', [...columnIds])
    .groupBy('column_id')
    .execute();
  return new Map(rows.map((row) => [row.columnId, { ...row, entries: Number(row.entries) }]));
}

/** When the last entry came to each column that holds any; each is one look into an index. */
export async function lastEntries(db: Db, columnIds: readonly string[]): Promise<ReadonlyMap<string, Date>> {
  if (columnIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; at: Date | null }>`
    select id, (select max(listed_at) from sites.listing where column_id = "column".id) as at
    from sites.column where id = any(${[...columnIds]}::bigint[])`.execute(db);
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])));
}

/** Which of the columns hold at least one entry; does not count. */
export async function filledColumns(db: Db, columnIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (columnIds.length === 0) return new Set();
  const rows = await db
    .selectFrom('sites.column')
    .select('id')
    .where('id', 'in', [...columnIds])
    .where((is) =>
      is.exists(
        is
          .selectFrom('sites.listing')
          .select(sql`1`.as('one'))
          .whereRef('sites.listing.column_id', '=', 'sites.column.id'),
      ),
    )
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Column → the columns it shows by mapping. */
export async function mappingSources(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('sites.mapping')
    .select(['column_id', sql<string[]>`array_agg(source_column_id order by source_column_id)`.as('sources')])
    .groupBy('column_id')
    .execute();
  return new Map(rows.map((row) => [row.column_id, row.sources]));
}

export async function replaceMappings(
  db: Db,
  columnId: string,
  sourceColumnIds: readonly string[],
): Promise<void> {
  await db.deleteFrom('sites.mapping').where('column_id', '=', columnId).execute();
  if (sourceColumnIds.length === 0) return;
  await db
    .insertInto('sites.mapping')
    .values(sourceColumnIds.map((source) => ({ column_id: columnId, source_column_id: source })))
    .execute();
}

/** Sites of the columns that hide without entries, or stand below one that does. */
export async function sitesThatHideEmpty(db: Db, columnIds: readonly string[]): Promise<readonly string[]> {
  if (columnIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    with recursive above (id, parent_id, site_id, hidden_when_empty) as (
      select id, parent_id, site_id, hidden_when_empty from sites.column where id = any(${[...columnIds]}::bigint[])
      union
      select parent.id, parent.parent_id, parent.site_id, parent.hidden_when_empty
      from above join sites.column as parent on parent.id = above.parent_id
    )
    select distinct site_id as id from above where hidden_when_empty`.execute(db);
  return rows.map((row) => row.id);
}

export interface Showing {
  readonly columnId: string;
  /** Through which column it shows it; null for its own. */
  readonly viaColumnId: string | null;
}

/** Every column that shows what is placed in one of these, directly or through other mappings. */
export async function columnsShowing(db: Db, columnIds: readonly string[]): Promise<readonly Showing[]> {
  const key = 'asked';
  return (await columnsShowingEach(db, new Map([[key, columnIds]]))).get(key) ?? [];
}

/** The same for several sets of columns, each under a name. */
export async function columnsShowingEach(
  db: Db,
  sets: ReadonlyMap<string, readonly string[]>,
): Promise<ReadonlyMap<string, readonly Showing[]>> {
  const asked = [...sets].flatMap(([name, columnIds]) => columnIds.map((columnId) => ({ name, columnId })));
  if (asked.length === 0) return new Map();
  const { rows } = await sql<Showing & { readonly name: string }>`
    with recursive showing (name, column_id, via_column_id, depth) as (
      select asked.name, id, null::bigint, 0 from unnest(
        ${asked.map((one) => one.name)}::text[], ${asked.map((one) => one.columnId)}::bigint[]
      ) as asked (name, column_id) join sites.column on id = asked.column_id
      union
      select showing.name, mapping.column_id, mapping.source_column_id, showing.depth + 1
      from showing join sites.mapping on mapping.source_column_id = showing.column_id
      where showing.depth < 10
    )
    select distinct on (name, column_id) name, column_id as "columnId", via_column_id as "viaColumnId"
    from showing order by name, column_id, depth, via_column_id`.execute(db);
  return Map.groupBy(rows, (row) => row.name);
}

/** The column of a site that lies deepest above a path, or at it. */
export function columnAbove(db: Db, siteId: string, path: string): Promise<ColumnRow | undefined> {
  const steps = path.split('/').slice(1, -1);
  const folders = steps.map((_step, index) => `/${steps.slice(0, index + 1).join('/')}/`);
  if (folders.length === 0) return Promise.resolve(undefined);
  return columns(db)
    .where('site_id', '=', siteId)
    .where('path', 'in', folders)
    .orderBy(sql`length(path)`, 'desc')
    .limit(1)
    .executeTakeFirst();
}
