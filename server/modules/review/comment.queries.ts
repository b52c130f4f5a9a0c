import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { TextAnchor } from '../../../contracts/text-anchor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface CommentRow {
  readonly id: string;
  readonly reviewId: string;
  readonly resourceId: string;
  readonly revisionId: string;
  readonly unitId: string;
  readonly anchor: TextAnchor;
  readonly quote: string;
  readonly text: string;
  readonly writtenByName: string;
  readonly writtenAt: Date;
  readonly settledByName: string | null;
  readonly settledAt: Date | null;
  readonly settledNote: string | null;
}

/** Every comment that a person may see: those of the reviews of their units. */
function commentsInScope(db: Db, scope: Scope) {
  return db
    .selectFrom('review.comment')
    .innerJoin('review.review', 'review.review.id', 'review.comment.review_id')
    .select([
      'review.comment.id',
      'review_id as reviewId',
      'resource_id as resourceId',
      'revision_id as revisionId',
      'unit_id as unitId',
      sql<TextAnchor>`anchor`.as('anchor'),
      'quote',
      'text',
      'written_by_name as writtenByName',
      'written_at as writtenAt',
      'settled_by_name as settledByName',
      'settled_at as settledAt',
      'settled_note as settledNote',
    ])
    .where(inScope(scope, 'review.review.unit_id'));
}

export function commentsOf(db: Db, scope: Scope, reviewId: string): Promise<readonly CommentRow[]> {
  return commentsInScope(db, scope).where('review_id', '=', reviewId).orderBy('review.comment.id').execute();
}

/** What is not settled of all reviews of a resource, the newest first. */
export function unsettledOf(
  db: Db,
  scope: Scope,
  resourceId: string,
  limit: number,
): Promise<readonly CommentRow[]> {
  return commentsInScope(db, scope)
    .where('resource_id', '=', resourceId)
    .where('settled_at', 'is', null)
    .orderBy('review.comment.id', 'desc')
    .limit(limit)
    .execute();
}

export function commentInScope(db: Db, scope: Scope, id: string): Promise<CommentRow | undefined> {
  return commentsInScope(db, scope).where('review.comment.id', '=', id).executeTakeFirst();
}

export async function countComments(db: Db, reviewId: string): Promise<number> {
  const { count } = await db
    .selectFrom('review.comment')
    .select((is) => is.fn.countAll<string>().as('count'))
    .where('review_id', '=', reviewId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export interface NewCommentRow {
  readonly reviewId: string;
  readonly anchor: TextAnchor;
  readonly quote: string;
  readonly text: string;
  readonly writtenBy: string;
  readonly writtenByName: string;
}

export async function insertComment(db: Db, comment: NewCommentRow, at: Date): Promise<string> {
  const { id } = await db
    .insertInto('review.comment')
    .values({
      review_id: comment.reviewId,
      anchor: JSON.stringify(comment.anchor),
      quote: comment.quote,
      text: comment.text,
      written_by: comment.writtenBy,
      written_by_name: comment.writtenByName,
      written_at: at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export interface Settlement {
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
  readonly note: string | null;
}

/** Settles a comment, or with null opens it again. */
export async function storeSettlement(db: Db, id: string, settlement: Settlement | null): Promise<void> {
  await db
    .updateTable('review.comment')
    .set({
      settled_by: settlement?.by ?? null,
      settled_by_name: settlement?.byName ?? null,
      settled_at: settlement?.at ?? null,
      settled_note: settlement?.note ?? null,
    })
    .where('id', '=', id)
    .execute();
}
