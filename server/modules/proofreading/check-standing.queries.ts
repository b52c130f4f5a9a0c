import { sql } from 'kysely';

import type { CheckDecision, CheckStanding } from '../../../contracts/check-rule.ts';
import type { Db } from '../../platform/db.ts';
import { standingKey, type Standings } from './check-standing.types.ts';

export interface DecisionRow extends Omit<CheckDecision, 'changedAt'> {
  readonly changedAt: Date;
}

const columns = sql.raw(`number, standing, effective_from::text as "effectiveFrom", reason,
  changed_by_name as "changedByName", changed_at as "changedAt"`);

/** Which built-in rule a decision is on. */
export interface RuleName {
  readonly check: string;
  readonly rule: string;
}

/** Of the decisions whose day has come the last one holds. */
export async function standingsOn(db: Db, day: string): Promise<Standings> {
  const { rows } = await sql<RuleName & { standing: CheckStanding }>`
    select distinct on (check_key, rule) check_key as "check", rule, standing from proofreading.check_standing
    where effective_from <= ${day}::date order by check_key, rule, number desc`.execute(db);
  return new Map(rows.map(({ check, rule, standing }) => [standingKey(check, rule), standing]));
}

/** The last decision on each rule, be its day to come. */
export async function lastDecisions(db: Db): Promise<ReadonlyMap<string, DecisionRow>> {
  const { rows } = await sql<RuleName & DecisionRow>`
    select distinct on (check_key, rule) check_key as "check", rule, ${columns} from proofreading.check_standing
    order by check_key, rule, number desc`.execute(db);
  return new Map(rows.map(({ check, rule, ...row }) => [standingKey(check, rule), row]));
}

export async function decisionsOn(
  db: Db,
  { check, rule }: RuleName,
  limit: number,
): Promise<readonly DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`select ${columns} from proofreading.check_standing
    where check_key = ${check} and rule = ${rule} order by number desc limit ${limit}`.execute(db);
  return rows;
}

/** One change at a time: the row that counts changes is locked first, and every process learns of it. */
export async function beginDecision(db: Db): Promise<void> {
  await sql`update proofreading.state set generation = generation + 1`.execute(db);
}

export interface NewDecision
  extends RuleName, Pick<CheckDecision, 'number' | 'standing' | 'effectiveFrom' | 'reason'> {
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

export async function insertDecision(db: Db, one: NewDecision): Promise<void> {
  await db
    .insertInto('proofreading.check_standing')
    .values({
      ...{ check_key: one.check, rule: one.rule, number: one.number, standing: one.standing },
      ...{ effective_from: one.effectiveFrom, reason: one.reason },
      ...{ changed_by: one.by.id, changed_by_name: one.by.name, changed_at: one.at },
    })
    .execute();
}
