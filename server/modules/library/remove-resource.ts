import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { type ResourceChange, updateResource } from './change-resource.queries.ts';
import { libraryEvents, namedTag, resourceTag } from './events.ts';
import { lockResource, requireVersion } from './find-resource.ts';
import { relatedTo } from './relation.queries.ts';
import { canTakeDown, canWithdraw } from './resource.policy.ts';
import { resourceForUpdate, type ResourceRow } from './resource.queries.ts';
import { requireDeed, stateOf } from './resource.rules.ts';

export interface WithdrawalInput {
  readonly resourceId: string;
  readonly expectedVersion: number;
  readonly reason: string;
}

/** Takes a resource from the public: nothing refers to it any more, what it was stays in the library. */
export async function withdrawRevision(ctx: Ctx, input: WithdrawalInput): Promise<void> {
  const row = await lockResource(ctx, input.resourceId);
  if (!canWithdraw(ctx.actor, row.unitId)) {
    throw new AppError('forbidden', 'library.unit-not-writable', '只有本单位的审核员或签发人可以撤回。');
  }
  requireDeed(stateOf(row), 'withdraw');
  await requireVersion(ctx, row, input.expectedVersion);
  await removeFromAll(ctx, row, input.reason, {});
}

/** By order of the digital centre: at once, and only a review that begins after it brings the resource back. */
export async function takeDownRevision(ctx: Ctx, input: WithdrawalInput): Promise<ResourceRow> {
  const row = await lockResource(ctx, input.resourceId);
  if (!canTakeDown(ctx.actor)) {
    throw new AppError('forbidden', 'library.operator-required', '只有运维人员可以下架信息。');
  }
  requireDeed(stateOf(row), 'withdraw');
  await requireVersion(ctx, row, input.expectedVersion);
  await removeFromAll(ctx, row, input.reason, { taken_down: true });
  return row;
}

/**
 * Whoever answers for the only place where it stands takes it out there: as if its own unit had withdrawn it. The caller
 * asked for the right.
 */
export async function dismissRevision(ctx: Ctx, resourceId: string, reason: string): Promise<void> {
  const row = await resourceForUpdate(ctx.db, { kind: 'all' }, resourceId);
  if (row) await removeFromAll(ctx, row, reason, {});
}

async function removeFromAll(
  ctx: Ctx,
  row: ResourceRow,
  given: string,
  change: Pick<ResourceChange, 'taken_down'>,
): Promise<void> {
  const reason = given.trim();
  if (reason === '') throw new AppError('invalid', 'library.reason-missing', '请写明撤回原因。');
  await updateResource(ctx.db, row, ctx.now, {
    // A review that runs goes on with its own revision; its sign-off would publish anew.
    stage: row.stage === 'in-review' ? 'in-review' : 'withdrawn',
    live_revision_id: null,
    signed_revision_id: null,
    withdrawn_at: ctx.now,
    withdrawal_reason: reason,
    ...change,
  });
  await announceRemoval(ctx, row.id);
}

/** The hour of expiry has come; false when it has not, because somebody changed it meanwhile. */
export async function expireRevision(ctx: Ctx, resourceId: string): Promise<boolean> {
  const row = await lockResource(ctx, resourceId);
  if (row.liveRevisionId === null || row.expireAt === null || row.expireAt > ctx.now) return false;
  await updateResource(ctx.db, row, ctx.now, {
    stage: row.stage === 'live' ? 'expired' : row.stage,
    live_revision_id: null,
    expire_at: null,
    withdrawn_at: ctx.now,
    withdrawal_reason: '已到期',
  });
  await announceRemoval(ctx, resourceId);
  return true;
}

/**
 * Another resource takes the place that only one can have. The one that held it may be anybody's by now, so this asks
 * for no right: whoever releases the other one was asked.
 */
export async function supersedeRevision(ctx: Ctx, resourceId: string, reason: string): Promise<void> {
  const row = await resourceForUpdate(ctx.db, { kind: 'all' }, resourceId);
  if (!row || row.liveRevisionId === null) return;
  await updateResource(ctx.db, row, ctx.now, {
    stage: row.stage === 'live' ? 'withdrawn' : row.stage,
    live_revision_id: null,
    withdrawn_at: ctx.now,
    withdrawal_reason: reason,
  });
  await announceRemoval(ctx, resourceId);
}

async function announceRemoval(ctx: Ctx, resourceId: string): Promise<void> {
  const named = await relatedTo(ctx.db, resourceId);
  await ctx.announce({
    name: libraryEvents.removed,
    tags: [resourceTag(resourceId), ...named.map(namedTag)],
    payload: { resourceId },
  });
}
