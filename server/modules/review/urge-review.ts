import type { Review, Urging } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { mayUrge } from './deadline.presenter.ts';
import { lockReview } from './find-review.ts';
import { noteReminders, remindersOf } from './reminder.queries.ts';
import { presentReview } from './review.presenter.ts';

export interface UrgeInput extends Urging {
  readonly reviewId: string;
}

/** 催办: those whom an overdue step asks are told that it is waited for, once a day by each who urges. */
export const urgeReview = defineCommand(
  'review.urge-review',
  ({ reviewId }: UrgeInput, result: Review | undefined) => ({
    kind: 'review',
    id: reviewId,
    unitId: result?.unitId ?? null,
    ...(result ? { details: { resourceId: result.resourceId, step: result.step } } : {}),
  }),
  async (ctx, { reviewId, note = '' }): Promise<Review> => {
    const { row, desk } = await lockReview(ctx, reviewId);
    if (!mayUrge(row, desk)) {
      throw new AppError('forbidden', 'review.not-escalated-to-you', '只有超期以后被报告的人可以催办。');
    }
    const today = dayInChina(ctx.now);
    const given = await remindersOf(ctx.db, row.id);
    if (given.some(({ givenBy, givenAt }) => givenBy === ctx.actor.id && dayInChina(givenAt) === today)) {
      throw new AppError('conflict', 'review.urged-today', '您今天已经催办过了。');
    }
    const { id: givenBy, name: givenByName } = ctx.actor;
    await noteReminders(
      ctx.db,
      { reviewId: row.id, stepName: row.chain[row.step]?.name ?? '', stepSince: row.stepSince },
      [{ kind: 'urged', givenBy, givenByName, note: note.trim() || null }],
      ctx.now,
    );
    return presentReview(ctx, row.id);
  },
);
