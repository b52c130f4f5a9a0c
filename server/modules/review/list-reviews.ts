import type { ReviewState, ReviewSummary } from '../../../contracts/review.ts';
import type { Reader } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { deskOf } from './find-desk.ts';
import { presentSummaries } from './review.presenter.ts';
import { reviewPage, reviewsDecidableAt } from './review.queries.ts';

export interface ReviewsWanted {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly mine?: boolean | undefined;
  readonly state?: ReviewState | undefined;
  readonly resourceId?: string | undefined;
  readonly deadline?: 'soon' | 'overdue' | undefined;
}

export interface ReviewPage {
  readonly items: ReviewSummary[];
  readonly nextCursor: string | null;
}

/** Reviews in scope, newest first; those that wait for the reader, longest waiting first. Keyset paged. */
export async function listReviews(reader: Reader, wanted: ReviewsWanted): Promise<ReviewPage> {
  const { db, actor, now } = reader;
  const { resourceId, state, deadline } = wanted;
  const after =
    wanted.cursor === undefined ? undefined : readTimeCursor(wanted.cursor, 'review.cursor-wrong');
  const limit = wanted.limit ?? 20;
  // What waits for somebody is open; with another state asked for there is nothing.
  if (wanted.mine === true && state !== undefined && state !== 'open') return { items: [], nextCursor: null };
  const rows =
    wanted.mine === true
      ? await reviewsDecidableAt(db, await deskOf(reader), { resourceId, after, deadline, now }, limit + 1)
      : await reviewPage(
          db,
          actor.scope,
          { state, resourceId, beforeId: after?.id, deadline, now },
          limit + 1,
        );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: await presentSummaries(reader, shown),
    nextCursor: last ? writeTimeCursor({ at: last.stepSince, id: last.id }) : null,
  };
}
