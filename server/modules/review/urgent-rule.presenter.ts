import { canActIn } from '../../../contracts/actor.ts';
import type { UrgentRule } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { Reader } from '../../platform/http.ts';
import { accountsById, findActors, unitLineOf, unitNames } from '../identity/index.ts';
import type { FoundReview } from './find-review.ts';
import { ruleAlong, urgentRefusal } from './urgent.policy.ts';
import { urgentRulesAlong, type UrgentRuleRow } from './urgent-rule.queries.ts';

export async function presentUrgentRules(db: Db, rows: readonly UrgentRuleRow[]): Promise<UrgentRule[]> {
  const ids = [...new Set(rows.flatMap(({ accountIds }) => accountIds))];
  const units = await unitNames(
    db,
    rows.map(({ unitId }) => unitId),
  );
  const accounts = await accountsById(db, ids);
  const inUse = new Map((await findActors(db, ids)).map((one) => [one.id, one]));
  return rows.map((row) => ({
    unitId: row.unitId,
    unitName: units.get(row.unitId) ?? '',
    coversBelow: row.coversBelow,
    people: row.accountIds.map((id) => {
      const actor = inUse.get(id);
      return {
        id,
        name: accounts.get(id)?.realName ?? '',
        able: actor !== undefined && canActIn(actor, row.unitId, 'principal'),
      };
    }),
    reviewHours: row.reviewHours,
    note: row.note,
    version: row.version,
    setByName: row.setByName,
    setAt: row.setAt.toISOString(),
  }));
}

/** The rule by which works of a unit may go out urgently now. */
export async function urgentRuleIn(db: Db, unitId: string): Promise<UrgentRuleRow | undefined> {
  const line = await unitLineOf(db, unitId);
  return ruleAlong(line, await urgentRulesAlong(db, line));
}

/** The hours that a review has afterwards, for whoever may release it urgently; null for everybody else. */
export async function urgentHoursFor(
  { db, actor }: Reader,
  { facts, row }: FoundReview,
): Promise<number | null> {
  if (row.state !== 'open' || !actor.roles.includes('principal')) return null;
  const rule = await urgentRuleIn(db, row.unitId);
  return urgentRefusal(facts, actor, rule) === null ? (rule?.reviewHours ?? null) : null;
}
