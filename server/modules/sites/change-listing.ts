import type { ListingChange } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { neighboursAt, renumberListing, takeSequences, updateListing } from './change-listing.queries.ts';
import type { ColumnRow } from './column.queries.ts';
import { columnBlockTag, columnHeadTag, neighbourTag, sitesEvents } from './events.ts';
import { getVisibleColumn } from './find-column.ts';
import { lockColumns } from './listing-lock.queries.ts';
import { listingOf, type ListingRow } from './listing.queries.ts';
import { blockOf, blocksTouchedByGrowth } from './listing.rules.ts';
import { canConfigure, canFill, canRetitle } from './sites.policy.ts';

export interface ListingChangeInput extends ListingChange {
  readonly columnId: string;
  readonly resourceId: string;
}

/** How an entry stood before it was changed. */
export type FormerListing = Pick<ListingRow, 'titleOverride'>;

/** Pins, retitles or lifts one entry of a column, for the column's own unit. */
export const changeListing = defineCommand(
  'sites.change-listing',
  (input: ListingChangeInput, former: FormerListing | undefined) => ({
    kind: 'listing',
    id: `${input.columnId}/${input.resourceId}`,
    details: {
      pinnedUntil: input.pinnedUntil ?? null,
      moved: input.moveToTop ?? false,
      // What citizens read under somebody's responsibility: both wordings stay on record.
      ...(former && input.titleOverride !== undefined
        ? { titleOverride: { from: former.titleOverride, to: input.titleOverride } }
        : {}),
    },
  }),
  async (ctx, input): Promise<FormerListing> => {
    const column = await requireFillableColumn(ctx, input.columnId);
    if (typeof input.titleOverride === 'string') requireRetitler(ctx, column);
    await lockColumns(ctx.db, [column.id]);
    const listing = await listingOf(ctx.db, column.id, input.resourceId);
    if (!listing) throw new AppError('not-found', 'sites.listing-not-found', '栏目里没有这条信息。');
    const tags = new Set([columnHeadTag(column.id), columnBlockTag(column.id, blockOf(listing.sequence))]);
    await updateListing(ctx.db, listing, {
      pinnedUntil: input.pinnedUntil == null ? input.pinnedUntil : new Date(input.pinnedUntil),
      titleOverride: input.titleOverride,
    });
    if (input.moveToTop) await moveToTop(ctx, listing, tags);
    await ctx.announce({
      name: sitesEvents.listingsChanged,
      tags: [...tags],
      payload: { columnId: column.id, resourceId: input.resourceId },
    });
    return listing;
  },
);

async function requireFillableColumn(ctx: Ctx, columnId: string): Promise<ColumnRow> {
  const column = await getVisibleColumn(ctx, columnId);
  if (canFill(ctx.actor, column.unitId) || canConfigure(ctx.actor)) return column;
  throw new AppError('forbidden', 'sites.column-out-of-scope', '这个栏目不由本单位负责。');
}

function requireRetitler(ctx: Ctx, column: ColumnRow): void {
  if (canRetitle(ctx.actor, column.unitId)) return;
  throw new AppError('forbidden', 'sites.principal-required', '栏目中显示的标题只能由本单位签发人改写。');
}

/** The entry leaves its place, which nobody takes, and stands before all others. */
async function moveToTop(ctx: Ctx, listing: ListingRow, tags: Set<string>): Promise<void> {
  const { columnId, resourceId, sequence } = listing;
  const left = await neighboursAt(ctx.db, [{ columnId, sequence }]);
  const taken = (await takeSequences(ctx.db, new Map([[columnId, 1]]))).get(columnId);
  if (!taken) throw new Error(`there is no column ${columnId}`);
  for (const block of blocksTouchedByGrowth(taken.before, taken.last)) {
    tags.add(columnBlockTag(columnId, block));
  }
  await renumberListing(ctx.db, listing, taken.last);
  const met = await neighboursAt(ctx.db, [{ columnId, sequence: taken.last }]);
  for (const id of [...left, ...met]) tags.add(neighbourTag(id));
  tags.add(neighbourTag(resourceId));
}

/** Pins whose time is over are ended by the due clock. */
export const endDuePins = defineCommand(
  'sites.end-due-pins',
  () => ({ kind: 'listing', id: null }),
  async (ctx): Promise<number> => {
    const ended = await ctx.db
      .updateTable('sites.listing')
      .set({ pinned_until: null })
      .where('pinned_until', '<=', ctx.now)
      .returning('column_id')
      .execute();
    if (ended.length > 0) {
      const tags = [...new Set(ended.map((row) => columnHeadTag(row.column_id)))];
      await ctx.announce({ name: sitesEvents.listingsChanged, tags, payload: {} });
    }
    return ended.length;
  },
);
