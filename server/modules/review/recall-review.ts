import type { Review } from '../../../contracts/review.ts';
import { defineCommand } from '../../platform/context.ts';
import { recallWork } from '../library/index.ts';
import { insertDecision, moveReview } from './change-review.queries.ts';
import { lockReview } from './find-review.ts';
import { decisionRefusal, requireNoRefusal } from './review.policy.ts';
import { presentReview } from './review.presenter.ts';
import { nextPlace } from './review.rules.ts';

export interface RecallInput {
  readonly reviewId: string;
}

/** The submitter takes the work back before it is signed, to go on writing. */
export const recallReview = defineCommand(
  'review.recall-review',
  (input: RecallInput, result: Review | undefined) => ({
    kind: 'review',
    id: input.reviewId,
    unitId: result?.unitId ?? null,
    ...(result ? { details: { resourceId: result.resourceId } } : {}),
  }),
  async (ctx, input): Promise<Review> => {
    const { facts, row } = await lockReview(ctx, input.reviewId);
    requireNoRefusal(facts, decisionRefusal(facts, ctx.actor, 'recall'));
    const next = nextPlace(facts, 'recall');
    if (!next) throw new Error(`review ${row.id} allowed a recall that leads nowhere`);
    await insertDecision(
      ctx.db,
      {
        reviewId: row.id,
        step: row.step,
        stepName: row.chain[row.step]?.name ?? '',
        outcome: 'recalled',
        reason: null,
        openness: null,
        opennessChecked: false,
        secrecyChecked: false,
        revisionDigest: row.revisionDigest,
        decidedBy: ctx.actor.id,
        decidedByName: ctx.actor.name,
      },
      ctx.now,
    );
    await moveReview(ctx.db, row.id, next, ctx.now);
    await recallWork(ctx, row.resourceId);
    return presentReview(ctx, row.id);
  },
);
