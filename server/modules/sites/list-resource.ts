import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { filesOfResource } from '../library/index.ts';
import { articlePath } from './address.rules.ts';
import { alignMapped } from './align-mapped.ts';
import { deleteListings } from './change-listing.queries.ts';
import { tellVisibility } from './column-visibility.ts';
import { columnById } from './column.queries.ts';
import { noteRemoved } from './entry-changes.ts';
import { fileTag, sitemapBlockTag, sitemapTag, sitesEvents } from './events.ts';
import { keepTree, lockColumns } from './listing-lock.queries.ts';
import { addressesOf, hasAddressBetween, insertAddress, listingsOfResource } from './listing.queries.ts';
import { resourcesPerSitemap, sitemapBlockOf } from './listing.rules.ts';
import { makeMoves, movesFor } from './move-listings.ts';
import { placementsOf } from './placement.queries.ts';

/**
 * Puts a live resource into every column that should show it, own, mapped and by rule, and takes it out of those
 * that should not. Tells the page engine exactly which pages that touches.
 */
export async function syncListings(ctx: Ctx, resourceId: string, firstPublishedAt: Date): Promise<void> {
  await keepTree(ctx.db);
  await alignMapped(ctx, [resourceId]);
  const [main] = await placementsOf(ctx.db, resourceId);
  if (!main) throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目。');
  const moves = await movesFor(ctx.db, [resourceId]);
  await lockColumns(ctx.db, moves.columnIds);
  const tags = await giveAddress(ctx, { resourceId, columnId: main.columnId, firstPublishedAt });
  await makeMoves(ctx, moves, tags, () => ctx.now);
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
}

/**
 * Rules put live resources, which the caller has locked, into columns or take them out: for a person who waits, or many
 * at once and behind everybody's daily work. Answers how many changed their places.
 */
export async function syncMapped(
  ctx: Ctx,
  ids: readonly string[],
  when: 'now' | 'behind' = 'behind',
): Promise<number> {
  await keepTree(ctx.db);
  const changed = await alignMapped(ctx, ids);
  if (changed.length === 0) return 0;
  const moves = await movesFor(ctx.db, changed);
  await lockColumns(ctx.db, moves.columnIds);
  const tags = new Set<string>();
  // What a new rule brings in came when it was published, by which the update rule of the column judges.
  await makeMoves(ctx, moves, tags, ({ listedAt }) => (when === 'now' ? ctx.now : (listedAt ?? ctx.now)));
  const priority = when === 'now' ? 0 : 1;
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: {}, priority });
  return changed.length;
}

interface AddressGift {
  readonly resourceId: string;
  readonly columnId: string;
  readonly firstPublishedAt: Date;
}

/** The resource's own address, given once; answers the tags of the pages that list addresses and files. */
async function giveAddress(
  ctx: Ctx,
  { resourceId, columnId, firstPublishedAt }: AddressGift,
): Promise<Set<string>> {
  const known = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  const column = await columnById(ctx.db, columnId);
  if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
  const siteId = known?.siteId ?? column.siteId;
  const tags = await tagsOfAddress(ctx, siteId, resourceId);
  if (known) return tags;
  const first = sitemapBlockOf(resourceId) * resourcesPerSitemap;
  if (!(await hasAddressBetween(ctx.db, siteId, first, first + resourcesPerSitemap - 1))) {
    tags.add(sitemapTag(siteId));
  }
  const path = articlePath(column.path, dayInChina(firstPublishedAt), resourceId);
  await insertAddress(ctx.db, { resourceId, siteId, columnId, path });
  return tags;
}

/** The part of the sitemap, and every file that any version of the resource ever showed. */
async function tagsOfAddress(ctx: Ctx, siteId: string, resourceId: string): Promise<Set<string>> {
  const files = await filesOfResource(ctx.db, resourceId);
  return new Set([
    sitemapBlockTag(siteId, sitemapBlockOf(resourceId)),
    ...files.map((file) => fileTag(siteId, file)),
  ]);
}

/** Takes a resource out of every column; its address stays, and says that it was withdrawn. */
export async function removeListings(ctx: Ctx, resourceId: string): Promise<void> {
  await keepTree(ctx.db);
  // What is not public is shown by no rule; published again, it is looked at again.
  await alignMapped(ctx, [resourceId]);
  const columnIds = (await listingsOfResource(ctx.db, resourceId)).map((one) => one.columnId);
  const address = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  const tags = address ? await tagsOfAddress(ctx, address.siteId, resourceId) : new Set<string>();
  await lockColumns(ctx.db, columnIds);
  await tellVisibility(ctx, columnIds, async () => {
    const entries = columnIds.map((columnId) => ({ columnId, resourceId }));
    await noteRemoved(ctx, await deleteListings(ctx.db, entries), tags);
  });
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
}
