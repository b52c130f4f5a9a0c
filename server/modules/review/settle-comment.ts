import type { CommentSettlement, ReviewComment } from '../../../contracts/review-comment.ts';
import { defineCommand } from '../../platform/context.ts';
import { requireSettler } from './comment.policy.ts';
import { getComment, presentComment } from './comment.presenter.ts';
import { storeSettlement } from './comment.queries.ts';

export interface SettleInput extends CommentSettlement {
  readonly commentId: string;
}

/** Says that a remark was dealt with, or opens it again. The audit record keeps every change of mind. */
export const settleComment = defineCommand(
  'review.settle-comment',
  ({ commentId, settled, note }: SettleInput, result: ReviewComment | undefined) => ({
    kind: 'review-comment',
    id: commentId,
    unitId: result?.unitId ?? null,
    details: { settled, note: note ?? null, ...(result ? { reviewId: result.reviewId } : {}) },
  }),
  async (ctx, { commentId, settled, note }): Promise<ReviewComment> => {
    const { unitId } = await getComment(ctx, commentId);
    requireSettler(ctx.actor, unitId);
    const settlement = {
      by: ctx.actor.id,
      byName: ctx.actor.name,
      at: ctx.now,
      note: (note ?? '').trim() || null,
    };
    await storeSettlement(ctx.db, commentId, settled ? settlement : null);
    return presentComment(ctx, commentId);
  },
);
