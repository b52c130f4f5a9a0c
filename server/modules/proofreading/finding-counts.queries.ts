import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Severity } from '../../../contracts/proofreading.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { type FindingPlace, placedAt, ruleGroup } from './finding.queries.ts';

export interface RuleCountRow {
  readonly rule: string;
  readonly ruleName: string;
  readonly severity: Severity;
  readonly count: number;
}

/**
 * How many findings each rule has, counted up to a limit. The index is read from one rule to the next, so that it costs
 * what is counted and not what there is; what stands on a site or in a column is read from there.
 */
export async function countsByRule(
  db: Db,
  scope: Scope,
  place: FindingPlace,
  most: { readonly rules: number; readonly findings: number },
): Promise<readonly RuleCountRow[]> {
  if (place.siteId !== undefined || place.columnId !== undefined) return countsAt(db, scope, place, most);
  const unitIds = place.unitId === undefined ? unitsOf(scope) : [place.unitId];
  const own = sql`${inScope(scope, 'unit_id')} and state = ${place.state}`;
  const of = unitIds === null ? sql`${own}` : sql`${own} and unit_id = unit.id`;
  const units =
    unitIds === null
      ? sql`(select null::bigint as id) as u`
      : sql`unnest(${[...unitIds]}::bigint[]) as u(id)`;
  const { rows } = await sql<RuleCountRow>`
    select counted.rule, (array_agg(counted."ruleName"))[1] as "ruleName",
      (array_agg(counted.severity))[1] as severity, sum(counted.count)::int as count
    from (select id from ${units}) as unit
    cross join lateral (
      with recursive step as (
        (select ${ruleGroup} as rule from proofreading.finding where ${of} order by 1 limit 1)
        union all
        select (select ${ruleGroup} from proofreading.finding where ${of} and ${ruleGroup} > step.rule
          order by 1 limit 1)
        from step where step.rule is not null
      )
      select step.rule, newest.rule_name as "ruleName", newest.severity, counts.count
      from step
      cross join lateral (select rule_name, severity from proofreading.finding
        where ${of} and ${ruleGroup} = step.rule order by id desc limit 1) as newest
      cross join lateral (select count(*)::int as count from (select from proofreading.finding
        where ${of} and ${ruleGroup} = step.rule limit ${most.findings}) as reached) as counts
      where step.rule is not null limit ${most.rules}
    ) as counted
    group by counted.rule order by count desc, counted.rule limit ${most.rules}`.execute(db);
  return rows;
}

const unitsOf = (scope: Scope): readonly string[] | null => (scope.kind === 'all' ? null : scope.unitIds);

/** So many findings of a site or column are looked at. */
const mostLookedAt = 50_000;

async function countsAt(
  db: Db,
  scope: Scope,
  place: FindingPlace,
  most: { readonly rules: number },
): Promise<readonly RuleCountRow[]> {
  const ofUnit = place.unitId === undefined ? sql`true` : sql`unit_id = ${place.unitId}`;
  const { rows } = await sql<RuleCountRow>`
    select ${ruleGroup} as rule, max(rule_name) as "ruleName", min(severity) as severity, count(*)::int as count
    from (select rule, rule_name, severity from proofreading.finding
      where ${inScope(scope, 'unit_id')} and state = ${place.state} and ${ofUnit} and ${placedAt(place)}
      limit ${mostLookedAt}) as here
    group by 1 order by count desc, 1 limit ${most.rules}`.execute(db);
  return rows;
}
