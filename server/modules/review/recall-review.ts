import type { Review } from '../../../contracts/review.ts';
import { defineCommand } from '../../platform/context.ts';
import { recallWork } from '../library/index.ts';
import { insertDecision, moveReview } from './change-review.queries.ts';
import { lockReview } from './find-review.ts';
import { followOpinions } from './follow-opinions.ts';
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
    const found = await lockReview(ctx, input.reviewId);
    const { facts, row } = found;
    requireNoRefusal(facts, decisionRefusal(facts, { actor: ctx.actor, onBehalfOf: null }, 'recall'));
    const next = nextPlace(facts, 'recall');
    if (!next) throw new Error(`review ${row.id} allowed a recall that leads nowhere`);
    await insertDecision(
      ctx.db,
      {
        reviewId: row.id,
        step: row.step,
        stepName: row.chain[row.step]?.name ?? '',
        outcome: 'recalled',
        backTo: null,
        reason: null,
        openness: null,
        opennessChecked: false,
        secrecyChecked: false,
        revisionDigest: row.revisionDigest,
        decidedBy: ctx.actor.id,
        decidedByName: ctx.actor.name,
        onBehalfOf: null,
        onBehalfOfName: null,
      },
      ctx.now,
    );
    await moveReview(ctx.db, row, { ...next, waitingIds: null }, ctx.now);
    await followOpinions(ctx, found, next);
    await recallWork(ctx, row.resourceId);
    return presentReview(ctx, row.id);
  },
);
