import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { filesOfResource } from '../library/index.ts';
import { articlePath } from './address.rules.ts';
import { deleteListings, setListingOrigin } from './change-listing.queries.ts';
import { tellVisibility } from './column-visibility.ts';
import { columnById, columnsShowing } from './column.queries.ts';
import { addEntries, noteRemoved } from './entry-changes.ts';
import { fileTag, sitemapBlockTag, sitemapTag, sitesEvents } from './events.ts';
import { keepTree, lockColumns } from './listing-lock.queries.ts';
import { addressesOf, hasAddressBetween, insertAddress, listingsOfResource } from './listing.queries.ts';
import { resourcesPerSitemap, sitemapBlockOf } from './listing.rules.ts';
import { placementsOf } from './placement.queries.ts';

/**
 * Puts a live resource into every column that should show it, own and mapped, and takes it out of those
 * that should not. Tells the page engine exactly which pages that touches.
 */
export async function syncListings(ctx: Ctx, resourceId: string, firstPublishedAt: Date): Promise<void> {
  await keepTree(ctx.db);
  const placements = await placementsOf(ctx.db, resourceId);
  const [main] = placements;
  if (!main) throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目。');
  const wanted = await columnsShowing(
    ctx.db,
    placements.map((one) => one.columnId),
  );
  const present = new Map(
    (await listingsOfResource(ctx.db, resourceId)).map((one) => [one.columnId, one.viaColumnId]),
  );
  const wantedIds = new Set(wanted.map((one) => one.columnId));
  const surplus = [...present.keys()].filter((id) => !wantedIds.has(id));
  const missing = wanted.filter((one) => !present.has(one.columnId));
  const touched = [...surplus, ...missing.map((one) => one.columnId)];
  await lockColumns(ctx.db, touched);
  const tags = await giveAddress(ctx, { resourceId, columnId: main.columnId, firstPublishedAt });
  for (const one of wanted) {
    if (!present.has(one.columnId) || present.get(one.columnId) === one.viaColumnId) continue;
    await setListingOrigin(ctx.db, one.columnId, resourceId, one.viaColumnId);
  }
  await tellVisibility(ctx, touched, async () => {
    await unlist(ctx, resourceId, surplus, tags);
    for (const { columnId, viaColumnId } of missing) {
      await addEntries(ctx, columnId, [{ resourceId, viaColumnId, listedAt: ctx.now }], tags);
    }
  });
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
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

async function unlist(
  ctx: Ctx,
  resourceId: string,
  columnIds: readonly string[],
  tags: Set<string>,
): Promise<void> {
  const removed = await deleteListings(ctx.db, resourceId, columnIds);
  await noteRemoved(
    ctx,
    removed.map((one) => ({ ...one, resourceId })),
    tags,
  );
}

/** Takes a resource out of every column; its address stays, and says that it was withdrawn. */
export async function removeListings(ctx: Ctx, resourceId: string): Promise<void> {
  await keepTree(ctx.db);
  const columnIds = (await listingsOfResource(ctx.db, resourceId)).map((one) => one.columnId);
  const address = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  const tags = address ? await tagsOfAddress(ctx, address.siteId, resourceId) : new Set<string>();
  await lockColumns(ctx.db, columnIds);
  await tellVisibility(ctx, columnIds, () => unlist(ctx, resourceId, columnIds, tags));
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
}
