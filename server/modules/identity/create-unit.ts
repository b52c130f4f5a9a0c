import type { NewUnit, Unit } from '../../../contracts/identity.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitChangedEvent } from './events.ts';
import { indexCodeTaken } from './index-code-taken.ts';
import { requireOpenUnit } from './require-unit.ts';
import { requireUnitManager } from './unit.policy.ts';
import { insertUnit, lockUnitTree, unitByOrganisationCode } from './unit.queries.ts';

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
    if (!unit) throw await whatIsTaken(ctx, input.organisationCode);
    await ctx.announce(unitChangedEvent(unit, false));
    return unit;
  },
);

async function whatIsTaken({ db }: Ctx, code: string): Promise<AppError> {
  return (await unitByOrganisationCode(db, code))
    ? new AppError('conflict', 'identity.organisation-code-taken', '这个机构代码已被其他单位使用。')
    : indexCodeTaken();
}
