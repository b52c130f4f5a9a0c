import type { NewUnit, Unit } from '../../../contracts/identity.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitChangedEvent } from './events.ts';
import { requireOpenUnit } from './require-unit.ts';
import { requireUnitManager } from './unit.policy.ts';
import { insertUnit, lockUnitTree } from './unit.queries.ts';

export const createUnit = defineCommand<NewUnit, Unit>(
  'identity.create-unit',
  (input, result) => ({
    kind: 'unit',
    id: result?.id ?? null,
    unitId: result?.id ?? null,
    details: { name: input.name, organisationCode: input.organisationCode, parentId: input.parentId },
  }),
  async (ctx, input) => {
    requireUnitManager(ctx.actor);
    await lockUnitTree(ctx.db);
    if (input.parentId !== null) await requireOpenUnit(ctx.db, input.parentId);
    const unit = await insertUnit(ctx.db, { ...input, position: input.position ?? 0 });
    if (!unit) {
      throw new AppError('conflict', 'identity.organisation-code-taken', '这个机构代码已被其他单位使用。');
    }
    await ctx.announce(unitChangedEvent(unit, false));
    return unit;
  },
);
