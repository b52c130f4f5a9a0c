import type { NewAnswer, Opinion } from '../../../contracts/opinion.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitNames } from '../identity/index.ts';
import { lockOpinion } from './find-opinion.ts';
import { answerRefusal, requireNoOpinionRefusal } from './opinion.policy.ts';
import { presentOpinion } from './opinion.presenter.ts';
import { endOpinion } from './opinion.queries.ts';
import { lacksText } from './opinion.rules.ts';
import { seatFor } from './review.policy.ts';

export interface AnswerInput extends NewAnswer {
  readonly id: string;
}

/** One of the asked unit answers for it, once and for ever. It decides nothing. */
export const giveOpinion = defineCommand(
  'review.give-opinion',
  (input: AnswerInput, result: Opinion | undefined) => ({
    kind: 'opinion',
    id: input.id,
    unitId: result?.unitId ?? null,
    details: {
      stance: input.stance,
      digest: input.revisionDigest,
      ...(input.onBehalfOf === undefined ? {} : { onBehalfOf: input.onBehalfOf }),
      ...(result ? { reviewId: result.reviewId } : {}),
    },
  }),
  async (ctx, input): Promise<Opinion> => {
    const { review, opinion } = await lockOpinion(ctx, input.id);
    const seat = seatFor(review.desk, input.onBehalfOf);
    requireNoOpinionRefusal(answerRefusal(review.facts, opinion, seat));
    if (input.revisionDigest !== review.row.revisionDigest.toString('hex')) {
      throw new AppError('conflict', 'review.revision-changed', '您看到的不是送审的版本，请刷新后重新答复。');
    }
    if (lacksText(input)) {
      throw new AppError('invalid', 'review.opinion-text-missing', '有修改意见或者不同意的，请写明意见。');
    }
    const { unitId } = opinion;
    await endOpinion(
      ctx.db,
      opinion.id,
      { state: 'answered', by: ctx.actor, onBehalfOf: seat.onBehalfOf, at: ctx.now, reason: null },
      {
        unitName: (await unitNames(ctx.db, [unitId])).get(unitId) ?? opinion.unitName,
        stance: input.stance,
        text: (input.text ?? '').trim() || null,
        revisionDigest: review.row.revisionDigest,
      },
    );
    return presentOpinion(ctx, opinion.id);
  },
);
