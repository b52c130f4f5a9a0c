import type { Address, PlacementSet } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { liveHeadings, lockResource, requireDeed, requireEditor, stateOf } from '../library/index.ts';
import type { ColumnRow } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { mayWriteInto } from './column-writers.ts';
import { getVisibleColumn } from './find-column.ts';
import { syncListings } from './list-resource.ts';
import { placementsOf, replacePlacements } from './placement.queries.ts';
import { presentAddress } from './placement.presenter.ts';
import { requireTopicColumn } from './require-place.ts';
import type { PublicBase } from './address.rules.ts';
import { canFill } from './sites.policy.ts';

export interface PlacementInput extends PlacementSet {
  readonly resourceId: string;
}

/**
 * Chooses the columns of a resource, while its text may be written too: what is in review or signed stands where
 * the reviewers saw it stand. For a live one the change shows at once, everywhere.
 */
export const setPlacements = (base: PublicBase) =>
  defineCommand(
    'sites.set-placements',
    (input: PlacementInput) => ({
      kind: 'resource',
      id: input.resourceId,
      details: { columnIds: input.columnIds },
    }),
    async (ctx, input): Promise<Address> => {
      const row = await lockResource(ctx, input.resourceId);
      requireEditor(ctx, row.unitId);
      requireDeed(stateOf(row), 'place');
      if (row.type === 'home') throw homeTakesNone();
      for (const columnId of input.columnIds) await requireWritable(ctx, columnId);
      if (row.type === 'topic') await requireTopicColumn(ctx, input.columnIds[0] ?? '0');
      await requireNotReused(ctx, input);
      await replacePlacements(ctx.db, input.resourceId, input.columnIds, ctx.now);
      const live = (await liveHeadings(ctx.db, [input.resourceId])).get(input.resourceId);
      if (live)
        await syncListings(ctx, [{ resourceId: input.resourceId, firstPublishedAt: live.firstPublishedAt }]);
      return presentAddress(ctx.db, base, input.resourceId);
    },
  );

function homeTakesNone(): AppError {
  const message = '首页不上栏目：它属于哪个站点，在“站点”一项中选择。';
  return new AppError('conflict', 'sites.home-takes-no-column', message);
}

/** A column that shows it by reference shows it once; the reuse has to end first. */
async function requireNotReused(ctx: Ctx, { resourceId, columnIds }: PlacementInput): Promise<void> {
  const placements = await placementsOf(ctx.db, resourceId);
  if (!placements.some((one) => one.reuseId !== null && columnIds.includes(one.columnId))) return;
  throw new AppError(
    'conflict',
    'sites.placement-exists',
    '这条信息已被引用到所选的栏目，请先结束那里的引用。',
  );
}

/** The column, when the actor may show what others wrote in it: its unit answers for what it chooses. */
export async function requireFillable(ctx: Ctx, columnId: string): Promise<ColumnRow> {
  const column = await getVisibleColumn(ctx, columnId);
  return requireOpen(column, ctx.actor.kind !== 'account' || canFill(ctx.actor, column.unitId));
}

/** The column, when the actor may place resources of the own unit in it: its unit, and those that build it too. */
async function requireWritable(ctx: Ctx, columnId: string): Promise<ColumnRow> {
  const column = await getVisibleColumn(ctx, columnId);
  return requireOpen(column, ctx.actor.kind !== 'account' || (await mayWriteInto(ctx, column)));
}

function requireOpen(column: ColumnRow, isAllowed: boolean): ColumnRow {
  if (!isAllowed) {
    throw new AppError('forbidden', 'sites.column-out-of-scope', `栏目“${column.name}”不由本单位负责。`);
  }
  if (!takesEntries(column.kind) || column.closedAt !== null) {
    throw new AppError('conflict', 'sites.column-takes-no-content', `栏目“${column.name}”不能直接放置内容。`);
  }
  return column;
}
