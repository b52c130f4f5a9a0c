import type { Resource, Schedule } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { updateResource } from './change-resource.queries.ts';
import { getResource, lockResource, requireEditor, requireVersion } from './find-resource.ts';
import { canWithdraw } from './resource.policy.ts';
import { presentResource } from './resource.presenter.ts';
import type { ResourceRow } from './resource.queries.ts';
import { requireDeed, requireSchedule, stateOf } from './resource.rules.ts';

export interface ScheduleInput extends Schedule {
  readonly resourceId: string;
}

interface Hours {
  readonly releaseAt: Date | null;
  readonly expireAt: Date | null;
}

/** Sets the hours of release and expiry. They are columns that a due query reads, never timers. */
export const scheduleResource = defineCommand(
  'library.schedule-resource',
  (input: ScheduleInput) => ({
    kind: 'resource',
    id: input.resourceId,
    details: { releaseAt: input.releaseAt, expireAt: input.expireAt },
  }),
  async (ctx, input): Promise<Resource> => {
    const row = await lockResource(ctx, input.resourceId);
    const hours: Hours = {
      releaseAt: input.releaseAt === null ? null : new Date(input.releaseAt),
      expireAt: input.expireAt === null ? null : new Date(input.expireAt),
    };
    requireScheduler(ctx, row, hours);
    requireDeed(stateOf(row), 'schedule');
    if (row.releaseHeld && hours.releaseAt !== null) {
      const message = '这条信息在联合发布计划中，发布时间请到计划里改。';
      throw new AppError('conflict', 'library.release-held', message);
    }
    await requireVersion(ctx, row, input.expectedVersion);
    requireSchedule(hours.releaseAt, hours.expireAt, ctx.now);
    await updateResource(ctx.db, row, ctx.now, { release_at: hours.releaseAt, expire_at: hours.expireAt });
    return presentResource(ctx, await getResource(ctx, row.id));
  },
);

/**
 * Hours belong to the editor. The end of something that is public is a withdrawal with an hour, and belongs to
 * those who may withdraw: nobody takes anything from the public alone.
 */
function requireScheduler(ctx: Ctx, row: ResourceRow, hours: Hours): void {
  const mayWithdraw = canWithdraw(ctx.actor, row.unitId);
  if (row.liveRevisionId !== null && !isSameInstant(row.expireAt, hours.expireAt) && !mayWithdraw) {
    const message = '已发布信息的到期时间由本单位的审核员或签发人设定。';
    throw new AppError('forbidden', 'library.unit-not-writable', message);
  }
  const onlyExpiry = row.liveRevisionId !== null && isSameInstant(row.releaseAt, hours.releaseAt);
  if (!(mayWithdraw && onlyExpiry)) requireEditor(ctx, row.unitId);
}

function isSameInstant(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}
