import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { isInScope } from '../identity/index.ts';
import { dismissRevision, liveHeadings, lockWhatever } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import type { ColumnRow } from './column.queries.ts';
import { endReuse } from './end-reuse.ts';
import { insertRemoval } from './entry-removal.queries.ts';
import { getVisibleColumn } from './find-column.ts';
import { syncListings } from './list-resource.ts';
import { listingsOfResource } from './listing.queries.ts';
import { keepTree } from './listing-lock.queries.ts';
import { declineForColumn } from './mapped-placement.queries.ts';
import { isOwn, type PlacementRow, placementsOf, replacePlacements } from './placement.queries.ts';
import { takeOff } from './publish-resource.ts';
import { canEmpty, canFill } from './sites.policy.ts';

export interface RemovalInput {
  readonly columnId: string;
  readonly resourceId: string;
  readonly reason: string;
}

/**
 * Whoever answers for a column takes out what another unit wrote into it, a rule brought in or a reuse shows. What had
 * its only place there is taken from the public: it was released for this column and no other, and only those may who
 * review or sign for the unit of the column. No rule brings back what was taken out. The unit is told.
 */
export function removeEntry(base: PublicBase) {
  const ending = endReuse(base);
  return defineCommand(
    'sites.remove-entry',
    (input: RemovalInput) => ({
      kind: 'resource',
      id: input.resourceId,
      details: { columnId: input.columnId, reason: input.reason },
    }),
    async (ctx, { columnId, resourceId, reason }): Promise<null> => {
      const column = await getVisibleColumn(ctx, columnId);
      if (!canFill(ctx.actor, column.unitId)) {
        throw new AppError('forbidden', 'sites.column-out-of-scope', `栏目“${column.name}”不由本单位负责。`);
      }
      const entry = await lockEntry(ctx, column, resourceId);
      await insertRemoval(ctx.db, {
        ...{ columnId, resourceId, reason, unitId: entry.ownerId, title: entry.title },
        byName: ctx.actor.name,
        at: ctx.now,
      });
      const { placement } = entry;
      await keepTree(ctx.db);
      // Whoever put it there: a rule would bring it back in this very act.
      await declineForColumn(
        ctx.db,
        { columnId, resourceId },
        { reason, byName: ctx.actor.name, at: ctx.now },
      );
      if (placement.reuseId !== null) {
        await ending.run(ctx, { reuseId: placement.reuseId, reason });
        return null;
      }
      if (placement.mappingRuleId !== null) {
        await syncListings(ctx, [{ resourceId, firstPublishedAt: entry.firstPublishedAt }]);
        return null;
      }
      await takeOut(ctx, entry, reason);
      return null;
    },
  );
}

interface LockedEntry {
  readonly resourceId: string;
  readonly ownerId: string;
  readonly title: string;
  readonly firstPublishedAt: Date;
  readonly placement: PlacementRow;
  readonly others: readonly PlacementRow[];
}

async function lockEntry(ctx: Ctx, column: ColumnRow, resourceId: string): Promise<LockedEntry> {
  const ownerId = await lockWhatever(ctx.db, resourceId);
  const heading = (await liveHeadings(ctx.db, [resourceId])).get(resourceId);
  // Not locked: the resource is, and whoever moves entries without it holds the tree.
  const listed = await listingsOfResource(ctx.db, resourceId);
  if (ownerId === undefined || !heading || !listed.some((one) => one.columnId === column.id)) {
    throw new AppError('not-found', 'sites.listing-not-found', '栏目里没有这条信息。');
  }
  const placements = await placementsOf(ctx.db, resourceId);
  const placement = placements.find((one) => one.columnId === column.id);
  if (!placement) {
    const message = '这条信息由整个栏目的映射而来，请由运维人员调整映射，或由原单位撤回。';
    throw new AppError('conflict', 'sites.entry-mapped', message);
  }
  if (isOwn(placement) && isInScope(ctx.actor.scope, ownerId)) {
    throw new AppError('conflict', 'sites.entry-own', '这是本单位的信息，请在它的编辑页调整栏目或撤回。');
  }
  const others = placements.filter((one) => isOwn(one) && one !== placement);
  if (isOwn(placement) && others.length === 0 && !canEmpty(ctx.actor, column.unitId)) {
    const message = '这条信息只发布在这个栏目，撤下后公众就看不到了，请由栏目责任单位的审核员或签发人撤下。';
    throw new AppError('forbidden', 'sites.entry-only-place', message);
  }
  const { title, firstPublishedAt } = heading;
  return { resourceId, ownerId, title, firstPublishedAt, placement, others };
}

async function takeOut(ctx: Ctx, entry: LockedEntry, reason: string): Promise<void> {
  const { resourceId, others } = entry;
  if (others.length === 0) {
    await dismissRevision(ctx, resourceId, reason);
    await takeOff(ctx, resourceId, reason);
    return;
  }
  await replacePlacements(
    ctx.db,
    resourceId,
    others.map((one) => one.columnId),
    ctx.now,
  );
  await syncListings(ctx, [{ resourceId, firstPublishedAt: entry.firstPublishedAt }]);
}
