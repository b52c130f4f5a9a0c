import type { NewReorganization } from '../../../contracts/reorganization.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireReformPlanner } from './reorganization.policy.ts';
import { areInReform, insertReorganization } from './reorganization.queries.ts';
import { requireMergeable } from './require-mergeable.ts';

/** Writes down which units are to merge into which. Nothing else changes. */
export const planReorganization = defineCommand<NewReorganization, string>(
  'identity.plan-reorganization',
  (input, id) => ({
    kind: 'reorganization',
    id: id ?? null,
    unitId: input.successorId,
    details: { unitIds: input.unitIds, successorId: input.successorId, basis: input.basis },
  }),
  async (ctx, plan) => {
    requireReformPlanner(ctx.actor);
    await requireMergeable(ctx.db, plan);
    if (await areInReform(ctx.db, [...plan.unitIds, plan.successorId])) {
      throw new AppError(
        'conflict',
        'identity.reorganization-impossible',
        '其中有单位已在另一项未完成的机构改革中，请等它完成或取消。',
      );
    }
    return insertReorganization(ctx.db, plan, { id: ctx.actor.id, name: ctx.actor.name, at: ctx.now });
  },
);
