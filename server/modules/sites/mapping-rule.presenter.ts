import { type MappingConditions, mappingModeNames, type MappingRule } from '../../../contracts/ways.ts';
import { unitKindNames } from '../../../contracts/unit-kind.ts';
import type { Db } from '../../platform/db.ts';
import { unitNames } from '../identity/index.ts';
import { currentTypes, labelsOf } from '../library/index.ts';
import { columnsById } from './column.queries.ts';
import { figuresOfRules, type MappingRuleRow, versionsOfRules } from './mapping-rule.queries.ts';
import { allSites } from './site.queries.ts';

type Source = Pick<MappingConditions, 'sourceColumnId' | 'unitId' | 'unitKind'>;

/** What the sources of rules are called, in one go. */
async function sourceNames(db: Db, rules: readonly Source[]): Promise<(rule: Source) => string> {
  const columns = await columnsById(
    db,
    rules.flatMap((rule) => rule.sourceColumnId ?? []),
  );
  const siteOf = new Map((await allSites(db)).map((site) => [site.id, site.shortName]));
  const columnName = new Map(
    columns.map((column) => [column.id, `${siteOf.get(column.siteId) ?? ''} ${column.name}`.trim()]),
  );
  const unitName = await unitNames(
    db,
    rules.flatMap((rule) => rule.unitId ?? []),
  );
  return ({ sourceColumnId, unitId, unitKind }) => {
    if (sourceColumnId !== null) return columnName.get(sourceColumnId) ?? '';
    if (unitId !== null) return `${unitName.get(unitId) ?? ''}的全部栏目`;
    return unitKind === null ? '' : `全部${unitKindNames[unitKind]}的栏目`;
  };
}

/** A rule in words, for its history. */
export async function describeRule(db: Db, rule: MappingConditions): Promise<string> {
  const source = (await sourceNames(db, [rule]))(rule);
  const typeName = new Map((await currentTypes(db)).map((type) => [type.key, type.name]));
  const label = rule.term === null ? null : ((await labelsOf(db, [rule.term])).get(rule.term) ?? rule.term);
  return [
    `来源：${source}`,
    rule.types.length === 0 ? '' : `类型：${rule.types.map((type) => typeName.get(type) ?? type).join('、')}`,
    label === null ? '' : `分类：${label}`,
    rule.keyword === null ? '' : `标题含“${rule.keyword}”`,
    mappingModeNames[rule.mode],
  ]
    .filter((part) => part !== '')
    .join('；');
}

export async function presentRules(db: Db, rules: readonly MappingRuleRow[]): Promise<MappingRule[]> {
  if (rules.length === 0) return [];
  const ids = rules.map((rule) => rule.id);
  const nameOf = await sourceNames(db, rules);
  const figures = await figuresOfRules(db, ids);
  const versions = Map.groupBy(await versionsOfRules(db, ids), (one) => one.ruleId);
  const labels = await labelsOf(
    db,
    rules.flatMap((rule) => rule.term ?? []),
  );
  return rules.map((rule): MappingRule => {
    const { mode, sourceColumnId, unitId, unitKind, types, term, keyword } = rule;
    return {
      ...{ mode, sourceColumnId, unitId, unitKind, term, keyword },
      types: [...types],
      id: rule.id,
      columnId: rule.columnId,
      sourceName: nameOf(rule),
      termLabel: term === null ? null : (labels.get(term) ?? term),
      version: rule.version,
      changedByName: rule.changedByName,
      changedAt: rule.changedAt.toISOString(),
      remaining: figures.get(rule.id)?.remaining ?? 0,
      shown: figures.get(rule.id)?.shown ?? 0,
      waiting: figures.get(rule.id)?.waiting ?? 0,
      history: (versions.get(rule.id) ?? []).map(({ version, text, byName, at }) => ({
        ...{ version, text, byName },
        at: at.toISOString(),
      })),
    };
  });
}
