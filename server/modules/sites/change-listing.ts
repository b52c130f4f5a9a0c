import type { ListingChange } from '../../../contracts/sites.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { columnForUpdate } from './column.queries.ts';
import { columnBlockTag, columnHeadTag, neighbourTag, sitesEvents } from './events.ts';
import { listingOf, resourcesAround, takeSequences } from './listing.queries.ts';
import { blockOf, blocksTouchedByGrowth } from './listing.rules.ts';
import { canConfigure, canFill } from './sites.policy.ts';

export interface ListingChangeInput extends ListingChange {
  readonly columnId: string;
  readonly resourceId: string;
}

/** Pins, retitles or lifts one entry of a column, for the column's own unit. */
export const changeListing = defineCommand(
  'sites.change-listing',
  (input: ListingChangeInput) => ({
    kind: 'listing',
    id: `${input.columnId}/${input.resourceId}`,
    details: { pinnedUntil: input.pinnedUntil ?? null, moved: input.moveToTop ?? false },
  }),
  async (ctx, input): Promise<void> => {
    const column = await columnForUpdate(ctx.db, input.columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    if (!canFill(ctx.actor, column.unitId) && !canConfigure(ctx.actor)) {
      throw new AppError('forbidden', 'sites.column-out-of-scope', '这个栏目不由本单位负责。');
    }
    const listing = await listingOf(ctx.db, input.columnId, input.resourceId);
    if (!listing) throw new AppError('not-found', 'sites.listing-not-found', '栏目里没有这条信息。');
    const tags = new Set([columnHeadTag(column.id), columnBlockTag(column.id, blockOf(listing.sequence))]);
    let { sequence } = listing;
    if (input.moveToTop) {
      for (const id of await resourcesAround(ctx.db, column.id, listing.sequence)) tags.add(neighbourTag(id));
      const { before, after } = await takeSequences(ctx.db, column.id, 1);
      sequence = after;
      for (const block of blocksTouchedByGrowth(before, after)) tags.add(columnBlockTag(column.id, block));
      tags.add(neighbourTag(input.resourceId));
    }
    await ctx.db
      .updateTable('sites.listing')
      .set({
        sequence,
        pinned_until:
          input.pinnedUntil === undefined
            ? listing.pinnedUntil
            : input.pinnedUntil === null
              ? null
              : new Date(input.pinnedUntil),
        title_override: input.titleOverride === undefined ? listing.titleOverride : input.titleOverride,
      })
      .where('column_id', '=', column.id)
      .where('resource_id', '=', input.resourceId)
      .execute();
    if (input.moveToTop) {
      for (const id of await resourcesAround(ctx.db, column.id, sequence)) tags.add(neighbourTag(id));
    }
    await ctx.announce({
      name: sitesEvents.listingsChanged,
      tags: [...tags],
      payload: { columnId: column.id, resourceId: input.resourceId },
    });
  },
);

/** Pins whose time is over are ended by the due clock. */
export const endDuePins = defineCommand(
  'sites.end-due-pins',
  (_input: undefined) => ({ kind: 'listing', id: null }),
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
