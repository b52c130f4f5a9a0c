import type { Ctx } from '../../platform/context.ts';
import { setHeld } from './change-resource.queries.ts';
import { lockResources } from './find-resource.ts';
import { type ResourceRow, resourcesForUpdate } from './resource.queries.ts';
import { readyAmong } from './work.queries.ts';

/** From now on somebody else says when these go out; their own hours of release are forgotten. Answers them. */
export async function holdReleases(
  ctx: Ctx,
  resourceIds: readonly string[],
): Promise<readonly ResourceRow[]> {
  const rows = await lockResources(ctx, resourceIds);
  await setHeld(ctx.db, resourceIds, true);
  return rows;
}

/** They go by their own hours again, those too that became another unit's meanwhile. */
export async function letGo(ctx: Ctx, resourceIds: readonly string[]): Promise<void> {
  await resourcesForUpdate(ctx.db, { kind: 'all' }, resourceIds);
  await setHeld(ctx.db, resourceIds, false);
}

/** Locks the resources and answers them when all can go out (`readyAmong`). */
export async function readyTogether(
  ctx: Ctx,
  resourceIds: readonly string[],
): Promise<readonly ResourceRow[] | undefined> {
  const rows = await lockResources(ctx, resourceIds);
  const ready = await readyAmong(ctx.db, resourceIds, ctx.now);
  return rows.every((row) => ready.has(row.id)) ? rows : undefined;
}
