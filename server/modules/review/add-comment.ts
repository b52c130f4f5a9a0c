import type { NewReviewComment, ReviewComment } from '../../../contracts/review-comment.ts';
import { anchoredWords } from '../../../contracts/text-anchor.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { requireCommenter, requireRoom } from './comment.policy.ts';
import { presentComment } from './comment.presenter.ts';
import { countComments, insertComment } from './comment.queries.ts';
import { lockReview } from './find-review.ts';

export interface CommentInput extends NewReviewComment {
  readonly reviewId: string;
}

/** Remarks on words of the revision under review. They must be what the writer saw: nobody is told of other words. */
export const addComment = defineCommand(
  'review.add-comment',
  ({ reviewId }: CommentInput, result: ReviewComment | undefined) => ({
    kind: 'review',
    id: reviewId,
    unitId: result?.unitId ?? null,
    ...(result ? { details: { commentId: result.id, resourceId: result.resourceId } } : {}),
  }),
  async (ctx, { reviewId, anchor, quote, text: given }): Promise<ReviewComment> => {
    const { row, revision } = await lockReview(ctx, reviewId);
    requireCommenter(ctx.actor, row);
    requireRoom(await countComments(ctx.db, reviewId));
    const text = given.trim();
    if (text === '' || anchoredWords(revision.content, anchor) !== quote) {
      throw new AppError(
        'invalid',
        'review.anchor-wrong',
        '批注要写明意见，并指向送审稿里的原文；请重新选择。',
      );
    }
    const comment = { reviewId, anchor, quote, text, writtenBy: ctx.actor.id, writtenByName: ctx.actor.name };
    return presentComment(ctx, await insertComment(ctx.db, comment, ctx.now));
  },
);
