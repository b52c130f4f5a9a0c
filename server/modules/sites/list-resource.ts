import type { Ctx } from '../../platform/context.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { AppError } from '../../platform/errors.ts';
import { assetIdsOfResource } from '../library/index.ts';
import { articlePath } from './address.rules.ts';
import { type ColumnRow, columnsById, columnsShowing, filledColumns } from './column.queries.ts';
import {
  columnBlockTag,
  columnHeadTag,
  fileTag,
  neighbourTag,
  sitemapBlockTag,
  sitemapTag,
  sitesEvents,
  siteTag,
} from './events.ts';
import {
  addressesBetween,
  addressesOf,
  deleteListings,
  insertAddress,
  insertListings,
  listingsOfResource,
  resourcesAround,
  takeSequences,
} from './listing.queries.ts';
import { blockOf, blocksTouchedByGrowth, resourcesPerSitemap, sitemapBlockOf } from './listing.rules.ts';
import { type PlacementRow, placementsOf } from './placement.queries.ts';

/** Everybody who lists takes columns in the same order, so that two publications never wait for each other. */
const inOrder = (a: { readonly columnId: string }, b: { readonly columnId: string }): number =>
  Number(BigInt(a.columnId) - BigInt(b.columnId));

/**
 * Puts a live resource into every column that should show it, own and mapped, and takes it out of those
 * that should not. Tells the page engine exactly which pages that touches.
 */
export async function syncListings(ctx: Ctx, resourceId: string, firstPublishedAt: Date): Promise<void> {
  const placements = await placementsOf(ctx.db, resourceId);
  const main = placements[0];
  if (!main) throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目。');
  const tags = new Set<string>();
  await giveAddress(ctx, resourceId, main, firstPublishedAt, tags);
  const wanted = [...(await columnsShowing(ctx.db, placements.map((one) => one.columnId)))].sort(inOrder);
  const present = await listingsOfResource(ctx.db, resourceId);
  const wantedIds = new Set(wanted.map((one) => one.columnId));
  const presentIds = new Set(present.map((one) => one.columnId));
  const surplus = present.filter((one) => !wantedIds.has(one.columnId)).map((one) => one.columnId);
  if (surplus.length > 0) await unlist(ctx, resourceId, surplus, tags);
  const missing = wanted.filter((one) => !presentIds.has(one.columnId));
  const wasFilled = await filledColumns(ctx.db, missing.map((one) => one.columnId));
  for (const target of missing) {
    const placement = placements.find((one) => one.columnId === target.columnId);
    const { before, after } = await takeSequences(ctx.db, target.columnId, 1);
    await insertListings(ctx.db, [
      {
        columnId: target.columnId,
        sequence: after,
        resourceId,
        viaColumnId: target.viaColumnId,
        titleOverride: placement?.titleOverride ?? null,
        pinnedUntil: placement?.pinnedUntil ?? null,
        listedAt: ctx.now,
      },
    ]);
    tags.add(columnHeadTag(target.columnId));
    for (const block of blocksTouchedByGrowth(before, after)) tags.add(columnBlockTag(target.columnId, block));
    for (const id of await resourcesAround(ctx.db, target.columnId, after)) tags.add(neighbourTag(id));
  }
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
  await announceFirstEntries(ctx, missing.map((one) => one.columnId).filter((id) => !wasFilled.has(id)));
}

async function giveAddress(
  ctx: Ctx,
  resourceId: string,
  main: PlacementRow,
  firstPublishedAt: Date,
  tags: Set<string>,
): Promise<void> {
  const known = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  const [column] = await columnsById(ctx.db, [main.columnId]);
  if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
  const siteId = known?.siteId ?? column.siteId;
  const block = sitemapBlockOf(resourceId);
  tags.add(sitemapBlockTag(siteId, block));
  for (const assetId of await assetIdsOfResource(ctx.db, resourceId)) tags.add(fileTag(siteId, assetId));
  if (known) return;
  const first = block * resourcesPerSitemap;
  const others = await addressesBetween(ctx.db, siteId, first, first + resourcesPerSitemap - 1);
  if (others.length === 0) tags.add(sitemapTag(siteId));
  await insertAddress(ctx.db, {
    resourceId,
    siteId,
    columnId: column.id,
    path: articlePath(column.path, dayInChina(firstPublishedAt), resourceId),
  });
}

/** A column that was empty appears in the navigation of its site: every page there shows it. */
async function announceFirstEntries(ctx: Ctx, columnIds: readonly string[]): Promise<void> {
  const columns = (await columnsById(ctx.db, columnIds)).filter((column: ColumnRow) => column.hiddenWhenEmpty);
  if (columns.length === 0) return;
  const tags = [...new Set(columns.map((column) => siteTag(column.siteId)))];
  await ctx.announce({ name: sitesEvents.siteChanged, tags, payload: {}, priority: 1 });
}

async function unlist(
  ctx: Ctx,
  resourceId: string,
  columnIds: readonly string[] | undefined,
  tags: Set<string>,
): Promise<void> {
  for (const gone of await deleteListings(ctx.db, resourceId, columnIds)) {
    tags.add(columnHeadTag(gone.columnId));
    tags.add(columnBlockTag(gone.columnId, blockOf(gone.sequence)));
    for (const id of await resourcesAround(ctx.db, gone.columnId, gone.sequence)) tags.add(neighbourTag(id));
  }
}

/** Takes a resource out of every column; its address stays, and says that it was withdrawn. */
export async function removeListings(ctx: Ctx, resourceId: string): Promise<void> {
  const tags = new Set<string>();
  await unlist(ctx, resourceId, undefined, tags);
  const address = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  if (address) {
    tags.add(sitemapBlockTag(address.siteId, sitemapBlockOf(resourceId)));
    for (const assetId of await assetIdsOfResource(ctx.db, resourceId)) tags.add(fileTag(address.siteId, assetId));
  }
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
}
