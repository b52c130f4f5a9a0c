import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { TextAnchor } from './text-anchor.ts';

export const reviewCommentErrorCodes = [
  'review.comment-not-found',
  'review.comment-not-yours',
  'review.comment-not-settleable',
  'review.comments-full',
  'review.anchor-wrong',
] as const;

export const commentLimits = { characters: 1000, quoteCharacters: 500, perReview: 200 } as const;

const text = { minLength: 1, maxLength: commentLimits.characters } as const;

/** A remark of somebody who reviews, on words of the revision under review (批注). */
export const ReviewComment = Closed({
  id: Id,
  reviewId: Id,
  resourceId: Id,
  unitId: Id,
  anchor: TextAnchor,
  /** The words it stands at, as they were reviewed. */
  quote: Type.String(),
  text: Type.String(),
  writtenByName: Type.String(),
  writtenAt: Instant,
  settled: Type.Union([
    Closed({ byName: Type.String(), at: Instant, note: Type.Union([Type.String(), Type.Null()]) }),
    Type.Null(),
  ]),
  actions: Type.Array(Type.Union([Type.Literal('settle'), Type.Literal('reopen')])),
});
export type ReviewComment = Static<typeof ReviewComment>;

export const NewReviewComment = Closed({
  anchor: TextAnchor,
  /** The words the writer saw there; other words than those of the reviewed revision are refused. */
  quote: Type.String({ minLength: 1, maxLength: commentLimits.quoteCharacters }),
  text: Type.String(text),
});
export type NewReviewComment = Static<typeof NewReviewComment>;

export const CommentSettlement = Closed({
  settled: Type.Boolean(),
  /** What was done about it. */
  note: Type.Optional(Type.String(text)),
});
export type CommentSettlement = Static<typeof CommentSettlement>;

export const ReviewComments = Closed({
  items: Type.Array(ReviewComment),
  /** Whether the caller may write another one now. */
  mayComment: Type.Boolean(),
});
export type ReviewComments = Static<typeof ReviewComments>;

export const commentEndpoints = {
  listComments: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/comments',
    summary: 'What reviewers remarked on words of the revision under review, in the order of writing.',
    access: 'signed-in',
    params: IdParams,
    response: ReviewComments,
  }),
  addComment: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/comments',
    summary:
      'Remark on words of the revision, while it is under review; for reviewers and principals of the unit.',
    access: 'signed-in',
    params: IdParams,
    body: NewReviewComment,
    response: ReviewComment,
    status: 201,
  }),
  listUnsettledComments: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/comments',
    summary: 'What was remarked on the resource in any of its reviews and is not settled, the newest first.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(ReviewComment),
  }),
  settleComment: defineEndpoint({
    method: 'POST',
    path: '/api/review-comments/:id/settlement',
    summary: 'Say that a remark was dealt with, and how, or that it was not.',
    access: 'signed-in',
    params: IdParams,
    body: CommentSettlement,
    response: ReviewComment,
  }),
} as const;
