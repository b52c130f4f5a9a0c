import type { Review } from '../../../contracts/review.ts';
import type { Reader } from '../../platform/http.ts';
import { noteOpening } from './opening.queries.ts';
import { presentReview } from './review.presenter.ts';

/**
 * The whole of a review for whoever reads it. Of whoever it waits for it is kept that they did: no other act sets that
 * mark, so that nobody claims by an id to have read something.
 */
export async function openReview(reader: Reader, id: string): Promise<Review> {
  const review = await presentReview(reader, id);
  if (!review.actions.includes('approve')) return review;
  const { db, actor, now } = reader;
  const revisionDigest = Buffer.from(review.revisionDigest, 'hex');
  await noteOpening(db, { reviewId: review.id, accountId: actor.id, revisionDigest }, now);
  return { ...review, isOpened: true };
}
