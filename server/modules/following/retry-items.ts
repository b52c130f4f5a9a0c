import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireFollower } from './following.policy.ts';
import { subscriptionNotFound } from './keep-subscriptions.ts';
import { makeItemsDue, setRefusedAside } from './set-aside.queries.ts';
import { subscriptionForUpdate, writeWait } from './subscription.queries.ts';

export interface ItemsRetry {
  readonly subscriptionId: string;
  /** Null: all that is set aside. */
  readonly sourceId: string | null;
}

/** Somebody has looked, and wants it tried again without waiting. */
export const retryItems = defineCommand(
  'following.retry-items',
  ({ subscriptionId, sourceId }: ItemsRetry) => ({
    kind: 'subscription',
    id: subscriptionId,
    details: { source: sourceId ?? 'all' },
  }),
  async (ctx, { subscriptionId, sourceId }): Promise<{ readonly due: number }> => {
    requireFollower(ctx.actor);
    // Whoever writes what came holds this lock, too: nothing is made due that was taken meanwhile.
    const row = await subscriptionForUpdate(ctx.db, subscriptionId);
    if (!row) throw subscriptionNotFound();
    if (row.state !== 'active') {
      throw new AppError('conflict', 'following.state-forbids', '订阅没有在同步，请先继续同步再重试。');
    }
    const due =
      (await makeItemsDue(ctx.db, row.id, sourceId, ctx.now)) +
      (sourceId === null ? 0 : await setRefusedAside(ctx.db, row.id, sourceId, ctx.now));
    if (due === 0) {
      throw new AppError('conflict', 'following.nothing-to-retry', '没有可以重试的信息，可能刚刚已经收到。');
    }
    await writeWait(ctx.db, row.id, ctx.now);
    return { due };
  },
);
