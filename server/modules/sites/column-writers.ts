import type { Actor } from '../../../contracts/actor.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { columnById, type ColumnRow } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { replaceWriters, writersOf } from './column-writers.queries.ts';
import { requirePortalColumn } from './require-place.ts';
import { canFill, requireOperator } from './sites.policy.ts';

/** Who answers for a column fills it, and so do the units that write into it with him. */
export function writesInto(actor: Actor, column: ColumnRow, writers: readonly string[]): boolean {
  return [column.unitId, ...writers].some((unitId) => canFill(actor, unitId));
}

export async function mayWriteInto(
  { db, actor }: Pick<Ctx, 'db' | 'actor'>,
  column: ColumnRow,
): Promise<boolean> {
  return writesInto(actor, column, (await writersOf(db, [column.id])).get(column.id) ?? []);
}

export interface WritersInput {
  readonly columnId: string;
  readonly unitIds: readonly string[];
}

/** 共建: the units whose editors place resources of their own in a column of the portal. What stands there stays. */
export const setColumnWriters = defineCommand(
  'sites.set-column-writers',
  (input: WritersInput) => ({ kind: 'column', id: input.columnId, details: { unitIds: input.unitIds } }),
  async (ctx, { columnId, unitIds }): Promise<ColumnRow> => {
    requireOperator(ctx.actor);
    const column = await columnById(ctx.db, columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    if (unitIds.length > 0) await requirePortalColumn(ctx, column);
    if (!takesEntries(column.kind)) {
      throw new AppError(
        'conflict',
        'sites.column-takes-no-content',
        `“${column.name}”是频道，没有自己的内容。`,
      );
    }
    const units = await unitsById(ctx.db, unitIds);
    if (unitIds.includes(column.unitId) || unitIds.some((id) => units.get(id)?.closed !== false)) {
      const message = '共建单位要选现有的其他单位；栏目责任单位本来就可以写入。';
      throw new AppError('invalid', 'sites.writer-wrong', message);
    }
    await replaceWriters(ctx.db, columnId, unitIds);
    return column;
  },
);
