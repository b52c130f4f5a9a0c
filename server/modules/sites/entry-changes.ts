import type { Ctx } from '../../platform/context.ts';
import {
  addressedIn,
  insertListings,
  neighboursAt,
  type RemovedListing,
  takeSequences,
} from './change-listing.queries.ts';
import { columnBlockTag, columnHeadTag, findableTag, neighbourTag } from './events.ts';
import { blockOf, blocksTouchedByGrowth } from './listing.rules.ts';

/** An entry that comes into a column; the column gives it its number. */
export interface NewEntry {
  readonly resourceId: string;
  readonly viaColumnId: string | null;
  readonly listedAt: Date;
}

const rowsAtOnce = 1000;

/** Puts entries on top of a locked column, the last one uppermost, and notes which pages that touches. */
export async function addEntries(
  ctx: Ctx,
  columnId: string,
  entries: readonly NewEntry[],
  tags: Set<string>,
): Promise<void> {
  if (entries.length === 0) return;
  const { before, after } = await takeSequences(ctx.db, columnId, entries.length);
  const rows = entries.map((entry, index) => ({
    ...entry,
    columnId,
    sequence: String(BigInt(before) + BigInt(index) + 1n),
    titleOverride: null,
    pinnedUntil: null,
  }));
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await insertListings(ctx.db, rows.slice(start, start + rowsAtOnce));
  }
  tags.add(columnHeadTag(columnId));
  for (const block of blocksTouchedByGrowth(before, after)) tags.add(columnBlockTag(columnId, block));
  const [first] = rows;
  const around = first ? await neighboursAt(ctx.db, columnId, [first.sequence]) : [];
  const own = await addressedIn(
    ctx.db,
    columnId,
    entries.map((entry) => entry.resourceId),
  );
  for (const id of [...around, ...own]) tags.add(neighbourTag(id));
  // In which columns it is found.
  for (const entry of entries) tags.add(findableTag(entry.resourceId));
}

/** Notes which pages showed entries that have just left their columns. */
export async function noteRemoved(
  ctx: Ctx,
  removed: readonly (RemovedListing & { readonly resourceId: string })[],
  tags: Set<string>,
): Promise<void> {
  for (const [columnId, gone] of Map.groupBy(removed, (one) => one.columnId)) {
    tags.add(columnHeadTag(columnId));
    for (const one of gone) tags.add(columnBlockTag(columnId, blockOf(one.sequence)));
    const around = await neighboursAt(
      ctx.db,
      columnId,
      gone.map((one) => one.sequence),
    );
    const own = await addressedIn(
      ctx.db,
      columnId,
      gone.map((one) => one.resourceId),
    );
    for (const id of [...around, ...own]) tags.add(neighbourTag(id));
    for (const one of gone) tags.add(findableTag(one.resourceId));
  }
}
