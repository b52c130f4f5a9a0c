import type { Ctx } from '../../platform/context.ts';
import {
  addressedIn,
  insertListings,
  neighboursAt,
  type NewListing,
  type PlaceInColumn,
  type RemovedListing,
  takeSequences,
} from './change-listing.queries.ts';
import { columnBlockTag, columnHeadTag, findableTag, neighbourTag } from './events.ts';
import { blockOf, blocksTouchedByGrowth } from './listing.rules.ts';

/** An entry that comes into a column; the column gives it its number. */
export interface NewEntry {
  readonly columnId: string;
  readonly resourceId: string;
  readonly viaColumnId: string | null;
  readonly listedAt: Date;
}

const rowsAtOnce = 1000;

/** Puts entries on top of locked columns, the last one uppermost, and notes which pages that touches. */
export async function addEntries(ctx: Ctx, entries: readonly NewEntry[], tags: Set<string>): Promise<void> {
  if (entries.length === 0) return;
  const ofColumn = Map.groupBy(entries, (entry) => entry.columnId);
  const taken = await takeSequences(
    ctx.db,
    new Map([...ofColumn].map(([columnId, coming]) => [columnId, coming.length])),
  );
  const rows: NewListing[] = [];
  const lowest: PlaceInColumn[] = [];
  for (const [columnId, coming] of ofColumn) {
    const numbers = taken.get(columnId);
    if (!numbers) throw new Error(`there is no column ${columnId}`);
    const { before, last } = numbers;
    coming.forEach((entry, index) => {
      const sequence = String(BigInt(before) + BigInt(index) + 1n);
      rows.push({ ...entry, sequence, titleOverride: null, pinnedUntil: null });
    });
    lowest.push({ columnId, sequence: String(BigInt(before) + 1n) });
    tags.add(columnHeadTag(columnId));
    for (const block of blocksTouchedByGrowth(before, last)) tags.add(columnBlockTag(columnId, block));
  }
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    await insertListings(ctx.db, rows.slice(start, start + rowsAtOnce));
  }
  await tagNeighbours(ctx, lowest, entries, tags);
}

/** Notes which pages showed entries that have just left their columns. */
export async function noteRemoved(
  ctx: Ctx,
  removed: readonly RemovedListing[],
  tags: Set<string>,
): Promise<void> {
  for (const { columnId, sequence } of removed) {
    tags.add(columnHeadTag(columnId)).add(columnBlockTag(columnId, blockOf(sequence)));
  }
  await tagNeighbours(ctx, removed, removed, tags);
}

/** The pages that link to what stands beside them, of those around some places and of the entries themselves. */
async function tagNeighbours(
  ctx: Ctx,
  places: readonly PlaceInColumn[],
  entries: readonly Pick<NewEntry, 'columnId' | 'resourceId'>[],
  tags: Set<string>,
): Promise<void> {
  const around = await neighboursAt(ctx.db, places);
  const own = await addressedIn(ctx.db, entries);
  for (const id of [...around, ...own]) tags.add(neighbourTag(id));
  // In which columns it is found.
  for (const entry of entries) tags.add(findableTag(entry.resourceId));
}
