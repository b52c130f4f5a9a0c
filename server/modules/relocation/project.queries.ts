import { sql } from 'kysely';

import type {
  RelocationGoal,
  RelocationLimits,
  RelocationMapping,
  RelocationPhase,
  RelocationState,
  SiteRules,
} from '../../../contracts/relocation.ts';
import type { Db } from '../../platform/db.ts';

export interface ProjectRow {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
  readonly unitId: string;
  readonly hosts: readonly string[];
  readonly source: 'copy' | 'web';
  readonly startAddresses: readonly string[];
  readonly rules: SiteRules;
  readonly limits: RelocationLimits;
  readonly defaultColumnId: string | null;
  readonly goal: RelocationGoal;
  readonly phase: RelocationPhase;
  readonly state: RelocationState;
  readonly run: number;
  readonly problem: string | null;
  readonly checked: boolean;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly progressAt: Date | null;
}

function projects(db: Db) {
  return db
    .selectFrom('relocation.project')
    .select([
      'id',
      'name',
      'site_id as siteId',
      'unit_id as unitId',
      'hosts',
      sql<'copy' | 'web'>`source`.as('source'),
      'start_addresses as startAddresses',
      sql<SiteRules>`rules`.as('rules'),
      sql<RelocationLimits>`limits`.as('limits'),
      'default_column_id as defaultColumnId',
      sql<RelocationGoal>`goal`.as('goal'),
      sql<RelocationPhase>`phase`.as('phase'),
      sql<RelocationState>`state`.as('state'),
      'run',
      'problem',
      'checked',
      'version',
      'created_at as createdAt',
      'updated_at as updatedAt',
      'started_at as startedAt',
      'ended_at as endedAt',
      'progress_at as progressAt',
    ]);
}

export function projectById(db: Db, id: string): Promise<ProjectRow | undefined> {
  return projects(db).where('id', '=', id).executeTakeFirst();
}

export function projectForUpdate(db: Db, id: string): Promise<ProjectRow | undefined> {
  return projects(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

export function allProjects(db: Db): Promise<readonly ProjectRow[]> {
  return projects(db).orderBy('id', 'desc').limit(200).execute();
}

export async function isAnyRunning(db: Db): Promise<boolean> {
  const { rows } = await sql`select from relocation.project where state = 'running' limit 1`.execute(db);
  return rows.length > 0;
}

export function runningProjects(db: Db): Promise<readonly ProjectRow[]> {
  return projects(db).where('state', '=', 'running').orderBy('id').execute();
}

export interface NewProjectRow {
  readonly name: string;
  readonly siteId: string;
  readonly unitId: string;
  readonly hosts: readonly string[];
  readonly source: 'copy' | 'web';
  readonly startAddresses: readonly string[];
  readonly rules: SiteRules;
  readonly limits: RelocationLimits;
}

export async function insertProject(db: Db, row: NewProjectRow, at: Date): Promise<string> {
  const { id } = await db
    .insertInto('relocation.project')
    .values({
      name: row.name,
      site_id: row.siteId,
      unit_id: row.unitId,
      hosts: [...row.hosts],
      source: row.source,
      start_addresses: [...row.startAddresses],
      rules: JSON.stringify(row.rules),
      limits: JSON.stringify(row.limits),
      created_at: at,
      updated_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface ProjectChange {
  readonly rules?: SiteRules | undefined;
  readonly limits?: RelocationLimits | undefined;
  readonly defaultColumnId?: string | null | undefined;
}

export async function updateProject(db: Db, id: string, change: ProjectChange, at: Date): Promise<void> {
  await db
    .updateTable('relocation.project')
    .set((is) => ({
      version: is('version', '+', 1),
      updated_at: at,
      // Other rules find other things: all is read again.
      ...(change.rules === undefined ? {} : { rules: JSON.stringify(change.rules), checked: false }),
      ...(change.limits === undefined ? {} : { limits: JSON.stringify(change.limits) }),
      ...(change.defaultColumnId === undefined ? {} : { default_column_id: change.defaultColumnId }),
    }))
    .where('id', '=', id)
    .execute();
}

export async function setStanding(
  db: Db,
  id: string,
  standing: {
    readonly goal?: RelocationGoal;
    readonly phase?: RelocationPhase;
    readonly state?: RelocationState;
    readonly run?: number;
    readonly problem?: string | null;
    readonly checked?: boolean;
    readonly startedAt?: Date;
    readonly endedAt?: Date | null;
  },
  at: Date,
): Promise<void> {
  const { startedAt, endedAt, ...columns } = standing;
  await db
    .updateTable('relocation.project')
    .set({
      ...columns,
      ...(startedAt === undefined ? {} : { started_at: startedAt }),
      ...(endedAt === undefined ? {} : { ended_at: endedAt }),
      updated_at: at,
      progress_at: at,
    })
    .where('id', '=', id)
    .execute();
}

export async function noteProgress(db: Db, id: string, at: Date): Promise<void> {
  await db
    .updateTable('relocation.project')
    .set({ progress_at: at, updated_at: at })
    .where('id', '=', id)
    .execute();
}

export async function isStillRunning(db: Db, id: string, run: number): Promise<boolean> {
  const row = await db
    .selectFrom('relocation.project')
    .select('id')
    .where('id', '=', id)
    .where('run', '=', run)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return row !== undefined;
}

export async function replaceMappings(
  db: Db,
  id: string,
  mappings: readonly RelocationMapping[],
): Promise<void> {
  await db.deleteFrom('relocation.mapping').where('project_id', '=', id).execute();
  if (mappings.length === 0) return;
  await sql`
    insert into relocation.mapping (project_id, key, column_id)
    select distinct on (given.key) ${id}::bigint, given.key, given.column_id
    from unnest(${mappings.map((one) => one.key)}::text[], ${mappings.map((one) => one.columnId)}::bigint[])
      as given (key, column_id)`.execute(db);
}

export interface OldColumnRow {
  readonly key: string;
  readonly name: string;
  readonly articles: number;
  readonly columnId: string | null;
  readonly decided: boolean;
}

/** Every column that articles were found in, and those that somebody decided about, with how many articles there are. */
export async function oldColumns(db: Db, id: string): Promise<readonly OldColumnRow[]> {
  const { rows } = await sql<OldColumnRow>`
    select coalesce(found.key, mapping.key) as key, coalesce(found.name, mapping.key) as name,
      coalesce(found.articles, 0)::int as articles, mapping.column_id as "columnId", mapping.key is not null as decided
    from (
      select column_key as key, max(column_name) as name, count(*) as articles from relocation.page
      where project_id = ${id} and kind = 'article' and column_key is not null group by column_key
    ) as found
    full join (select key, column_id from relocation.mapping where project_id = ${id}) as mapping
      on mapping.key = found.key
    order by 3 desc, 1 limit 2000`.execute(db);
  return rows;
}
