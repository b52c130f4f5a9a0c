import { type Static, Type } from 'typebox';

import { batchApi, batchErrorCodes } from './batch-approval.ts';
import { sheetApi, sheetErrorCodes } from './approval-sheet.ts';
import { opennessApi, opennessErrorCodes, NewOpennessAssessment } from './openness.ts';
import { Delegation, delegationApi, delegationErrorCodes } from './delegation.ts';
import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { Resource, ResourceTypeKey, Revision } from './library.ts';
import { FindingReason, mostFindings } from './proofreading.ts';
import { chainApi, chainErrorCodes, ReviewStep } from './review-chain.ts';
import { opinionApi, opinionErrorCodes } from './opinion.ts';
import { commentEndpoints } from './review-comment.ts';
import { Deadline, deadlineErrorCodes, DeadlineFilter, Reminder, Urging } from './review-deadline.ts';
import { SigningProof } from './signing.ts';
import {
  NewUrgentRelease,
  UrgentRelease,
  urgentApi,
  urgentErrorCodes,
  UrgentReason,
} from './urgent-release.ts';

export * from './batch-approval.ts';
export * from './delegation.ts';
export * from './review-chain.ts';
export * from './review-deadline.ts';
export * from './urgent-release.ts';

export const reviewErrorCodes = [
  'review.review-not-found',
  'review.not-open',
  'review.step-not-yours',
  'review.step-passed',
  'review.own-work',
  'review.reviewed-before',
  'review.asked-yourself',
  'review.not-submitter',
  'review.revision-changed',
  'review.reason-missing',
  'review.nothing-new',
  'review.not-public',
  'review.cursor-wrong',
  'review.no-earlier-step',
  'review.not-your-delegation',
  'review.step-without-people',
  ...chainErrorCodes,
  ...delegationErrorCodes,
  ...deadlineErrorCodes,
  ...batchErrorCodes,
  'review.signature-missing',
  ...opennessErrorCodes,
  ...sheetErrorCodes,
  ...opinionErrorCodes,
  ...urgentErrorCodes,
] as const;

export const ReviewState = Type.Union([
  Type.Literal('open'),
  Type.Literal('signed'),
  Type.Literal('returned'),
  Type.Literal('recalled'),
  /** 补审: it went out urgently, and its steps are decided afterwards. */
  Type.Literal('retrospective'),
  Type.Literal('confirmed'),
  Type.Literal('objected'),
]);
export type ReviewState = Static<typeof ReviewState>;
/** Somebody is still to decide. */
export const isRunning = (state: ReviewState): boolean => state === 'open' || state === 'retrospective';
export const ReviewAction = Type.Union([
  Type.Literal('approve'),
  Type.Literal('return'),
  Type.Literal('send-back'),
  Type.Literal('recall'),
  /** In a retrospective review: it should not have gone out so. */
  Type.Literal('object'),
  Type.Literal('release-urgently'),
]);
export type ReviewAction = Static<typeof ReviewAction>;

export const Decision = Closed({
  step: Type.Integer(),
  stepName: Type.String(),
  outcome: Type.Union([
    Type.Literal('approved'),
    Type.Literal('returned'),
    Type.Literal('sent-back'),
    Type.Literal('recalled'),
    Type.Literal('urgent'),
    Type.Literal('objected'),
  ]),
  /** The name of the step that the work went back to. */
  backToName: Type.Union([Type.String(), Type.Null()]),
  /** False for an approval that no longer counts: the work went back to its step or an earlier one. */
  counts: Type.Boolean(),
  reason: Type.Union([Type.String(), Type.Null()]),
  openness: Type.Union([Type.String(), Type.Null()]),
  opennessChecked: Type.Boolean(),
  secrecyChecked: Type.Boolean(),
  decidedByName: Type.String(),
  /** In whose place. */
  onBehalfOfName: Type.Union([Type.String(), Type.Null()]),
  decidedAt: Instant,
});
export type Decision = Static<typeof Decision>;

