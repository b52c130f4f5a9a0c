import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { openModes, Resource, ResourceTypeKey, Revision } from './library.ts';
import { commentEndpoints } from './review-comment.ts';

export const reviewErrorCodes = [
  'review.review-not-found',
  'review.not-open',
  'review.step-not-yours',
  'review.step-passed',
  'review.own-work',
  'review.reviewed-before',
  'review.not-submitter',
  'review.revision-changed',
  'review.checks-missing',
  'review.reason-missing',
  'review.nothing-new',
  'review.not-public',
  'review.cursor-wrong',
] as const;

export const ReviewStepKey = Type.Union([
  Type.Literal('first'),
  Type.Literal('second'),
  Type.Literal('signature'),
]);
export type ReviewStepKey = Static<typeof ReviewStepKey>;
export const ReviewStep = Closed({
  key: ReviewStepKey,
  name: Type.String(),
  role: Type.Union([Type.Literal('reviewer'), Type.Literal('principal')]),
});
export type ReviewStep = Static<typeof ReviewStep>;
export const ReviewState = Type.Union([
  Type.Literal('open'),
  Type.Literal('signed'),
  Type.Literal('returned'),
  Type.Literal('recalled'),
]);
export type ReviewState = Static<typeof ReviewState>;
export const ReviewAction = Type.Union([
  Type.Literal('approve'),
  Type.Literal('return'),
  Type.Literal('recall'),
]);
export type ReviewAction = Static<typeof ReviewAction>;
export type OpenMode = (typeof openModes)[number];
export const OpenMode = Type.Unsafe<OpenMode>(Type.Union(openModes.map((mode) => Type.Literal(mode))));

export const Decision = Closed({
  step: Type.Integer(),
  stepName: Type.String(),
  outcome: Type.Union([Type.Literal('approved'), Type.Literal('returned'), Type.Literal('recalled')]),
  reason: Type.Union([Type.String(), Type.Null()]),
  openness: Type.Union([Type.String(), Type.Null()]),
  opennessChecked: Type.Boolean(),
  secrecyChecked: Type.Boolean(),
  decidedByName: Type.String(),
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
});
export type ReviewSummary = Static<typeof ReviewSummary>;

export const dutyNames = {
  written: '采编',
  entered: '录入',
  'first-reviewed': '初审',
  'second-reviewed': '复审',
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
    Type.Literal('signed'),
    Type.Literal('released'),
  ]),
  dutyName: Type.String(),
  personName: Type.String(),
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
  /** Chinese sentence why nothing can be done, when the caller might expect to. */
  refusal: Type.Union([Type.String(), Type.Null()]),
});
export type Review = Static<typeof Review>;

export const Submission = Closed({ expectedVersion: Type.Integer({ minimum: 1 }) });
export type Submission = Static<typeof Submission>;

export const NewDecision = Closed({
  action: Type.Union([Type.Literal('approve'), Type.Literal('return')]),
  /** The step the reviewer saw waiting; when somebody else has decided it meanwhile, this decision is refused. */
  step: Type.Integer({ minimum: 0 }),
  /** Digest of the revision the reviewer looked at; any other is refused. */
  revisionDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  reason: Type.Optional(Type.String({ maxLength: 1000 })),
  openness: Type.Optional(OpenMode),
  opennessChecked: Type.Optional(Type.Boolean()),
  secrecyChecked: Type.Optional(Type.Boolean()),
});
export type NewDecision = Static<typeof NewDecision>;

/** One thing that waits for the caller. */
export const Task = Closed({
  kind: Type.Union([
    Type.Literal('review'),
    Type.Literal('returned'),
    Type.Literal('draft'),
    Type.Literal('scheduled'),
    Type.Literal('overdue-column'),
    Type.Literal('correction'),
  ]),
  title: Type.String(),
  detail: Type.String(),
  since: Instant,
  resourceId: Type.Union([Id, Type.Null()]),
  reviewId: Type.Union([Id, Type.Null()]),
  columnId: Type.Union([Id, Type.Null()]),
  correctionId: Type.Union([Id, Type.Null()]),
});
export type Task = Static<typeof Task>;

export const Workbench = Closed({
  tasks: Type.Array(Task),
  figures: Type.Array(Closed({ name: Type.String(), value: Type.Integer() })),
});
export type Workbench = Static<typeof Workbench>;

export const reviewApi = {
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
    summary: 'Approve the current step or return with a reason; the last approval is the sign-off.',
    access: 'signed-in',
    params: IdParams,
    body: NewDecision,
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
} as const;
