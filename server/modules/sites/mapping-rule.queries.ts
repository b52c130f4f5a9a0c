import { sql } from 'kysely';

import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { TermReference } from '../../../contracts/term-reference.ts';
import type { UnitKind } from '../../../contracts/unit-kind.ts';
import type { MappingConditions, MappingMode } from '../../../contracts/ways.ts';
import type { Db } from '../../platform/db.ts';

export interface MappingRuleRow extends MappingConditions {
  readonly id: string;
  readonly columnId: string;
  readonly version: number;
  readonly changedByName: string;
  readonly changedAt: Date;
  readonly endedAt: Date | null;
  readonly filledVersion: number | null;
  readonly filledSources: string | null;
}

function rules(db: Db) {
  return db
    .selectFrom('sites.mapping_rule')
    .select([
      'id',
      'column_id as columnId',
      sql<MappingMode>`mode`.as('mode'),
      'source_column_id as sourceColumnId',
      'unit_id as unitId',
      sql<UnitKind | null>`unit_kind`.as('unitKind'),
      sql<ResourceTypeKey[]>`types`.as('types'),
      sql<TermReference | null>`term`.as('term'),
      'keyword',
      'version',
      'changed_by_name as changedByName',
      'changed_at as changedAt',
      'ended_at as endedAt',
      'filled_version as filledVersion',
      'filled_sources as filledSources',
    ])
    .orderBy('id');
}

/** All rules that stand. They are set up by people, a handful for a column. */
export function standingRules(db: Db): Promise<readonly MappingRuleRow[]> {
  return rules(db).where('ended_at', 'is', null).execute();
}

/** Those of one column. */
export function rulesOfColumn(db: Db, columnId: string): Promise<readonly MappingRuleRow[]> {
  return rules(db).where('column_id', '=', columnId).where('ended_at', 'is', null).execute();
}

/** Whoever lists by the rule meanwhile does not wait. */
export function ruleForUpdate(db: Db, id: string): Promise<MappingRuleRow | undefined> {
  return rules(db).where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

export async function insertRule(
  db: Db,
  rule: MappingConditions & { readonly columnId: string; readonly byName: string; readonly at: Date },
): Promise<string> {
  const { id } = await db
    .insertInto('sites.mapping_rule')
    .values({
      column_id: rule.columnId,
      ...valuesOf(rule),
      changed_by_name: rule.byName,
      changed_at: rule.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

function valuesOf(rule: MappingConditions) {
  return {
    mode: rule.mode,
    source_column_id: rule.sourceColumnId,
    unit_id: rule.unitId,
    unit_kind: rule.unitKind,
    types: [...rule.types],
    term: rule.term,
    keyword: rule.keyword,
  };
}

export async function updateRule(
  db: Db,
  { id, version }: Pick<MappingRuleRow, 'id' | 'version'>,
  change: Partial<MappingConditions> & {
    readonly byName: string;
    readonly at: Date;
    readonly ended?: true;
  },
): Promise<void> {
  const { byName, at, ended, ...conditions } = change;
  await db
    .updateTable('sites.mapping_rule')
    .set({
      ...(ended ? { ended_at: at } : valuesOf(conditions as MappingConditions)),
      version: version + 1,
      changed_by_name: byName,
      changed_at: at,
    })
    .where('id', '=', id)
    .execute();
}

/** Keeps what the rule says from now on, in words. */
export async function insertRuleVersion(
  db: Db,
  row: {
    readonly ruleId: string;
    readonly version: number;
    readonly text: string;
    readonly conditions: MappingConditions | null;
    readonly byName: string;
    readonly at: Date;
  },
): Promise<void> {
  await db
    .insertInto('sites.mapping_rule_version')
    .values({
      rule_id: row.ruleId,
      version: row.version,
      state: JSON.stringify({ text: row.text, conditions: row.conditions }),
      changed_by_name: row.byName,
      changed_at: row.at,
    })
    .execute();
}

const mostVersions = 20;

export interface RuleVersionRow {
  readonly ruleId: string;
  readonly version: number;
  readonly text: string;
  readonly byName: string;
  readonly at: Date;
}

/** The newest versions of each rule, the newest first. */
export async function versionsOfRules(
  db: Db,
  ruleIds: readonly string[],
): Promise<readonly RuleVersionRow[]> {
  if (ruleIds.length === 0) return [];
  const { rows } = await sql<RuleVersionRow>`
    select version.rule_id as "ruleId", version.version, version.state ->> 'text' as text,
      version.changed_by_name as "byName", version.changed_at as at
    from unnest(${[...ruleIds]}::bigint[]) as rule (id)
    cross join lateral (
      select * from sites.mapping_rule_version where rule_id = rule.id order by version desc limit ${mostVersions}
    ) as version`.execute(db);
  return rows;
}

export interface RuleFigures {
  readonly ruleId: string;
  readonly remaining: number;
  readonly shown: number;
  readonly waiting: number;
}

export async function figuresOfRules(
  db: Db,
  ruleIds: readonly string[],
): Promise<ReadonlyMap<string, RuleFigures>> {
  if (ruleIds.length === 0) return new Map();
  const { rows } = await sql<RuleFigures>`
    select rule.id as "ruleId",
      (select count(*)::integer from sites.mapping_turn where rule_id = rule.id)
        + case when filled_version is distinct from version then 1 else 0 end as remaining,
      (select count(*)::integer from sites.placement where mapping_rule_id = rule.id) as shown,
      (select count(*)::integer from sites.mapping_match where rule_id = rule.id and state = 'waiting') as waiting
    from sites.mapping_rule as rule where id = any(${[...ruleIds]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.ruleId, row]));
}
