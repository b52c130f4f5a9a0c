import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Whoever says who may release urgently takes turns, so that what was checked still holds when it is written. */
const ruleLock = 7246140;

export async function lockUrgentRules(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ruleLock})`.execute(db);
}

export interface UrgentRuleRow {
  readonly unitId: string;
  readonly coversBelow: boolean;
  readonly accountIds: readonly string[];
  readonly reviewHours: number;
  readonly note: string;
  readonly version: number;
  readonly setByName: string;
  readonly setAt: Date;
}

function rules(db: Db) {
  return db
    .selectFrom('review.urgent_rule')
    .select([
      'unit_id as unitId',
      'covers_below as coversBelow',
      sql<readonly string[]>`account_ids::text[]`.as('accountIds'),
      'review_hours as reviewHours',
      'note',
      'version',
      'set_by_name as setByName',
      'set_at as setAt',
    ]);
}

/** One for a unit at most, and few units have one. */
export function allUrgentRules(db: Db): Promise<readonly UrgentRuleRow[]> {
  return rules(db).orderBy('unit_id').limit(2000).execute();
}

export function urgentRuleOf(db: Db, unitId: string): Promise<UrgentRuleRow | undefined> {
  return rules(db).where('unit_id', '=', unitId).executeTakeFirst();
}

export function urgentRulesAlong(db: Db, unitIds: readonly string[]): Promise<readonly UrgentRuleRow[]> {
  return rules(db).where('unit_id', 'in', unitIds).execute();
}

export interface NewUrgentRuleRow extends Omit<UrgentRuleRow, 'setAt'> {
  readonly setBy: string | null;
}

/** In place of the one that the unit has. */
export async function putUrgentRule(db: Db, row: NewUrgentRuleRow, at: Date): Promise<void> {
  const values = {
    covers_below: row.coversBelow,
    account_ids: sql<string[]>`${[...row.accountIds]}::bigint[]`,
    review_hours: row.reviewHours,
    note: row.note,
    version: row.version,
    set_by: row.setBy,
    set_by_name: row.setByName,
    set_at: at,
  };
  await db
    .insertInto('review.urgent_rule')
    .values({ unit_id: row.unitId, ...values })
    .onConflict((conflict) => conflict.column('unit_id').doUpdateSet(values))
    .execute();
}

export async function deleteUrgentRule(db: Db, unitId: string): Promise<void> {
  await db.deleteFrom('review.urgent_rule').where('unit_id', '=', unitId).execute();
}
