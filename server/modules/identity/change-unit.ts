import type { Unit, UnitChange } from '../../../contracts/identity.ts';
import { indexCodeOf, type IndexNumberTemplate } from '../../../contracts/index-number.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitChangedEvent } from './events.ts';
import { indexCodeTaken } from './index-code-taken.ts';
import { requireNotInReform } from './require-not-in-reform.ts';
import { requireUnitInBeing } from './require-unit-in-being.ts';
import { requireOpenUnit, requireUnit } from './require-unit.ts';
import { requireUnitManager } from './unit.policy.ts';
import {
  isIndexCodeTaken,
  isUnitInUse,
  lockUnitTree,
  moveSubtree,
  type UnitEdit,
  unitsBelow,
  updateUnit,
} from './unit.queries.ts';

export interface ChangeUnit {
  readonly id: string;
  readonly change: UnitChange;
}

/** Renames, moves, closes or opens a unit, or has its index numbers written otherwise; all of it in one step or none. */
export const changeUnit = defineCommand<ChangeUnit, Unit>(
  'identity.change-unit',
  (input) => ({ kind: 'unit', id: input.id, unitId: input.id, details: { ...input.change } }),
  async (ctx, { id, change }) => {
    requireUnitManager(ctx.actor);
    await lockUnitTree(ctx.db);
    const unit = await requireUnit(ctx.db, id);
    // A merged unit keeps its name and its place for ever.
    await requireUnitInBeing(ctx.db, id);
    if (unit.version !== change.expectedVersion) {
      throw new AppError('conflict', 'identity.unit-changed', '单位信息已被他人修改，请刷新后再改。', {
        details: { current: unit },
      });
    }
    const parentId = change.parentId === undefined ? unit.parentId : change.parentId;
    if (parentId !== unit.parentId) await moveUnit(ctx, id, parentId);
    const closed = change.closed ?? unit.closed;
    if (closed && !unit.closed) {
      await requireUnused(ctx, id);
      await requireNotInReform(ctx.db, [id]);
    }
    const edit = editOf(unit, change);
    if (edit.indexNumberTemplate !== unit.indexNumberTemplate)
      await requireOwnCode(ctx, unit, edit.indexNumberTemplate);
    const changed = await updateUnit(ctx.db, id, { ...edit, parentId, closedAt: closed ? ctx.now : null });
    const renamed = changed.name !== unit.name || changed.shortName !== unit.shortName;
    await ctx.announce(unitChangedEvent(changed, renamed));
    return changed;
  },
);

/** What a change does not speak of stays. */
const editOf = (unit: Unit, change: UnitChange): Omit<UnitEdit, 'parentId' | 'closedAt'> => ({
  name: change.name ?? unit.name,
  shortName: change.shortName ?? unit.shortName,
  position: change.position ?? unit.position,
  indexNumberTemplate: change.indexNumberTemplate ?? unit.indexNumberTemplate,
});

async function moveUnit(ctx: Ctx, id: string, parentId: string | null): Promise<void> {
  if (parentId !== null) {
    if ((await unitsBelow(ctx.db, id)).includes(parentId)) {
      throw new AppError('invalid', 'identity.unit-loop', '不能把单位移到它自己或它的下级单位之下。');
    }
    await requireOpenUnit(ctx.db, parentId);
  }
  await moveSubtree(ctx.db, id, parentId);
}

async function requireOwnCode(ctx: Ctx, unit: Unit, template: IndexNumberTemplate): Promise<void> {
  if (!(await isIndexCodeTaken(ctx.db, indexCodeOf(template, unit.organisationCode), unit.id))) return;
  throw indexCodeTaken();
}

async function requireUnused(ctx: Ctx, id: string): Promise<void> {
  if (!(await isUnitInUse(ctx.db, id))) return;
  throw new AppError('invalid', 'identity.unit-in-use', '单位还有下级单位或可登录的账号，请先处理后再撤销。');
}
