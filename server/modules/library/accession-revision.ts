import { formatIndexNumber } from '../../../contracts/index-number.ts';
import { yearInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { updateResource } from './change-resource.queries.ts';
import { libraryEvents, resourceTag } from './events.ts';
import { lockResource } from './find-resource.ts';
import { insertIndexNumber, takeSerials } from './index-number.queries.ts';
import { requireSoundFiles } from './require-sound-files.ts';
import { requireDeed, requireSchedule, stateOf } from './resource.rules.ts';
import { type ResourceRow, revisionById } from './resource.queries.ts';

/** `held`: it goes out together with others. */
export type AccessionOutcome =
  { outcome: 'due' } | { outcome: 'held' } | { outcome: 'scheduled'; releaseAt: Date };

/**
 * 入库: the signed revision enters the library. The resource gets its index number the first time and keeps
 * it for ever. Says whether the revision is to be released now or waits for its hour.
 */
export async function accessionRevision(
  ctx: Ctx,
  resourceId: string,
  revisionId: string,
): Promise<AccessionOutcome> {
  const row = await lockResource(ctx, resourceId);
  requireDeed(stateOf(row), 'sign');
  if (row.takenDown) {
    const message = '信息在送审之后被下架，这次审核不能签发：请退回，按下架的理由改正后重新提交审核。';
    throw new AppError('conflict', 'library.taken-down', message);
  }
  requireSchedule(row.releaseAt, row.expireAt, ctx.now);
  const revision = await revisionById(ctx.db, revisionId);
  if (revision?.resourceId !== resourceId) {
    throw new Error(`revision ${revisionId} is not one of resource ${resourceId}`);
  }
  await requireSoundFiles(ctx, revisionId, 'publish');
  const indexNumber = row.indexNumber ?? (await giveIndexNumber(ctx, row));
  await updateResource(ctx.db, row, ctx.now, {
    stage: 'scheduled',
    signed_revision_id: revisionId,
    index_number: indexNumber,
  });
  await ctx.announce({
    name: libraryEvents.accessioned,
    tags: [resourceTag(resourceId)],
    payload: { resourceId, revisionId },
  });
  if (row.releaseHeld) return { outcome: 'held' };
  if (row.releaseAt === null || row.releaseAt <= ctx.now) return { outcome: 'due' };
  return { outcome: 'scheduled', releaseAt: row.releaseAt };
}

async function giveIndexNumber(ctx: Ctx, row: ResourceRow): Promise<string> {
  const unit = (await unitsById(ctx.db, [row.unitId])).get(row.unitId);
  if (!unit) throw new Error(`unit ${row.unitId} of resource ${row.id} does not exist`);
  const year = yearInChina(ctx.now);
  const serial = await takeSerials(ctx.db, row.unitId, year, 1);
  const indexNumber = formatIndexNumber(unit.indexNumberTemplate, { ...unit, year, serial });
  await insertIndexNumber(
    ctx.db,
    { indexNumber, unitId: row.unitId, year, serial, resourceId: row.id },
    ctx.now,
  );
  return indexNumber;
}
