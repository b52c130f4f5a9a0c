import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { NewOpennessAssessment } from './openness.ts';
import { ResourceTypeKey } from './resource-type.ts';
import { SigningProof } from './signing.ts';

export const urgentErrorCodes = [
  'review.released-urgently',
  'review.not-released',
  'review.finding-contradicts',
  'review.urgent-not-authorised',
  'review.urgent-needless',
  'review.urgent-held',
  'review.urgent-people-unfit',
  'review.urgent-rule-changed',
  'review.urgent-rule-not-found',
] as const;

export const usualReviewHours = 24;
export const mostReviewHours = 72;
const mostPeople = 10;

/** 紧急理由 */
export const UrgentReason = Type.String({ minLength: 2, maxLength: 500, pattern: '\\S\\s*\\S' });
const Note = Type.String({ minLength: 2, maxLength: 200, pattern: '^[^\\s](?:[^\\n\\r]*[^\\s])?$' });

/** Who may release urgently in a unit, and how long the review may then take. */
export const UrgentRule = Closed({
  unitId: Id,
  unitName: Type.String(),
  /** Also for the units below that have no rule of their own. */
  coversBelow: Type.Boolean(),
  /** `able`: still holds 签发人 over the unit. Others release nothing. */
  people: Type.Array(Closed({ id: Id, name: Type.String(), able: Type.Boolean() })),
  /** Natural hours. */
  reviewHours: Type.Integer(),
  note: Type.String(),
  version: Type.Integer(),
  setByName: Type.String(),
  setAt: Instant,
});
export type UrgentRule = Static<typeof UrgentRule>;

const Version = Type.Integer({ minimum: 0, maximum: 1_000_000 });
export const NewUrgentRule = Closed({
  /** 0 for a unit that has none. */
  expectedVersion: Version,
  coversBelow: Type.Boolean(),
  accountIds: Type.Array(Id, { minItems: 1, maxItems: mostPeople, uniqueItems: true }),
  reviewHours: Type.Integer({ minimum: 1, maximum: mostReviewHours }),
  note: Note,
});
export type NewUrgentRule = Static<typeof NewUrgentRule>;
export const UrgentRuleEnd = Closed({ expectedVersion: Version, note: Note });
export type UrgentRuleEnd = Static<typeof UrgentRuleEnd>;

/** 紧急发布: one authorised person signs before the steps of the review are done. */
export const NewUrgentRelease = Closed({
  /** The step and the text that the signer saw; when somebody decided meanwhile, it is refused. */
  step: Type.Integer({ minimum: 0 }),
  revisionDigest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  reason: UrgentReason,
  assessment: NewOpennessAssessment,
  proof: Type.Optional(SigningProof),
});
export type NewUrgentRelease = Static<typeof NewUrgentRelease>;

export const UrgentState = Type.Union([
  Type.Literal('retrospective'),
  Type.Literal('confirmed'),
  Type.Literal('objected'),
]);
export type UrgentState = Static<typeof UrgentState>;

export const UrgentRelease = Closed({
  reviewId: Id,
  resourceId: Id,
  title: Type.String(),
  type: ResourceTypeKey,
  unitName: Type.String(),
  state: UrgentState,
  reason: Type.String(),
  releasedByName: Type.String(),
  releasedAt: Instant,
  /** By when every step is to be decided. */
  dueAt: Instant,
  /** It still waits and the time is over, or it was done too late. */
  overdue: Type.Boolean(),
  /** The step that is asked now; null when the review is done. */
  stepName: Type.Union([Type.String(), Type.Null()]),
  endedAt: Type.Union([Instant, Type.Null()]),
  /** 补审未通过: who found what. */
  objection: Type.Union([Closed({ byName: Type.String(), reason: Type.String() }), Type.Null()]),
  /** What became of what was objected to; null while it is public as it was, and for everything else. */
  settledAs: Type.Union([Type.Literal('corrected'), Type.Literal('withdrawn'), Type.Null()]),
});
export type UrgentRelease = Static<typeof UrgentRelease>;

export const UrgentShown = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('overdue'),
  Type.Literal('confirmed'),
  Type.Literal('objected'),
]);
export type UrgentShown = Static<typeof UrgentShown>;

export const urgentApi = {
  listUrgentRules: defineEndpoint({
    method: 'GET',
    path: '/api/urgent-rules',
    summary: 'Who may release urgently, unit by unit.',
    access: 'signed-in',
    response: Type.Array(UrgentRule),
  }),
  setUrgentRule: defineEndpoint({
    method: 'PUT',
    path: '/api/urgent-rules/:id',
    summary: 'Say who may release urgently in the unit of this id, and how long the review may then take.',
    access: 'signed-in',
    params: IdParams,
    body: NewUrgentRule,
    response: UrgentRule,
  }),
  endUrgentRule: defineEndpoint({
    method: 'POST',
    path: '/api/urgent-rules/:id/end',
    summary: 'Nobody releases urgently by the rule of this unit any more.',
    access: 'signed-in',
    params: IdParams,
    body: UrgentRuleEnd,
    response: Type.Array(UrgentRule),
  }),
  listUrgentReleases: defineEndpoint({
    method: 'GET',
    path: '/api/urgent-releases',
    summary: 'What went out urgently in scope, the newest first, and what became of its review.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      show: Type.Optional(UrgentShown),
      resourceId: Type.Optional(Id),
    }),
    response: Closed({
      items: Type.Array(UrgentRelease),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
      /** In scope; counted no further than 1000. */
      counts: Closed({ waiting: Type.Integer(), overdue: Type.Integer(), objected: Type.Integer() }),
    }),
  }),
} as const;
