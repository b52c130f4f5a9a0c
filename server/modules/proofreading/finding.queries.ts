import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import {
  type Finding,
  type FindingState,
  occurrencesOf,
  type PartKey,
  type Severity,
} from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

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
}

const columns = sql.raw(`id, resource_id as "resourceId", unit_id as "unitId", check_key as "check", rule,
  rule_name as "ruleName", severity, part, start_at as "start", end_at as "end", found, suggestion, message, state,
  opened_at as "openedAt", closed_at as "closedAt", ignore_reason as "ignoreReason",
  ignored_by_name as "ignoredByName"`);

export interface FindingFilter {
  readonly state: FindingState;
  readonly unitId?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly rule?: string | undefined;
}

function wanted(scope: Scope, { state, unitId, severity, rule }: FindingFilter) {
  return sql`${inScope(scope, 'unit_id')} and state = ${state}
    and ${unitId === undefined ? sql`true` : sql`unit_id = ${unitId}`}
    and ${severity === undefined ? sql`true` : sql`severity = ${severity}`}
    and ${rule === undefined ? sql`true` : sql`rule = ${rule}`}`;
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

export async function markIgnored(
  db: Db,
  id: string,
  by: { readonly id: string; readonly name: string; readonly reason: string },
  now: Date,
): Promise<void> {
  await sql`update proofreading.finding set state = 'ignored', ignored_by = ${by.id}, ignored_by_name = ${by.name},
    ignored_at = ${now}, ignore_reason = ${by.reason} where id = ${id}`.execute(db);
}

/** What was found in one published resource. */
export interface FoundIn {
  readonly resourceId: string;
  readonly unitId: string;
  readonly findings: readonly Finding[];
}

/**
 * Brings the table to what was found in these resources now: new ones open, known ones are where they are now, those
 * that are gone close, and what somebody said to ignore stays ignored.
 */
export async function settleFindings(
  db: Db,
  looked: readonly FoundIn[],
  now: Date,
): Promise<{ readonly opened: number; readonly closed: number }> {
  const rows = looked.flatMap(({ resourceId, unitId, findings }) => {
    const occurrences = occurrencesOf(findings);
    return findings.map((one) => {
      const { part, start, end } = one.place;
      const nth = occurrences.get(one)?.nth ?? 1;
      return { ...one, resource_id: resourceId, unit_id: unitId, part, start, end, nth };
    });
  });
  const ids = looked.map((one) => one.resourceId);
  const found = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found (resource_id bigint, unit_id bigint,
    "check" text, rule text, "ruleName" text, severity text, part text, start int, "end" int, found text,
    suggestion text, message text, nth int)`;
  const closed = await sql`
    update proofreading.finding f set state = 'closed', closed_at = ${now}
    where f.resource_id = any(${ids}::bigint[]) and f.state = 'open' and not exists (
      select from ${found} where found.resource_id = f.resource_id and found.rule = f.rule
        and found.part = f.part and found.found = f.found and found.nth = f.nth)
    returning f.id`.execute(db);
  if (rows.length === 0) return { opened: 0, closed: closed.rows.length };
  const opened = await sql<{ fresh: boolean }>`
    insert into proofreading.finding as f (resource_id, unit_id, check_key, rule, rule_name, severity, part, start_at,
      end_at, found, suggestion, message, nth, state, opened_at)
    select resource_id, unit_id, "check", rule, "ruleName", severity, part, start, "end", found, suggestion, message,
      nth, 'open', ${now} from ${found}
    on conflict (resource_id, rule, part, found, nth) do update set
      severity = excluded.severity, rule_name = excluded.rule_name, start_at = excluded.start_at,
      end_at = excluded.end_at, suggestion = excluded.suggestion, message = excluded.message,
      unit_id = excluded.unit_id, closed_at = null,
      opened_at = case f.state when 'closed' then excluded.opened_at else f.opened_at end,
      state = case f.state when 'ignored' then 'ignored' else 'open' end
    where f.state = 'closed' or (f.severity, f.rule_name, f.start_at, f.end_at, f.suggestion, f.message, f.unit_id)
      is distinct from (excluded.severity, excluded.rule_name, excluded.start_at, excluded.end_at,
        excluded.suggestion, excluded.message, excluded.unit_id)
    returning opened_at = ${now} as fresh`.execute(db);
  return { opened: opened.rows.filter((row) => row.fresh).length, closed: closed.rows.length };
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

/** What is not public any more has no findings. */
export async function closeFindings(db: Db, resourceIds: readonly string[], now: Date): Promise<number> {
  if (resourceIds.length === 0) return 0;
  const { rows } = await sql`update proofreading.finding set state = 'closed', closed_at = ${now}
    where resource_id = any(${[...resourceIds]}::bigint[]) and state = 'open' returning id`.execute(db);
  return rows.length;
}
