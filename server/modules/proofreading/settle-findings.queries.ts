import { sql } from 'kysely';

import { type Finding, isReasonFor, occurrencesOf } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';

/** Why a published revision went out in spite of a finding. */
export interface GivenReason {
  readonly revisionId: string;
  readonly finding: Finding;
  readonly reason: string;
  readonly givenBy: string;
  readonly givenByName: string;
  readonly givenAt: Date;
}

/** What was found in one published resource. */
export interface FoundIn {
  readonly resourceId: string;
  readonly unitId: string;
  readonly findings: readonly Finding[];
  /** Given for this very revision. */
  readonly reasons: readonly GivenReason[];
}

/** One statement for many revisions. */
export async function reasonsFor(
  db: Db,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GivenReason[]>> {
  if (revisionIds.length === 0) return new Map();
  const { rows } = await sql<GivenReason>`
    select revision_id as "revisionId", finding, reason, given_by as "givenBy", given_by_name as "givenByName",
      given_at as "givenAt"
    from proofreading.override where revision_id = any(${[...revisionIds]}::bigint[]) order by id`.execute(
    db,
  );
  return Map.groupBy(rows, (row) => row.revisionId);
}

function rowsOf({ resourceId, unitId, findings, reasons }: FoundIn) {
  const occurrences = occurrencesOf(findings);
  return findings.map((one) => {
    const { part, start, end } = one.place;
    const nth = occurrences.get(one)?.nth ?? 1;
    const given = reasons.findLast(({ finding }) => isReasonFor(finding, one));
    return {
      ...{ ...one, resource_id: resourceId, unit_id: unitId, part, start, end, nth },
      ...{ reason: given?.reason, reason_by: given?.givenBy },
      ...{ reason_by_name: given?.givenByName, reason_at: given?.givenAt },
    };
  });
}

/**
 * Brings the table to what was found in these resources now: new ones open, known ones are where they are now, those
 * that are gone close, and what somebody gave a reason for, when handing in or later, waits for nobody.
 */
export async function settleFindings(
  db: Db,
  looked: readonly FoundIn[],
  now: Date,
): Promise<{ readonly opened: number; readonly closed: number }> {
  const rows = looked.flatMap(rowsOf);
  const ids = looked.map((one) => one.resourceId);
  const found = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found (resource_id bigint, unit_id bigint,
    "check" text, rule text, "ruleName" text, severity text, part text, start int, "end" int, found text,
    suggestion text, message text, nth int, reason text, reason_by bigint, reason_by_name text,
    reason_at timestamptz)`;
  const closed = await sql`
    update proofreading.finding f set state = 'closed', closed_at = ${now}
    where f.resource_id = any(${ids}::bigint[]) and f.state = 'open' and not exists (
      select from ${found} where found.resource_id = f.resource_id and found.rule = f.rule
        and found.part = f.part and found.found = f.found and found.nth = f.nth)
    returning f.id`.execute(db);
  if (rows.length === 0) return { opened: 0, closed: closed.rows.length };
  // What was taken back by somebody is not excused again by an older reason.
  const excused = sql`(excluded.state = 'ignored' and f.state <> 'ignored'
    and coalesce(f.reopened_at < excluded.ignored_at, true))`;
  const opened = await sql<{ fresh: boolean }>`
    insert into proofreading.finding as f (resource_id, unit_id, check_key, rule, rule_name, severity, part, start_at,
      end_at, found, suggestion, message, nth, state, opened_at, ignore_reason, ignored_by, ignored_by_name, ignored_at)
    select resource_id, unit_id, "check", rule, "ruleName", severity, part, start, "end", found, suggestion, message,
      nth, case when reason is null then 'open' else 'ignored' end, ${now}, reason, reason_by, reason_by_name, reason_at
    from ${found}
    on conflict (resource_id, rule, part, found, nth) do update set
      severity = excluded.severity, rule_name = excluded.rule_name, start_at = excluded.start_at,
      end_at = excluded.end_at, suggestion = excluded.suggestion, message = excluded.message,
      unit_id = excluded.unit_id, closed_at = null,
      opened_at = case f.state when 'closed' then excluded.opened_at else f.opened_at end,
      state = case when f.state = 'ignored' or ${excused} then 'ignored' else 'open' end,
      ignore_reason = case when ${excused} then excluded.ignore_reason else f.ignore_reason end,
      ignored_by = case when ${excused} then excluded.ignored_by else f.ignored_by end,
      ignored_by_name = case when ${excused} then excluded.ignored_by_name else f.ignored_by_name end,
      ignored_at = case when ${excused} then excluded.ignored_at else f.ignored_at end
    where f.state = 'closed' or ${excused} or (f.severity, f.rule_name, f.start_at, f.end_at, f.suggestion, f.message,
      f.unit_id) is distinct from (excluded.severity, excluded.rule_name, excluded.start_at, excluded.end_at,
        excluded.suggestion, excluded.message, excluded.unit_id)
    returning opened_at = ${now} and state = 'open' as fresh`.execute(db);
  return { opened: opened.rows.filter((row) => row.fresh).length, closed: closed.rows.length };
}

/** What is not public any more has no findings. */
export async function closeFindings(db: Db, resourceIds: readonly string[], now: Date): Promise<number> {
  if (resourceIds.length === 0) return 0;
  const { rows } = await sql`update proofreading.finding set state = 'closed', closed_at = ${now}
    where resource_id = any(${[...resourceIds]}::bigint[]) and state = 'open' returning id`.execute(db);
  return rows.length;
}