export const ReviewSummary = Closed({
  id: Id,
  resourceId: Id,
  title: Type.String(),
  type: ResourceTypeKey,
  unitId: Id,
  unitName: Type.String(),
  state: ReviewState,
  step: Type.Integer(),
  steps: Type.Array(ReviewStep),
  submittedByName: Type.String(),
  submittedAt: Instant,
  stepSince: Instant,
  /** Of the revision under review. */
  revisionDigest: Type.String(),
  /** Null: the step has no time limit, or the review has ended. */
  deadline: Type.Union([Deadline, Type.Null()]),
  /** Whether the caller read the whole of it since its step began: what several are approved at once by. */
  isOpened: Type.Boolean(),
});
export type ReviewSummary = Static<typeof ReviewSummary>;

export const dutyNames = {
  written: '采编',
  entered: '录入',
  'first-reviewed': '初审',
  'second-reviewed': '复审',
  /** By the name of the step. */
  reviewed: '审核',
  /** For another unit that was asked. */
  consulted: '会签',
  signed: '签发',
  released: '发布',
} as const;
export type Duty = keyof typeof dutyNames;

export const ResponsibilityRecord = Closed({
  reviewId: Id,
  revisionId: Id,
  duty: Type.Union([
    Type.Literal('written'),
    Type.Literal('entered'),
    Type.Literal('first-reviewed'),
    Type.Literal('second-reviewed'),
    Type.Literal('reviewed'),
    Type.Literal('consulted'),
    Type.Literal('signed'),
    Type.Literal('released'),
  ]),
  dutyName: Type.String(),
  personName: Type.String(),
  /** In whose place. */
  onBehalfOfName: Type.Union([Type.String(), Type.Null()]),
  unitName: Type.String(),
  at: Instant,
});
export type ResponsibilityRecord = Static<typeof ResponsibilityRecord>;

export const Review = Closed({
  ...ReviewSummary.properties,
  revision: Revision,
  /** The revision the caller saw last (their own earlier decision), else the live one; null when there is none. */
  comparedWith: Type.Union([Revision, Type.Null()]),
  decisions: Type.Array(Decision),
  earlierReviews: Type.Array(
    Closed({ id: Id, state: ReviewState, submittedAt: Instant, decisions: Type.Array(Decision) }),
  ),
  actions: Type.Array(ReviewAction),
  /** In whose place the caller would decide; null: in their own right. */
  onBehalfOf: Type.Union([Closed({ id: Id, name: Type.String() }), Type.Null()]),
  /** For each step who is asked, who approved it, and whom it still waits for by name. */
  standing: Type.Array(
    Closed({
      asked: Type.String(),
      approvedBy: Type.Array(Type.String()),
      waitingFor: Type.Array(Type.String()),
    }),
  ),
  /** A unit that was asked on this step does not agree: whoever approves says why the work goes on. */
  isOpposed: Type.Boolean(),
  reminders: Type.Array(Reminder),
  /** The step is overdue, and this was escalated to the caller. */
  mayUrge: Type.Boolean(),
  /** Whether the caller sees more of the resource than this review: the page as it will be, and its files. */
  inReach: Type.Boolean(),
  /** Why the author finds that it cannot wait; null: in the usual way. */
  urgentWish: Type.Union([Type.String(), Type.Null()]),
  /** 紧急发布: how it went out before its review was done; null when it did not. */
  urgentRelease: Type.Union([UrgentRelease, Type.Null()]),
  /** The hours that the review has afterwards, where the caller may release urgently. */
  urgentHours: Type.Union([Type.Integer(), Type.Null()]),
  /** Chinese sentence why nothing can be done, when the caller might expect to. */
  refusal: Type.Union([Type.String(), Type.Null()]),
});
export type Review = Static<typeof Review>;

export const Submission = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  /** For findings that need one (`proofreading.reason-missing` names them). */
  reasons: Type.Optional(Type.Array(FindingReason, { maxItems: mostFindings })),
  /** 紧急: why it cannot wait for those who review. A wish; whoever may release urgently decides. */
  urgentWish: Type.Optional(UrgentReason),
});
export type Submission = Static<typeof Submission>;

export const NewDecision = Closed({
  action: Type.Union([
    Type.Literal('approve'),
    Type.Literal('return'),
    Type.Literal('send-back'),
    Type.Literal('object'),
  ]),
  /** The step the reviewer saw waiting; when somebody else has decided it meanwhile, this decision is refused. */
  step: Type.Integer({ minimum: 0 }),
  /** Digest of the revision the reviewer looked at; any other is refused. */
  revisionDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  /** The earlier step that `send-back` sends the work to; what was decided since then counts no more. */
  backTo: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Somebody who delegated to the caller; in their own right when absent. */
  onBehalfOf: Type.Optional(Id),
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
  /** 公开属性认定 and 保密审查: every approval has one, and a return that finds it must not be open. */
  assessment: Type.Optional(NewOpennessAssessment),
  /** With the last approval: that it is really the signer who signs. */
  proof: Type.Optional(SigningProof),
});
export type NewDecision = Static<typeof NewDecision>;

