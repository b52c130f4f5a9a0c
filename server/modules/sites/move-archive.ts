import type { Ctx } from '../../platform/context.ts';
import { liveHeadings, supersedeRevision } from '../library/index.ts';
import { columnForArchive } from './import-archive.ts';
import { removeListings, syncListings } from './list-resource.ts';
import { replacePlacements } from './placement.queries.ts';

/** Puts what came from elsewhere into another column; a draft will stand there when it is published. */
export async function moveArchive(ctx: Ctx, resourceId: string, columnId: string): Promise<void> {
  const column = await columnForArchive(ctx, columnId);
  await replacePlacements(ctx.db, resourceId, [column.id], ctx.now);
  const live = (await liveHeadings(ctx.db, [resourceId])).get(resourceId);
  if (live) await syncListings(ctx, [{ resourceId, firstPublishedAt: live.firstPublishedAt }]);
}

/** Takes down what its origin took down, whatever was done to it here: citizens see it no longer. */
export async function removeArchive(ctx: Ctx, resourceId: string, reason: string): Promise<void> {
  if (!(await liveHeadings(ctx.db, [resourceId])).has(resourceId)) return;
  await supersedeRevision(ctx, resourceId, reason);
  await removeListings(ctx, resourceId);
}
