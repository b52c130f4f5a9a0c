import type { Ctx } from '../../platform/context.ts';
import { unitChangedEvent } from './events.ts';
import { childUnits, endUnit, hangUnit, moveAccounts } from './reorganization.queries.ts';
import { requireUnit } from './require-unit.ts';
import type { UnitHolding } from './unit-holding.ts';
import { moveSubtree } from './unit.queries.ts';

/** Rows of one holding in one transaction: well under a second, so that nobody waits long for a lock. */
export const batchSize = 500;

/**
 * A unit closes and hangs under the one that stands for it now, with its sub-units and all its people gone over to it.
 * Says how many people these are.
 */
export async function endInto(ctx: Ctx, unitId: string, successorId: string): Promise<number> {
  for (const child of await childUnits(ctx.db, unitId)) {
    await moveSubtree(ctx.db, child, successorId);
    await hangUnit(ctx.db, child, successorId);
  }
  await moveSubtree(ctx.db, unitId, successorId);
  await endUnit(ctx.db, unitId, successorId, ctx.now);
  const people = await moveAccounts(ctx.db, unitId, successorId);
  await ctx.announce(unitChangedEvent(await requireUnit(ctx.db, unitId), true));
  return people;
}

export interface MovedBatch {
  readonly column: string;
  readonly count: number;
}

/** The next batch of what a unit still holds; undefined when nothing is left to move. */
export async function moveBatch(
  ctx: Ctx,
  { from, to }: { readonly from: string; readonly to: string },
  holdings: readonly UnitHolding[],
): Promise<MovedBatch | undefined> {
  for (const { column, move } of holdings) {
    const count = await move(ctx, { from, to, limit: batchSize });
    if (count > 0) return { column, count };
  }
  return undefined;
}
