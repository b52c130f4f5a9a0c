import type { MappingConditions, NewMappingRule } from '../../../contracts/ways.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { labelsOf } from '../library/index.ts';
import { columnById, type ColumnRow } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { holdTree } from './listing-lock.queries.ts';
import {
  insertRule,
  insertRuleVersion,
  type MappingRuleRow,
  ruleForUpdate,
  rulesOfColumn,
  updateRule,
} from './mapping-rule.queries.ts';
import { describeRule } from './mapping-rule.presenter.ts';
import { requireOperator } from './sites.policy.ts';

/**
 * 映射规则. The tree is held while one row is written: every publication before was listed before, and every one after
 * reads the new rule. What is published already follows in the background (`run-mapping-rules.ts`).
 */
export const createMappingRule = defineCommand(
  'sites.create-mapping-rule',
  (input: NewMappingRule, ruleId: string | undefined) => ({
    kind: 'mapping-rule',
    id: ruleId ?? null,
    details: { ...input },
  }),
  async (ctx, input): Promise<string> => {
    requireOperator(ctx.actor);
    await holdTree(ctx.db);
    await requireRule(ctx, input.columnId, input);
    const id = await insertRule(ctx.db, { ...input, byName: ctx.actor.name, at: ctx.now });
    await keepVersion(ctx, { id, version: 1 }, input);
    return id;
  },
);

export interface MappingRuleChange extends MappingConditions {
  readonly ruleId: string;
  readonly expectedVersion: number;
}

export const changeMappingRule = defineCommand(
  'sites.change-mapping-rule',
  ({ ruleId, ...input }: MappingRuleChange) => ({ kind: 'mapping-rule', id: ruleId, details: input }),
  async (ctx, { ruleId, expectedVersion, ...conditions }): Promise<string> => {
    requireOperator(ctx.actor);
    await holdTree(ctx.db);
    const rule = await getRule(ctx, ruleId);
    if (rule.version !== expectedVersion) {
      throw new AppError('conflict', 'sites.mapping-rule-changed', '规则刚被别人修改过，请刷新后重试。', {
        details: { currentVersion: rule.version },
      });
    }
    await requireRule(ctx, rule.columnId, conditions, rule.id);
    await updateRule(ctx.db, rule, { ...conditions, byName: ctx.actor.name, at: ctx.now });
    await keepVersion(ctx, { id: rule.id, version: rule.version + 1 }, conditions);
    return rule.id;
  },
);

export const endMappingRule = defineCommand(
  'sites.end-mapping-rule',
  (input: { readonly ruleId: string }) => ({ kind: 'mapping-rule', id: input.ruleId }),
  async (ctx, { ruleId }): Promise<null> => {
    requireOperator(ctx.actor);
    await holdTree(ctx.db);
    const rule = await getRule(ctx, ruleId);
    await updateRule(ctx.db, rule, { ended: true, byName: ctx.actor.name, at: ctx.now });
    await keepVersion(ctx, { id: rule.id, version: rule.version + 1 }, null);
    return null;
  },
);

async function getRule(ctx: Ctx, id: string): Promise<MappingRuleRow> {
  const rule = await ruleForUpdate(ctx.db, id);
  if (rule?.endedAt === null) return rule;
  throw new AppError('not-found', 'sites.mapping-rule-not-found', '没有这条映射规则，或者它已经结束。');
}

async function keepVersion(
  ctx: Ctx,
  { id, version }: Pick<MappingRuleRow, 'id' | 'version'>,
  conditions: MappingConditions | null,
): Promise<void> {
  const text = conditions === null ? '规则结束' : await describeRule(ctx.db, conditions);
  await insertRuleVersion(ctx.db, {
    ...{ ruleId: id, version, text, conditions },
    byName: ctx.actor.name,
    at: ctx.now,
  });
}

/** Refuses what could never mean what somebody intends. */
export async function requireRule(
  { db }: { readonly db: Db },
  columnId: string,
  conditions: MappingConditions,
  ruleId?: string,
): Promise<void> {
  requireEntries(await columnById(db, columnId));
  const { sourceColumnId, unitId, unitKind, term } = conditions;
  if ([sourceColumnId, unitId, unitKind].filter((one) => one !== null).length !== 1) {
    throw new AppError(
      'invalid',
      'sites.mapping-source-wrong',
      '请选择一种来源：一个栏目、一个单位，或者一类单位。',
    );
  }
  if (sourceColumnId === columnId) {
    throw new AppError('invalid', 'sites.mapping-loop', '映射成了循环：栏目不能映射自己。');
  }
  if (sourceColumnId !== null) requireEntries(await columnById(db, sourceColumnId));
  if (unitId !== null && !(await unitsById(db, [unitId])).has(unitId)) {
    throw new AppError('not-found', 'identity.unit-not-found', '没有这个单位。');
  }
  if (term !== null && !(await labelsOf(db, [term])).has(term)) {
    throw new AppError('invalid', 'sites.term-unknown', '没有这个分类词。');
  }
  const same = (one: MappingRuleRow): boolean => one.id !== ruleId && keyOf(one) === keyOf(conditions);
  if ((await rulesOfColumn(db, columnId)).some(same)) {
    throw new AppError('conflict', 'sites.mapping-rule-exists', '这个栏目已有条件相同的规则。');
  }
}

const keyOf = ({ sourceColumnId, unitId, unitKind, types, term, keyword }: MappingConditions): string =>
  JSON.stringify([sourceColumnId, unitId, unitKind, [...types].sort(), term, keyword]);

function requireEntries(column: ColumnRow | undefined): void {
  if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
  if (takesEntries(column.kind)) return;
  throw new AppError(
    'conflict',
    'sites.column-takes-no-content',
    `“${column.name}”是频道，没有自己的内容，不能映射。`,
  );
}
