import { sql } from 'kysely';

import type { Severity } from '../../../contracts/proofreading.ts';
import type { Rule, RuleSetKind, RuleSetSettings } from '../../../contracts/rule-set.ts';
import type { Db } from '../../platform/db.ts';

export interface RuleSetRow extends RuleSetSettings {
  readonly id: string;
  readonly kind: RuleSetKind;
  readonly version: number;
  readonly rules: number;
}

export interface VersionRow extends RuleSetSettings {
  readonly number: number;
  readonly note: string;
  readonly added: number;
  readonly removed: number;
  readonly changedByName: string;
  readonly changedAt: Date;
}

const settings = sql.raw(`name, severity, enabled,
  effective_from::text as "effectiveFrom", effective_to::text as "effectiveTo"`);

export async function ruleSets(
  db: Db,
): Promise<readonly (RuleSetRow & Pick<VersionRow, 'changedAt' | 'changedByName'>)[]> {
  const { rows } = await sql<RuleSetRow & Pick<VersionRow, 'changedAt' | 'changedByName'>>`
    select s.id, s.kind, s.version, s.rules, s.name, s.severity, s.enabled,
      s.effective_from::text as "effectiveFrom", s.effective_to::text as "effectiveTo",
      v.changed_at as "changedAt", v.changed_by_name as "changedByName"
    from proofreading.rule_set s
    join proofreading.rule_set_version v on v.set_id = s.id and v.number = s.version
    order by s.id`.execute(db);
  return rows;
}

export async function ruleSetById(
  db: Db,
  id: string,
  lock: 'for update' | 'unlocked' = 'unlocked',
): Promise<RuleSetRow | undefined> {
  const { rows } = await sql<RuleSetRow>`select id, kind, version, rules, ${settings}
    from proofreading.rule_set where id = ${id} ${lock === 'for update' ? sql`for update` : sql``}`.execute(
    db,
  );
  return rows[0];
}

/** Nothing when the name is taken. */
export async function insertRuleSet(
  db: Db,
  kind: RuleSetKind,
  one: RuleSetSettings,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into proofreading.rule_set (kind, name, severity, enabled, effective_from, effective_to, version, rules)
    values (${kind}, ${one.name}, ${one.severity}, ${one.enabled}, ${one.effectiveFrom}, ${one.effectiveTo}, 1, 0)
    on conflict (name) do nothing returning id`.execute(db);
  return rows[0]?.id;
}

/** False when the name is another set's. */
export async function updateRuleSet(db: Db, id: string, one: RuleSetSettings): Promise<boolean> {
  const { rows } = await sql`
    update proofreading.rule_set set name = ${one.name}, severity = ${one.severity}, enabled = ${one.enabled},
      effective_from = ${one.effectiveFrom}, effective_to = ${one.effectiveTo}
    where id = ${id} and not exists (
      select from proofreading.rule_set other where other.name = ${one.name} and other.id <> ${id})
    returning id`.execute(db);
  return rows.length > 0;
}

export interface NewVersion {
  readonly number: number;
  readonly note: string;
  readonly added: number;
  readonly removed: number;
  readonly changedBy: string | null;
  readonly changedByName: string;
}

/** The set as it is now becomes a version, and whoever holds compiled rules learns that they are old. */
export async function recordVersion(db: Db, id: string, one: NewVersion, now: Date): Promise<void> {
  await sql`update proofreading.rule_set
    set version = ${one.number}, rules = rules + ${one.added} - ${one.removed} where id = ${id}`.execute(db);
  await sql`insert into proofreading.rule_set_version (set_id, number, name, severity, enabled, effective_from,
      effective_to, note, added, removed, changed_by, changed_by_name, changed_at)
    select id, ${one.number}, name, severity, enabled, effective_from, effective_to, ${one.note}, ${one.added},
      ${one.removed}, ${one.changedBy}, ${one.changedByName}, ${now}
    from proofreading.rule_set where id = ${id}`.execute(db);
  await sql`update proofreading.state set generation = generation + 1`.execute(db);
}

export async function versionsOfSet(db: Db, id: string, limit: number): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select number, note, added, removed, changed_by_name as "changedByName", changed_at as "changedAt", ${settings}
    from proofreading.rule_set_version where set_id = ${id} order by number desc limit ${limit}`.execute(db);
  return rows;
}

export interface KeyedRule {
  readonly key: string;
  readonly rank: number;
  readonly content: Rule;
}

/** Rules take the places of those with the same keys; what stands there already stays. Says how many came and went. */
export async function putRules(
  db: Db,
  set: { readonly id: string; readonly version: number },
  rules: readonly KeyedRule[],
): Promise<{ readonly added: number; readonly removed: number }> {
  const given = sql`jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as given (key text, rank integer, content jsonb)`;
  const ended = await sql`
    update proofreading.rule r set until = ${set.version} from ${given}
    where r.set_id = ${set.id} and r.until is null and r.key = given.key
      and (r.content <> given.content or r.rank <> given.rank)
    returning r.id`.execute(db);
  const begun = await sql`
    insert into proofreading.rule (set_id, key, rank, content, since)
    select ${set.id}, given.key, given.rank, given.content, ${set.version} from ${given}
    where not exists (
      select from proofreading.rule r where r.set_id = ${set.id} and r.key = given.key and r.until is null)
    returning id`.execute(db);
  return { added: begun.rows.length, removed: ended.rows.length };
}

/** Ends the rules with these keys, or all others. Says how many. */
export async function endRules(
  db: Db,
  set: { readonly id: string; readonly version: number },
  keys: readonly string[],
  which: 'these' | 'others' = 'these',
): Promise<number> {
  const named = sql`key in (select jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`;
  const { rows } = await sql`
    update proofreading.rule set until = ${set.version}
    where set_id = ${set.id} and until is null and ${which === 'these' ? named : sql`not (${named})`}
    returning id`.execute(db);
  return rows.length;
}

export interface RulePlace {
  readonly rank: number;
  readonly key: string;
}

export async function rulePage(
  db: Db,
  setId: string,
  { after, contains, limit }: { after?: RulePlace | undefined; contains?: string | undefined; limit: number },
): Promise<readonly KeyedRule[]> {
  const { rows } = await sql<KeyedRule>`
    select key, rank, content from proofreading.rule
    where set_id = ${setId} and until is null
      and ${after ? sql`(rank, key collate "C") > (${after.rank}, ${after.key})` : sql`true`}
      and ${contains ? sql`strpos(key, ${contains}) > 0` : sql`true`}
    order by rank, key collate "C" limit ${limit}`.execute(db);
  return rows;
}

export async function currentGeneration(db: Db): Promise<string> {
  const { rows } = await sql<{ generation: string }>`select generation from proofreading.state`.execute(db);
  return rows[0]?.generation ?? '0';
}

export interface SetInForce {
  readonly id: string;
  readonly kind: RuleSetKind;
  readonly name: string;
  readonly severity: Severity;
}

/** The sets in force on a day, and the rules of one of them. */
export async function setsInForce(db: Db, day: string): Promise<readonly SetInForce[]> {
  const { rows } = await sql<SetInForce>`
    select id, kind, name, severity from proofreading.rule_set
    where enabled and coalesce(effective_from <= ${day}::date, true) and coalesce(effective_to >= ${day}::date, true)
    order by id`.execute(db);
  return rows;
}

export async function rulesOfSet<R extends Rule>(db: Db, setId: string): Promise<readonly R[]> {
  const { rows } = await sql<{ content: R }>`
    select content from proofreading.rule where set_id = ${setId} and until is null order by rank, key`.execute(
    db,
  );
  return rows.map((row) => row.content);
}
