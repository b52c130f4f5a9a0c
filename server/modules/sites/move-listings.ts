import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { deleteListings, setListingOrigin } from './change-listing.queries.ts';
import { tellVisibility } from './column-visibility.ts';
import { columnsShowingEach } from './column.queries.ts';
import { addEntries, noteRemoved } from './entry-changes.ts';
import { listingsOfResources } from './listing.queries.ts';
import { placementsOfEach } from './mapped-placement.queries.ts';

interface Entry {
  readonly columnId: string;
  readonly resourceId: string;
}

interface Missing extends Entry {
  readonly viaColumnId: string | null;
  /** When it was listed first; null for what is listed nowhere yet. */
  readonly listedAt: Date | null;
}

/** What has to come into columns and to leave them, so that resources stand where their placements lead. */
export interface Moves {
  readonly missing: readonly Missing[];
  readonly surplus: readonly Entry[];
  readonly origins: readonly (Entry & { readonly viaColumnId: string | null })[];
  /** The columns whose entries change: to be locked before `makeMoves`. */
  readonly columnIds: readonly string[];
}

/** Of resources that nobody else lists meanwhile: the caller has locked them, and keeps the tree. */
export async function movesFor(db: Db, resourceIds: readonly string[]): Promise<Moves> {
  const placements = Map.groupBy(await placementsOfEach(db, resourceIds), (one) => one.resourceId);
  const listings = Map.groupBy(await listingsOfResources(db, resourceIds), (one) => one.resourceId);
  const placedIn = new Map(
    resourceIds.map((id) => [id, (placements.get(id) ?? []).map((one) => one.columnId).sort()]),
  );
  // Many resources share the same few sets of columns.
  const sets = new Map([...placedIn.values()].map((columnIds) => [columnIds.join(), columnIds]));
  const showing = await columnsShowingEach(db, sets);
  const missing: Missing[] = [];
  const surplus: Entry[] = [];
  const origins: Moves['origins'][number][] = [];
  for (const resourceId of resourceIds) {
    const wanted = showing.get(placedIn.get(resourceId)?.join() ?? '') ?? [];
    const present = new Map((listings.get(resourceId) ?? []).map((one) => [one.columnId, one]));
    const since = Math.min(...[...present.values()].map((one) => one.listedAt.getTime()));
    for (const { columnId, viaColumnId } of wanted) {
      const listing = present.get(columnId);
      if (!listing) {
        const listedAt = Number.isFinite(since) ? new Date(since) : null;
        missing.push({ columnId, resourceId, viaColumnId, listedAt });
      } else if (listing.viaColumnId !== viaColumnId) origins.push({ columnId, resourceId, viaColumnId });
    }
    const wantedIds = new Set(wanted.map((one) => one.columnId));
    for (const columnId of present.keys())
      if (!wantedIds.has(columnId)) surplus.push({ columnId, resourceId });
  }
  const columnIds = [...new Set([...missing, ...surplus].map((one) => one.columnId))];
  return { missing, surplus, origins, columnIds };
}

/** Entries come in the order in which their resources were named, the last one uppermost. */
export async function makeMoves(
  ctx: Ctx,
  moves: Moves,
  tags: Set<string>,
  listedAt: (missing: Missing) => Date,
): Promise<void> {
  for (const { columnId, resourceId, viaColumnId } of moves.origins) {
    await setListingOrigin(ctx.db, columnId, resourceId, viaColumnId);
  }
  await tellVisibility(ctx, moves.columnIds, async () => {
    await noteRemoved(ctx, await deleteListings(ctx.db, moves.surplus), tags);
    await addEntries(
      ctx,
      moves.missing.map((one) => ({ ...one, listedAt: listedAt(one) })),
      tags,
    );
  });
}
