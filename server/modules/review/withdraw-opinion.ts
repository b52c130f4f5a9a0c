import type { Opinion, OpinionWithdrawal } from '../../../contracts/opinion.ts';
import { defineCommand } from '../../platform/context.ts';
import { lockOpinion } from './find-opinion.ts';
import { requireNoOpinionRefusal, withdrawalRefusal } from './opinion.policy.ts';
import { presentOpinion } from './opinion.presenter.ts';
import { endOpinion } from './opinion.queries.ts';
import { seatFor } from './review.policy.ts';

export interface WithdrawInput extends OpinionWithdrawal {
  readonly id: string;
}

/** The step waits for this answer no more; why is kept. */
export const withdrawOpinion = defineCommand(
  'review.withdraw-opinion',
  (input: WithdrawInput, result: Opinion | undefined) => ({
    kind: 'opinion',
    id: input.id,
    unitId: result?.unitId ?? null,
    details: { reason: input.reason, ...(result ? { reviewId: result.reviewId } : {}) },
  }),
  async (ctx, { id, reason, onBehalfOf }): Promise<Opinion> => {
    const { review, opinion } = await lockOpinion(ctx, id);
    const seat = seatFor(review.desk, onBehalfOf);
    requireNoOpinionRefusal(withdrawalRefusal(review.facts, opinion, seat));
    await endOpinion(ctx.db, id, {
      state: 'withdrawn',
      by: ctx.actor,
      onBehalfOf: seat.onBehalfOf,
      at: ctx.now,
      reason,
    });
    return presentOpinion(ctx, id);
  },
);
