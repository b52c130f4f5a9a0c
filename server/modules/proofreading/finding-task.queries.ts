import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface FindingTaskRow {
  readonly findingId: string;
  readonly days: number;
  readonly dueOn: string | null;
  readonly givenByName: string | null;
  readonly note: string;
  readonly givenAt: Date;
}

/** The open task of each of these findings. */
export async function openTasksOf(
  db: Db,
  findingIds: readonly string[],
): Promise<ReadonlyMap<string, FindingTaskRow>> {
  if (findingIds.length === 0) return new Map();
  const { rows } = await sql<FindingTaskRow>`
    select finding_id as "findingId", days, due_on::text as "dueOn", given_by_name as "givenByName", note,
      given_at as "givenAt"
    from proofreading.finding_task
    where finding_id = any(${[...findingIds]}::bigint[]) and ended_at is null`.execute(db);
  return new Map(rows.map((row) => [row.findingId, row]));
}

/** How long a task has, and until when. */
export interface TaskTerm {
  readonly days: number;
  readonly givenOn: string;
  readonly dueOn: string | null;
}

export interface NewTask extends TaskTerm {
  readonly findingId: string;
  readonly byName: string;
  readonly note: string;
  readonly at: Date;
}

/** False when the unit has it already. */
export async function insertTask(db: Db, task: NewTask): Promise<boolean> {
  const { rows } = await sql`
    insert into proofreading.finding_task (finding_id, resource_id, unit_id, days, given_on, due_on, given_by_name,
      note, given_at)
    select id, resource_id, unit_id, ${task.days}, ${task.givenOn}::date, ${task.dueOn}::date, ${task.byName},
      ${task.note}, ${task.at}
    from proofreading.finding where id = ${task.findingId}
    on conflict (finding_id) where ended_at is null do nothing
    returning id`.execute(db);
  return rows.length > 0;
}

/** Tasks of these resources end whose findings wait no more; those that the run gave, also when they block no more. */
export async function endTasks(db: Db, resourceIds: readonly string[], now: Date): Promise<void> {
  if (resourceIds.length === 0) return;
  await sql`
    update proofreading.finding_task task set ended_at = ${now},
      outcome = case f.state when 'ignored' then 'explained' when 'closed' then 'mended' else 'dropped' end
    from proofreading.finding f
    where f.id = task.finding_id and task.ended_at is null and task.resource_id = any(${[...resourceIds]}::bigint[])
      and (f.state <> 'open' or (task.given_by_name is null and f.severity <> 'blocks'))`.execute(db);
}

/** What blocks in these resources becomes a task by itself. */
export async function giveBlocking(
  db: Db,
  resourceIds: readonly string[],
  { days, givenOn, dueOn, at }: TaskTerm & { readonly at: Date },
): Promise<void> {
  if (resourceIds.length === 0) return;
  await sql`
    insert into proofreading.finding_task (finding_id, resource_id, unit_id, days, given_on, due_on, note, given_at)
    select id, resource_id, unit_id, ${days}, ${givenOn}::date, ${dueOn}::date, '', ${at}
    from proofreading.finding
    where resource_id = any(${[...resourceIds]}::bigint[]) and state = 'open' and severity = 'blocks'
    on conflict (finding_id) where ended_at is null do nothing`.execute(db);
}

/** Terms whose last day was not known when they began. */
export async function undatedTerms(db: Db): Promise<readonly Omit<TaskTerm, 'dueOn'>[]> {
  const { rows } = await sql<Omit<TaskTerm, 'dueOn'>>`
    select distinct given_on::text as "givenOn", days from proofreading.finding_task
    where due_on is null and ended_at is null`.execute(db);
  return rows;
}

export async function dateTasks(db: Db, { days, givenOn, dueOn }: TaskTerm): Promise<void> {
  await sql`update proofreading.finding_task set due_on = ${dueOn}::date
    where due_on is null and ended_at is null and given_on = ${givenOn}::date and days = ${days}`.execute(db);
}

/** What one resource waits for. */
export interface WaitingResource {
  readonly resourceId: string;
  readonly unitId: string;
  readonly count: number;
  readonly ruleNames: readonly string[];
  readonly dueOn: string | null;
  readonly since: Date;
}

/** Resources with open tasks, those that are due first. */
export async function waitingResources(
  db: Db,
  scope: Scope,
  limit: number,
): Promise<readonly WaitingResource[]> {
  const { rows } = await sql<WaitingResource>`
    select task.resource_id as "resourceId", task.unit_id as "unitId", count(*)::int as count,
      (array_agg(distinct f.rule_name))[1:3] as "ruleNames", min(task.due_on)::text as "dueOn",
      min(task.given_at) as since
    from proofreading.finding_task task join proofreading.finding f on f.id = task.finding_id
    where task.ended_at is null and ${inScope(scope, 'task.unit_id')}
    group by task.resource_id, task.unit_id
    order by min(task.due_on) nulls last, task.resource_id limit ${limit}`.execute(db);
  return rows;
}

export interface TaskFiguresRow {
  readonly unitId: string;
  readonly open: number;
  readonly overdue: number;
  readonly endedInTime: number;
  readonly endedLate: number;
}

/** What waits in each unit, and what ended since. What was dropped counts for nobody. */
export async function taskFigures(
  db: Db,
  scope: Scope,
  { today, since }: { readonly today: string; readonly since: Date },
): Promise<readonly TaskFiguresRow[]> {
  const late = sql`due_on < (ended_at at time zone 'Asia/Shanghai')::date`;
  const { rows } = await sql<TaskFiguresRow>`
    select unit_id as "unitId", count(*) filter (where ended_at is null)::int as open,
      count(*) filter (where ended_at is null and due_on < ${today}::date)::int as overdue,
      count(*) filter (where ended_at is not null and ${late} is not true)::int as "endedInTime",
      count(*) filter (where ended_at is not null and ${late})::int as "endedLate"
    from proofreading.finding_task
    where ${inScope(scope, 'unit_id')} and (ended_at is null or ended_at >= ${since})
      and outcome is distinct from 'dropped'
    group by unit_id order by overdue desc, open desc, unit_id limit 1000`.execute(db);
  return rows;
}
