import { openToAll } from '../../../contracts/library.ts';
import type { Ctx } from '../../platform/context.ts';
import { openToAllAmong } from '../library/index.ts';
import { columnsById } from './column.queries.ts';
import { reusedTag, sitesEvents } from './events.ts';
import { keepTree } from './listing-lock.queries.ts';
import { deleteReusePlacement } from './placement.queries.ts';
import { closeReuse, standingReuses } from './reuse.queries.ts';
import { offeredAmong, withdrawOffers } from './submission.queries.ts';

const reason = `原单位改变了公开方式，这条信息不再是“${openToAll}”。`;

/**
 * A text that was released again and is not open to all any more is shown by nobody else: ends what other units show of
 * these live resources, or would by what is offered to them, in the act that changed them. Answers whose listings have to follow.
 */
export async function endUnreusable(ctx: Ctx, resourceIds: readonly string[]): Promise<readonly string[]> {
  const standing = await standingReuses(ctx.db, resourceIds);
  const offered = await offeredAmong(ctx.db, resourceIds);
  if (standing.length + offered.length === 0) return [];
  const open = await openToAllAmong(ctx.db, [
    ...new Set([...standing.map((one) => one.resourceId), ...offered]),
  ]);
  await withdrawOffers(
    ctx.db,
    offered.filter((id) => !open.has(id)),
    { at: ctx.now, byName: ctx.actor.name, reason },
  );
  const ending = standing.filter((one) => !open.has(one.resourceId));
  if (ending.length === 0) return [];
  await keepTree(ctx.db);
  for (const reuse of ending) {
    await closeReuse(ctx.db, reuse.id, { at: ctx.now, byName: ctx.actor.name, reason });
    await deleteReusePlacement(ctx.db, reuse);
  }
  const columns = await columnsById(ctx.db, [...new Set(ending.map((one) => one.columnId))]);
  const siteOf = new Map(columns.map((column) => [column.id, column.siteId]));
  await ctx.announce({
    name: sitesEvents.reuseChanged,
    tags: ending.map(({ columnId, resourceId }) => reusedTag(siteOf.get(columnId) ?? '0', resourceId)),
    payload: {},
  });
  return [...new Set(ending.map((one) => one.resourceId))];
}
