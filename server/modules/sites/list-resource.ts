import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { filesOfResource, filesOfResources, type NamedFile } from '../library/index.ts';
import { articlePath } from './address.rules.ts';
import { alignMapped } from './align-mapped.ts';
import { deleteListings } from './change-listing.queries.ts';
import { tellVisibility } from './column-visibility.ts';
import { columnsById } from './column.queries.ts';
import { noteRemoved } from './entry-changes.ts';
import { fileTag, sitemapBlockTag, sitemapTag, sitesEvents } from './events.ts';
import { keepTree, lockColumns } from './listing-lock.queries.ts';
import {
  type AddressRow,
  addressesOf,
  insertAddresses,
  listingsOfResource,
  sitesOfEmptyParts,
} from './listing.queries.ts';
import { resourcesPerSitemap, sitemapBlockOf } from './listing.rules.ts';
import { makeMoves, movesFor } from './move-listings.ts';
import { placementsOfResources } from './placement.queries.ts';

/** A resource that is live, with the day its address is made of. */
export interface Listed {
  readonly resourceId: string;
  readonly firstPublishedAt: Date;
}

/**
 * Puts live resources into every column that should show them, own, mapped and by rule, and takes them out of those
 * that should not; the last one ends uppermost. Tells the page engine exactly which pages that touches.
 */
export async function syncListings(ctx: Ctx, released: readonly Listed[]): Promise<void> {
  if (released.length === 0) return;
  await keepTree(ctx.db);
  const ids = released.map((one) => one.resourceId);
  await alignMapped(ctx, ids);
  const placed = await placementsOfResources(ctx.db, ids);
  const gifts = released.map((one): AddressGift => {
    const [main] = placed.get(one.resourceId) ?? [];
    if (!main) throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目。');
    return { ...one, columnId: main.columnId };
  });
  const moves = await movesFor(ctx.db, ids);
  await lockColumns(ctx.db, moves.columnIds);
  const tags = await giveAddresses(ctx, gifts);
  await makeMoves(ctx, moves, tags, () => ctx.now);
  const [only] = ids;
  const payload = only !== undefined && ids.length === 1 ? { resourceId: only } : {};
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload });
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

interface AddressGift extends Listed {
  /** The main one, which gives the address. */
  readonly columnId: string;
}

/** Each resource's own address, given once; answers the tags of the pages that list addresses and files. */
async function giveAddresses(ctx: Ctx, gifts: readonly AddressGift[]): Promise<Set<string>> {
  const ids = gifts.map((one) => one.resourceId);
  const known = await addressesOf(ctx.db, ids);
  const columns = new Map(
    (await columnsById(ctx.db, [...new Set(gifts.map((one) => one.columnId))])).map((one) => [one.id, one]),
  );
  const files = await filesOfResources(ctx.db, ids);
  const tags = new Set<string>();
  const given: AddressRow[] = [];
  for (const { resourceId, columnId, firstPublishedAt } of gifts) {
    const column = columns.get(columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    const siteId = known.get(resourceId)?.siteId ?? column.siteId;
    addAddressTags(tags, siteId, resourceId, files.get(resourceId) ?? []);
    if (known.has(resourceId)) continue;
    const path = articlePath(column.path, dayInChina(firstPublishedAt), resourceId);
    given.push({ resourceId, siteId, columnId, path });
  }
  for (const tag of await newSitemapParts(ctx, given)) tags.add(tag);
  await insertAddresses(ctx.db, given);
  return tags;
}

/** The first address in a part of a sitemap makes the part. */
async function newSitemapParts(ctx: Ctx, given: readonly AddressRow[]): Promise<readonly string[]> {
  const parts = new Map(
    given.map(({ siteId, resourceId }) => {
      const block = sitemapBlockOf(resourceId);
      const firstId = block * resourcesPerSitemap;
      return [`${siteId} ${String(block)}`, { siteId, firstId, lastId: firstId + resourcesPerSitemap - 1 }];
    }),
  );
  return (await sitesOfEmptyParts(ctx.db, [...parts.values()])).map(sitemapTag);
}

/** The part of the sitemap, and every file that any version of the resource ever showed. */
function addAddressTags(
  tags: Set<string>,
  siteId: string,
  resourceId: string,
  files: readonly NamedFile[],
): void {
  tags.add(sitemapBlockTag(siteId, sitemapBlockOf(resourceId)));
  for (const file of files) tags.add(fileTag(siteId, file));
}

/** Takes a resource out of every column; its address stays, and says that it was withdrawn. */
export async function removeListings(ctx: Ctx, resourceId: string): Promise<void> {
  await keepTree(ctx.db);
  // What is not public is shown by no rule; published again, it is looked at again.
  await alignMapped(ctx, [resourceId]);
  const columnIds = (await listingsOfResource(ctx.db, resourceId)).map((one) => one.columnId);
  const address = (await addressesOf(ctx.db, [resourceId])).get(resourceId);
  const tags = new Set<string>();
  if (address) addAddressTags(tags, address.siteId, resourceId, await filesOfResource(ctx.db, resourceId));
  await lockColumns(ctx.db, columnIds);
  await tellVisibility(ctx, columnIds, async () => {
    const entries = columnIds.map((columnId) => ({ columnId, resourceId }));
    await noteRemoved(ctx, await deleteListings(ctx.db, entries), tags);
  });
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { resourceId } });
}
