import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id } from './endpoint.ts';
import { NewOpennessAssessment } from './openness.ts';
import { SigningProof } from './signing.ts';

export const batchErrorCodes = [
  'review.retrospective-alone',
  'review.opposed-alone',
  'review.not-opened',
  'review.opened-other-revision',
  'review.changed-since-opened',
  'review.comments-unsettled',
  'review.findings-need-look',
  'review.assessment-differs',
  'review.not-decided',
] as const;

/** So many works are approved at once. */
export const mostTogether = 50;

export const BatchItem = Closed({
  reviewId: Id,
  /** The step and the revision that the person read; anything else is refused. */
  step: Type.Integer({ minimum: 0 }),
  revisionDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});
export type BatchItem = Static<typeof BatchItem>;

export const BatchApproval = Closed({
  items: Type.Array(BatchItem, { minItems: 1, maxItems: mostTogether }),
  /** 公开属性认定 and 保密审查 of each of the works: all state the same, and each is kept with its own. */
  assessment: NewOpennessAssessment,
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
  /** Once for all that are signed. */
  proof: Type.Optional(SigningProof),
});
export type BatchApproval = Static<typeof BatchApproval>;

export const BatchResult = Closed({
  /** In the order in which they were sent. */
  items: Type.Array(
    Closed({
      outcome: Type.Union([Type.Literal('approved'), Type.Literal('signed'), Type.Literal('refused')]),
      code: Type.Union([Type.String(), Type.Null()]),
      /** Chinese sentence why it was refused. */
      message: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
});
export type BatchResult = Static<typeof BatchResult>;

export const batchApi = {
  approveTogether: defineEndpoint({
    method: 'POST',
    path: '/api/review-approvals',
    summary:
      'Approve the waiting step of several works that the caller has read, each by itself: one that is refused stops no other.',
    access: 'signed-in',
    body: BatchApproval,
    response: BatchResult,
  }),
} as const;
