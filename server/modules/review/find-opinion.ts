import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { type FoundReview, getReview, lockReview } from './find-review.ts';
import { type OpinionRow, reviewOfOpinion } from './opinion.queries.ts';

/** A question with the review that asks it. */
export interface FoundOpinion {
  readonly review: FoundReview;
  readonly opinion: OpinionRow;
}

const notFound = (): AppError =>
  new AppError('not-found', 'review.opinion-not-found', '没有这次会签，或者您无权查看。');

async function found<R extends Pick<Reader, 'db'>>(
  reader: R,
  id: string,
  read: (reader: R, reviewId: string) => Promise<FoundReview>,
): Promise<FoundOpinion> {
  const reviewId = await reviewOfOpinion(reader.db, id);
  if (reviewId === undefined) throw notFound();
  const review = await read(reader, reviewId).catch((error: unknown) => {
    throw error instanceof AppError && error.kind === 'not-found' ? notFound() : error;
  });
  const opinion = review.opinions.find((one) => one.id === id);
  if (!opinion) throw notFound();
  return { review, opinion };
}

/** The question, or `review.opinion-not-found` also when its review is not the reader's to see. */
export const getOpinion = (reader: Pick<Reader, 'db' | 'actor' | 'now'>, id: string): Promise<FoundOpinion> =>
  found(reader, id, getReview);

/** The same with the review locked, as for every decision on it. */
export const lockOpinion = (ctx: Ctx, id: string): Promise<FoundOpinion> => found(ctx, id, lockReview);
