import type { LikenessPair } from '../../../contracts/library.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { insertDismissal } from './likeness.queries.ts';
import { canEdit } from './resource.policy.ts';
import { resourceInScope } from './resource.queries.ts';

/** Who may see both and writes one of them knows whether they are one text twice. */
export const dismissLikeness = defineCommand(
  'library.dismiss-likeness',
  ({ oneId, otherId }: LikenessPair) => ({ kind: 'resource', id: oneId, details: { otherId } }),
  async (ctx, { oneId, otherId }): Promise<null> => {
    const [one, other] = [
      await resourceInScope(ctx.db, ctx.actor.scope, oneId),
      await resourceInScope(ctx.db, ctx.actor.scope, otherId),
    ];
    if (!one || !other || one.id === other.id) {
      throw new AppError('not-found', 'library.likeness-not-found', '没有这一对信息，或者您无权查看。');
    }
    if (!canEdit(ctx.actor, one.unitId) && !canEdit(ctx.actor, other.unitId)) {
      throw new AppError('forbidden', 'library.unit-not-writable', '只有其中一条的信息员可以这样标明。');
    }
    const by = ctx.actor.kind === 'account' ? ctx.actor.id : null;
    await insertDismissal(ctx.db, { pair: [one.id, other.id], by, at: ctx.now });
    return null;
  },
);
