import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';

export const opinionErrorCodes = [
  'review.opinion-not-found',
  'review.opinion-not-open',
  'review.opinion-not-yours',
  'review.opinion-text-missing',
  'review.opinion-not-withdrawable',
  'review.opinion-unit-wrong',
  'review.opinion-without-people',
  'review.opinion-asked-already',
  'review.opinion-day-unknown',
  'review.opinions-full',
  'review.opinions-open',
  'review.opposition-unanswered',
] as const;

export const mostAskedUnits = 10;
export const mostOpinionDays = 30;
/** Of one review: more questions are no second opinion any more. */
export const mostOpinions = 50;

export const Stance = Type.Union([Type.Literal('agree'), Type.Literal('amend'), Type.Literal('oppose')]);
export type Stance = Static<typeof Stance>;
export const stanceNames: Readonly<Record<Stance, string>> = {
  agree: '同意',
  amend: '同意并有修改意见',
  oppose: '不同意',
};

/** `unanswered`: its day passed and the step went on; `closed`: the work went back, or its unit ended. */
export const OpinionState = Type.Union([
  Type.Literal('open'),
  Type.Literal('answered'),
  Type.Literal('withdrawn'),
  Type.Literal('unanswered'),
  Type.Literal('closed'),
]);
export type OpinionState = Static<typeof OpinionState>;

const text = { maxLength: 1000, pattern: '\\S' } as const;
const Reason = Type.String({ minLength: 2, maxLength: 200, pattern: '^[^\\s](?:[^\\n\\r]*[^\\s])?$' });
const Days = Type.Integer({ minimum: 1, maximum: mostOpinionDays });

/** What a step asks of another unit, and what came of it (会签). */
export const Opinion = Closed({
  id: Id,
  reviewId: Id,
  stepName: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  question: Type.String(),
  /** Of the chain when nobody asked by themselves. */
  askedByName: Type.String(),
  askedAt: Instant,
  /** Until this day the step waits for it; null: until there is an answer. */
  dueOn: Type.Union([Day, Type.Null()]),
  overdue: Type.Boolean(),
  state: OpinionState,
  stance: Type.Union([Stance, Type.Null()]),
  answer: Type.Union([Type.String(), Type.Null()]),
  /** Of the revision on which the answer was given. */
  revisionDigest: Type.Union([Type.String(), Type.Null()]),
  /** Who answered, withdrew it or sent the work back. */
  endedByName: Type.Union([Type.String(), Type.Null()]),
  /** In whose place. */
  onBehalfOfName: Type.Union([Type.String(), Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  /** Why it was withdrawn or closed. */
  endReason: Type.Union([Type.String(), Type.Null()]),
  /** Somebody in whose place the caller would answer or withdraw it; null: in their own right. */
  onBehalfOf: Type.Union([Closed({ id: Id, name: Type.String() }), Type.Null()]),
  actions: Type.Array(Type.Union([Type.Literal('answer'), Type.Literal('withdraw')])),
});
export type Opinion = Static<typeof Opinion>;

export const ReviewOpinions = Closed({
  /** All of them for the people of the work; for others those that ask them: no unit sees what another answered. */
  items: Type.Array(Opinion),
  /** Whether the caller may ask further units now, and in whose place. */
  mayAsk: Type.Boolean(),
  onBehalfOf: Type.Union([Closed({ id: Id, name: Type.String() }), Type.Null()]),
});
export type ReviewOpinions = Static<typeof ReviewOpinions>;

export const NewQuestion = Closed({
  /** The step that the caller saw waiting. */
  step: Type.Integer({ minimum: 0 }),
  unitIds: Type.Array(Id, { minItems: 1, maxItems: mostAskedUnits, uniqueItems: true }),
  question: Type.String({ ...text, minLength: 2, maxLength: 500 }),
  /** Working days that the step waits at most, from tomorrow on. */
  withinDays: Type.Optional(Days),
  /** Somebody who delegated to the caller. */
  onBehalfOf: Type.Optional(Id),
});
export type NewQuestion = Static<typeof NewQuestion>;

export const NewAnswer = Closed({
  stance: Stance,
  /** Needed unless it is plain agreement. */
  text: Type.Optional(Type.String(text)),
  /** Of the revision that was looked at; any other is refused. */
  revisionDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  onBehalfOf: Type.Optional(Id),
});
export type NewAnswer = Static<typeof NewAnswer>;

export const OpinionWithdrawal = Closed({ reason: Reason, onBehalfOf: Type.Optional(Id) });
export type OpinionWithdrawal = Static<typeof OpinionWithdrawal>;

export const OpinionInList = Closed({
  id: Id,
  reviewId: Id,
  title: Type.String(),
  /** Whose work it is. */
  workUnitName: Type.String(),
  /** Which unit is asked. */
  unitName: Type.String(),
  question: Type.String(),
  askedAt: Instant,
  dueOn: Type.Union([Day, Type.Null()]),
  overdue: Type.Boolean(),
  stance: Type.Union([Stance, Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
});
export type OpinionInList = Static<typeof OpinionInList>;

/** What a step of a chain asks by itself of other units when it begins. */
export const stepOpinions = {
  opinionUnitIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: mostAskedUnits, uniqueItems: true })),
  /** Working days that the step waits for them at most; until they answered when absent. */
  opinionDays: Type.Optional(Days),
};

export const opinionApi = {
  listReviewOpinions: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/opinions',
    summary: 'What the steps of a review asked of other units, and what these answered.',
    access: 'signed-in',
    params: IdParams,
    response: ReviewOpinions,
  }),
  listAskableUnits: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/askable-units',
    summary: 'Units in which somebody reviews, for whoever may ask for opinions in this review.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(Closed({ id: Id, name: Type.String() })),
  }),
  askOpinions: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/opinions',
    summary: 'Ask other units for their opinion; the step waits for them. For whoever may decide the step.',
    access: 'signed-in',
    params: IdParams,
    body: NewQuestion,
    response: ReviewOpinions,
    status: 201,
  }),
  listOpinions: defineEndpoint({
    method: 'GET',
    path: '/api/opinions',
    summary:
      'What other units ask of the caller’s, longest waiting first; or what the caller answered, newest first.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      show: Type.Optional(Type.Union([Type.Literal('waiting'), Type.Literal('answered')])),
    }),
    response: Closed({
      items: Type.Array(OpinionInList),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
  giveOpinion: defineEndpoint({
    method: 'POST',
    path: '/api/opinions/:id/answer',
    summary: 'Answer for the unit that is asked, once; for its reviewers and principals.',
    access: 'signed-in',
    params: IdParams,
    body: NewAnswer,
    response: Opinion,
    status: 201,
  }),
  withdrawOpinion: defineEndpoint({
    method: 'POST',
    path: '/api/opinions/:id/withdrawal',
    summary: 'Take a question back with a reason; for whoever asked and whoever may decide the step.',
    access: 'signed-in',
    params: IdParams,
    body: OpinionWithdrawal,
    response: Opinion,
    status: 201,
  }),
} as const;
