import { monthsLater } from '../../../contracts/day.ts';
import type { NewOpennessAssessment } from '../../../contracts/openness.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { liveResources } from '../library/index.ts';
import { reassessMonths } from './assessment.queries.ts';
import type { ReviewRow } from './review.queries.ts';
import { endUndisclosed, insertUndisclosed } from './undisclosed.queries.ts';

/**
 * It stays in the library and is not public, until it is looked at again. What citizens see already is not
 * undisclosed: there only the edit was turned down.
 */
export async function keepUndisclosed(
  ctx: Ctx,
  { id, resourceId }: ReviewRow,
  { openMode, reasonKey }: NewOpennessAssessment,
): Promise<void> {
  if ((await liveResources(ctx.db, [resourceId])).has(resourceId)) return;
  if (reasonKey === undefined) throw new Error(`review ${id} withholds without a reason`);
  await endUndisclosed(ctx.db, [resourceId], 'found-anew');
  await insertUndisclosed(ctx.db, {
    reviewId: id,
    resourceId,
    openMode,
    reasonKey,
    foundAt: ctx.now,
    dueOn: monthsLater(dayInChina(ctx.now), await reassessMonths(ctx.db)),
  });
}
