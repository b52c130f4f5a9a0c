import { canActIn } from '../../../contracts/actor.ts';
import type { NewUrgentRule, UrgentRule, UrgentRuleEnd } from '../../../contracts/review.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { findActors, unitsById } from '../identity/index.ts';
import { requireUrgentRuleKeeper } from './urgent.policy.ts';
import { presentUrgentRules } from './urgent-rule.presenter.ts';
import {
  allUrgentRules,
  deleteUrgentRule,
  lockUrgentRules,
  putUrgentRule,
  urgentRuleOf,
  type UrgentRuleRow,
} from './urgent-rule.queries.ts';

export interface SetUrgentRuleInput extends NewUrgentRule {
  readonly unitId: string;
}

/** Who may release urgently in a unit. What went out before keeps the hours of its day. */
export const setUrgentRule = defineCommand(
  'review.set-urgent-rule',
  ({ unitId, expectedVersion, ...rule }: SetUrgentRuleInput) => ({
    kind: 'urgent-rule',
    id: unitId,
    unitId,
    details: { ...rule, after: expectedVersion },
  }),
  async (ctx, input): Promise<UrgentRule> => {
    requireUrgentRuleKeeper(ctx.actor);
    await lockUrgentRules(ctx.db);
    const unit = (await unitsById(ctx.db, [input.unitId])).get(input.unitId);
    if (!unit || unit.closed) {
      throw new AppError('not-found', 'review.urgent-rule-not-found', '没有这个单位，或者单位已撤销。');
    }
    await ruleAt(ctx, input.unitId, input.expectedVersion);
    await requireSigners(ctx, input);
    await putUrgentRule(
      ctx.db,
      {
        unitId: input.unitId,
        coversBelow: input.coversBelow,
        accountIds: input.accountIds,
        reviewHours: input.reviewHours,
        note: input.note,
        version: input.expectedVersion + 1,
        setBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
        setByName: ctx.actor.name,
      },
      ctx.now,
    );
    const row = await urgentRuleOf(ctx.db, input.unitId);
    const [rule] = await presentUrgentRules(ctx.db, row ? [row] : []);
    if (!rule) throw new Error(`the urgent rule of unit ${input.unitId} is lost`);
    return rule;
  },
);

export interface EndUrgentRuleInput extends UrgentRuleEnd {
  readonly unitId: string;
}

export const endUrgentRule = defineCommand(
  'review.end-urgent-rule',
  ({ unitId, note, expectedVersion }: EndUrgentRuleInput) => ({
    kind: 'urgent-rule',
    id: unitId,
    unitId,
    details: { note, after: expectedVersion },
  }),
  async (ctx, { unitId, expectedVersion }): Promise<UrgentRule[]> => {
    requireUrgentRuleKeeper(ctx.actor);
    await lockUrgentRules(ctx.db);
    const rule = await ruleAt(ctx, unitId, expectedVersion);
    if (!rule) {
      throw new AppError('not-found', 'review.urgent-rule-not-found', '这个单位没有设置紧急发布。');
    }
    await deleteUrgentRule(ctx.db, unitId);
    return presentUrgentRules(ctx.db, await allUrgentRules(ctx.db));
  },
);

async function ruleAt(
  { db }: Ctx,
  unitId: string,
  expectedVersion: number,
): Promise<UrgentRuleRow | undefined> {
  const rule = await urgentRuleOf(db, unitId);
  if ((rule?.version ?? 0) === expectedVersion) return rule;
  throw new AppError(
    'conflict',
    'review.urgent-rule-changed',
    '这个单位已有授权，或者授权刚被他人修改，请刷新后再改。',
  );
}

/** Whoever signs for the unit anyhow, and nobody else. */
async function requireSigners({ db }: Ctx, { unitId, accountIds }: SetUrgentRuleInput): Promise<void> {
  const able = (await findActors(db, accountIds)).filter((one) => canActIn(one, unitId, 'principal'));
  if (able.length === accountIds.length) return;
  throw new AppError(
    'invalid',
    'review.urgent-people-unfit',
    '紧急发布只能授权给本单位（或上级单位）在岗的签发人。',
  );
}
