import type { NewRenaming } from '../../../contracts/reorganization.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireReformPlanner } from './reorganization.policy.ts';
import { insertReorganization } from './reorganization.queries.ts';
import { requireNotInReform } from './require-not-in-reform.ts';
import { requireRenamable } from './require-renamable.ts';

interface PlanRenaming extends NewRenaming {
  readonly unitId: string;
}

/** Writes down what a unit is to be called, and from when. Nothing else changes. */
export const planRenaming = defineCommand<PlanRenaming, string>(
  'identity.plan-renaming',
  ({ unitId, newName, basis }, id) => ({
    kind: 'reorganization',
    id: id ?? null,
    unitId,
    details: { unitId, newName, basis },
  }),
  async (ctx, plan) => {
    requireReformPlanner(ctx.actor);
    const [newName, newShortName] = [plan.newName.trim(), plan.newShortName.trim()];
    const basis = plan.basis.trim();
    if ([newName, newShortName, basis].some((text) => text.length < 2))
      throw new AppError(
        'invalid',
        'identity.renaming-impossible',
        '名称、简称和依据至少各两个字，空格不算。',
      );
    const startsAt = new Date(plan.startsAt);
    await requireRenamable(ctx.db, { unitId: plan.unitId, newName, newShortName, startsAt });
    await requireNotInReform(ctx.db, [plan.unitId]);
    return insertReorganization(
      ctx.db,
      {
        kind: 'renaming',
        name: `更名为${newName}`,
        basis,
        unitIds: [],
        successorId: plan.unitId,
        newName,
        newShortName,
        split: null,
        startsAt,
      },
      { id: ctx.actor.id, name: ctx.actor.name, at: ctx.now },
    );
  },
);