/** One thing that waits for the caller. */
export const Task = Closed({
  kind: Type.Union([
    Type.Literal('review'),
    Type.Literal('opinion'),
    Type.Literal('overdue-review'),
    Type.Literal('returned'),
    Type.Literal('draft'),
    Type.Literal('scheduled'),
    Type.Literal('overdue-column'),
    Type.Literal('soon-column'),
    Type.Literal('correction'),
    Type.Literal('reassessment'),
    Type.Literal('submission'),
    Type.Literal('submission-returned'),
    Type.Literal('mapping-match'),
    Type.Literal('entry-removed'),
    Type.Literal('take-down'),
    Type.Literal('topic-ending'),
    Type.Literal('finding'),
    Type.Literal('retrospective'),
    Type.Literal('retrospective-overdue'),
    Type.Literal('objected'),
  ]),
  title: Type.String(),
  detail: Type.String(),
  since: Instant,
  /** Of a review. */
  deadline: Type.Optional(Deadline),
  resourceId: Type.Union([Id, Type.Null()]),
  reviewId: Type.Union([Id, Type.Null()]),
  columnId: Type.Union([Id, Type.Null()]),
  correctionId: Type.Union([Id, Type.Null()]),
});
export type Task = Static<typeof Task>;

export const Workbench = Closed({
  tasks: Type.Array(Task),
  /** Delegations of today and to come, given and received. */
  delegations: Type.Array(Delegation),
  figures: Type.Array(Closed({ name: Type.String(), value: Type.Integer() })),
});
export type Workbench = Static<typeof Workbench>;

export const reviewApi = {
  ...chainApi,
  ...delegationApi,
  submitResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/reviews',
    summary: 'Submit the newest revision to review.',
    access: 'signed-in',
    params: IdParams,
    body: Submission,
    response: Resource,
    status: 201,
  }),
  listReviews: defineEndpoint({
    method: 'GET',
    path: '/api/reviews',
    summary: 'Reviews in scope; `mine` only those whose next step the caller may decide.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      mine: Type.Optional(Type.Boolean()),
      state: Type.Optional(ReviewState),
      deadline: Type.Optional(DeadlineFilter),
      resourceId: Type.Optional(Id),
    }),
    response: Closed({
      items: Type.Array(ReviewSummary),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
  getReview: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id',
    summary: 'One review with its revision, decisions and the actions open to the caller.',
    access: 'signed-in',
    params: IdParams,
    response: Review,
  }),
  decideReview: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/decisions',
    summary:
      'Approve the current step, or give the work back with a reason to its author or an earlier step; the approval that completes the last step is the sign-off.',
    access: 'signed-in',
    params: IdParams,
    body: NewDecision,
    response: Review,
    status: 201,
  }),
  urgeReview: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/urgings',
    summary:
      'Urge those whom an overdue step asks. Only whom it was escalated to, once a day; it decides nothing.',
    access: 'signed-in',
    params: IdParams,
    body: Urging,
    response: Review,
    status: 201,
  }),
  recallReview: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/recall',
    summary: 'The submitter takes the work back.',
    access: 'signed-in',
    params: IdParams,
    response: Review,
  }),
  releaseUrgently: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/urgent-release',
    summary: 'Sign and release at once what an open review is about; its steps are decided afterwards.',
    access: 'signed-in',
    params: IdParams,
    body: NewUrgentRelease,
    response: Review,
    status: 201,
  }),
  getWorkbench: defineEndpoint({
    method: 'GET',
    path: '/api/workbench',
    summary: 'What waits for the signed-in person.',
    access: 'signed-in',
    response: Workbench,
  }),
  listResponsibility: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/responsibility',
    summary: 'Who wrote, entered, checked, signed and released each revision.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(ResponsibilityRecord),
  }),
  ...commentEndpoints,
  ...opinionApi,
  ...opennessApi,
  ...sheetApi,
  ...batchApi,
  ...urgentApi,
} as const;
