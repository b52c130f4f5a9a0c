import type { Actor } from '../../../contracts/actor.ts';
import type { ReviewComment, ReviewComments } from '../../../contracts/review-comment.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { getResource } from '../library/index.ts';
import { mayComment, settleActions } from './comment.policy.ts';
import { commentInScope, type CommentRow, commentsOf, unsettledOf } from './comment.queries.ts';
import { getReview } from './find-review.ts';

type Asking = Pick<Reader, 'db' | 'actor' | 'now'>;

/** More remarks than an author works off before the next submission. */
const shown = 200;

function presentRow(actor: Actor, row: CommentRow): ReviewComment {
  return {
    id: row.id,
    reviewId: row.reviewId,
    resourceId: row.resourceId,
    unitId: row.unitId,
    anchor: row.anchor,
    quote: row.quote,
    text: row.text,
    writtenByName: row.writtenByName,
    writtenAt: row.writtenAt.toISOString(),
    settled:
      row.settledAt === null
        ? null
        : { byName: row.settledByName ?? '', at: row.settledAt.toISOString(), note: row.settledNote },
    actions: settleActions(actor, row),
  };
}

/** The comment, or `review.comment-not-found` also when it is another unit's. */
export async function getComment({ db, actor }: Asking, id: string): Promise<CommentRow> {
  const row = await commentInScope(db, actor.scope, id);
  if (!row) throw new AppError('not-found', 'review.comment-not-found', '没有这条批注，或者您无权查看。');
  return row;
}

export async function presentComment(reader: Asking, id: string): Promise<ReviewComment> {
  return presentRow(reader.actor, await getComment(reader, id));
}

export async function presentReviewComments(reader: Reader, reviewId: string): Promise<ReviewComments> {
  const { row } = await getReview(reader, reviewId);
  const rows = await commentsOf(reader.db, reader.actor.scope, reviewId);
  return {
    items: rows.map((one) => presentRow(reader.actor, one)),
    mayComment: mayComment(reader.actor, row),
  };
}

export async function presentUnsettled(reader: Reader, resourceId: string): Promise<ReviewComment[]> {
  const { id } = await getResource(reader, resourceId);
  const rows = await unsettledOf(reader.db, reader.actor.scope, id, shown);
  return rows.map((row) => presentRow(reader.actor, row));
}
