import type { NewReorganization } from '../../../contracts/reorganization.ts';
import { defineCommand } from '../../platform/context.ts';
import { requireReformPlanner } from './reorganization.policy.ts';
import { insertReorganization } from './reorganization.queries.ts';
import { requireMergeable } from './require-mergeable.ts';
import { requireNotInReform } from './require-not-in-reform.ts';

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
    await requireNotInReform(ctx.db, [...plan.unitIds, plan.successorId]);
    return insertReorganization(
      ctx.db,
      {
        ...plan,
        kind: 'merger',
        newName: null,
        newShortName: null,
        split: null,
        startsAt: new Date(plan.startsAt),
      },
      { id: ctx.actor.id, name: ctx.actor.name, at: ctx.now },
    );
  },
);
