import { type RawBuilder, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { FindingState, PartKey, Severity } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { idsOnSite, placedIn } from '../sites/index.ts';

export interface FindingRow {
  readonly id: string;
  readonly resourceId: string;
  readonly unitId: string;
  readonly check: string;
  readonly rule: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly part: PartKey;
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly suggestion: string | null;
  readonly message: string;
  readonly state: FindingState;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly ignoreReason: string | null;
  readonly ignoredByName: string | null;
  readonly ignoredAt: Date | null;
  readonly reopenReason: string | null;
  readonly reopenedByName: string | null;
}

const columns = sql.raw(`id, resource_id as "resourceId", unit_id as "unitId", check_key as "check", rule,
  rule_name as "ruleName", severity, part, start_at as "start", end_at as "end", found, suggestion, message, state,
  opened_at as "openedAt", closed_at as "closedAt", ignore_reason as "ignoreReason",
  ignored_by_name as "ignoredByName", ignored_at as "ignoredAt", reopen_reason as "reopenReason",
  reopened_by_name as "reopenedByName"`);

/** Where findings are looked for. */
export interface FindingPlace {
  readonly state: FindingState;
  readonly unitId?: string | undefined;
  readonly siteId?: string | undefined;
  readonly columnId?: string | undefined;
}

export interface FindingFilter extends FindingPlace {
  readonly resourceId?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly rule?: string | undefined;
}

const both = (...conditions: readonly (RawBuilder<unknown> | false)[]): RawBuilder<unknown> =>
  sql.join(
    conditions.filter((one) => one !== false),
    sql` and `,
  );

/** What stands on a site or in a column. */
export function placedAt({ siteId, columnId }: FindingPlace): RawBuilder<unknown> {
  return both(
    sql`true`,
    siteId !== undefined && sql`resource_id in (${idsOnSite(siteId)})`,
    columnId !== undefined && sql`resource_id in (${placedIn.idsIn(columnId)})`,
  );
}

/** The words of a set are one rule to whoever lists them: it is written as the indexes have it. */
export const ruleGroup = sql<string>`split_part(rule, ':', 1)`;

function wanted(scope: Scope, filter: FindingFilter): RawBuilder<unknown> {
  const { state, unitId, resourceId, severity, rule } = filter;
  return both(
    sql`${inScope(scope, 'unit_id')} and state = ${state}`,
    placedAt(filter),
    unitId !== undefined && sql`unit_id = ${unitId}`,
    resourceId !== undefined && sql`resource_id = ${resourceId}`,
    severity !== undefined && sql`severity = ${severity}`,
    rule !== undefined && sql`${ruleGroup} = split_part(${rule}, ':', 1)`,
    rule?.includes(':') === true && sql`rule = ${rule}`,
  );
}

export async function findingPage(
  db: Db,
  scope: Scope,
  filter: FindingFilter,
  page: { readonly beforeId?: string | undefined; readonly limit: number },
): Promise<readonly FindingRow[]> {
  const { rows } = await sql<FindingRow>`select ${columns} from proofreading.finding
    where ${wanted(scope, filter)} and ${page.beforeId === undefined ? sql`true` : sql`id < ${page.beforeId}`}
    order by id desc limit ${page.limit}`.execute(db);
  return rows;
}

/** Counted up to a limit. */
export async function countFindings(
  db: Db,
  scope: Scope,
  filter: FindingFilter,
  most: number,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (
    select from proofreading.finding where ${wanted(scope, filter)} limit ${most}) as counted`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function lockFinding(db: Db, scope: Scope, id: string): Promise<FindingRow | undefined> {
  const { rows } = await sql<FindingRow>`select ${columns} from proofreading.finding
    where id = ${id} and ${inScope(scope, 'unit_id')} for update`.execute(db);
  return rows[0];
}

/** Who said something of a finding, and why. */
export interface SaidOfFinding {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export async function markIgnored(db: Db, id: string, by: SaidOfFinding, now: Date): Promise<void> {
  await sql`update proofreading.finding set state = 'ignored', ignored_by = ${by.id}, ignored_by_name = ${by.name},
    ignored_at = ${now}, ignore_reason = ${by.reason} where id = ${id}`.execute(db);
}

/** What was said before stays, so that one sees what was taken back. */
export async function markReopened(db: Db, id: string, by: SaidOfFinding, now: Date): Promise<void> {
  await sql`update proofreading.finding set state = 'open', reopened_by_name = ${by.name}, reopened_at = ${now},
    reopen_reason = ${by.reason} where id = ${id}`.execute(db);
}

/** Resources with open findings, in order of id. */
export async function resourcesWithFindings(
  db: Db,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select distinct resource_id as id from proofreading.finding
    where state = 'open' and resource_id > ${after} order by 1 limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Those of them with open findings. */
export async function withOpenFindings(db: Db, resourceIds: readonly string[]): Promise<readonly string[]> {
  if (resourceIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`select distinct resource_id as id from proofreading.finding
    where state = 'open' and resource_id = any(${[...resourceIds]}::bigint[])`.execute(db);
  return rows.map((row) => row.id);
}
