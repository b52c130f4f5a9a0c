import type { Resource, Schedule } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { updateResource } from './change-resource.queries.ts';
import { getResource, lockResource, requireEditor, requireVersion } from './find-resource.ts';
import { presentResource } from './resource.presenter.ts';
import { requireDeed, requireSchedule, stateOf } from './resource.rules.ts';

export interface ScheduleInput extends Schedule {
  readonly resourceId: string;
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
    requireEditor(ctx, row.unitId);
    requireDeed(stateOf(row), 'schedule');
    await requireVersion(ctx, row, input.expectedVersion);
    const releaseAt = input.releaseAt === null ? null : new Date(input.releaseAt);
    const expireAt = input.expireAt === null ? null : new Date(input.expireAt);
    requireSchedule(releaseAt, expireAt, ctx.now);
    await updateResource(ctx.db, row, ctx.now, { release_at: releaseAt, expire_at: expireAt });
    return presentResource(ctx.db, ctx.actor, await getResource(ctx, row.id));
  },
);
