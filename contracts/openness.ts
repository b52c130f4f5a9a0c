import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { openModes, openToAll, ResourceTypeKey } from './library.ts';

export type OpenMode = (typeof openModes)[number];
export const OpenMode = Type.Unsafe<OpenMode>(Type.Union(openModes.map((mode) => Type.Literal(mode))));
const HiddenMode = Type.Unsafe<OpenMode>(
  Type.Union(openModes.filter((mode) => mode !== openToAll).map((mode) => Type.Literal(mode))),
);

export const secrecyAnswerNames = { no: '否', yes: '是', treated: '已处理' } as const;
export type SecrecyAnswer = keyof typeof secrecyAnswerNames;
const SecrecyAnswer = Type.Union([Type.Literal('no'), Type.Literal('yes'), Type.Literal('treated')]);

const Key = Type.String({ pattern: '^[a-z0-9-]{1,40}$' });
const Remark = Type.String({ maxLength: 300 });

/** 公开属性认定 and 保密审查 as somebody fills them in, of the revision whose digest goes with the decision. */
export const NewOpennessAssessment = Closed({
  openMode: OpenMode,
  /** Why it is not open to all, by articles 14 to 16; none for what is. */
  reasonKey: Type.Optional(Key),
  reasonNote: Type.Optional(Type.String({ maxLength: 500 })),
  answers: Type.Array(Closed({ item: Key, answer: SecrecyAnswer, remark: Type.Optional(Remark) }), {
    maxItems: 60,
  }),
});
export type NewOpennessAssessment = Static<typeof NewOpennessAssessment>;

export const SecrecyItem = Closed({ key: Key, name: Type.String(), question: Type.String() });
export type SecrecyItem = Static<typeof SecrecyItem>;

export const OpennessReason = Closed({
  key: Key,
  article: Type.String(),
  name: Type.String(),
  statute: Type.String(),
  openModes: Type.Array(OpenMode),
});
export type OpennessReason = Static<typeof OpennessReason>;

/** What the form asks today. */
export const OpennessForm = Closed({
  items: Type.Array(SecrecyItem),
  reasons: Type.Array(OpennessReason),
  reassessMonths: Type.Integer(),
});
export type OpennessForm = Static<typeof OpennessForm>;

export const OpennessAssessment = Closed({
  stepName: Type.String(),
  openMode: OpenMode,
  reason: Type.Union([Closed({ key: Key, article: Type.String(), name: Type.String() }), Type.Null()]),
  reasonNote: Type.Union([Type.String(), Type.Null()]),
  answers: Type.Array(
    Closed({
      item: Key,
      name: Type.String(),
      answer: SecrecyAnswer,
      remark: Type.Union([Remark, Type.Null()]),
    }),
  ),
  revisionDigest: Type.String(),
  assessedByName: Type.String(),
  assessedAt: Instant,
  /** What is otherwise than in the assessment before, in Chinese; empty when it confirms. */
  changes: Type.Array(Type.String()),
});
export type OpennessAssessment = Static<typeof OpennessAssessment>;

export const Undisclosed = Closed({
  reviewId: Id,
  resourceId: Id,
  title: Type.String(),
  type: ResourceTypeKey,
  unitName: Type.String(),
  openMode: OpenMode,
  reason: Type.String(),
  foundAt: Instant,
  dueOn: Day,
  overdue: Type.Boolean(),
  /** Whether the caller may record a re-assessment. */
  reassessable: Type.Boolean(),
  lastNote: Type.Union([Type.String(), Type.Null()]),
});
export type Undisclosed = Static<typeof Undisclosed>;

/** Article 18: still not open, with the next day to look at it; or it may be opened now. */
export const NewReassessment = Closed({
  outcome: Type.Union([Type.Literal('keep'), Type.Literal('may-open')]),
  note: Type.String({ minLength: 2, maxLength: 500 }),
  /** Of what stays: on request or not at all, and why. */
  openMode: Type.Optional(HiddenMode),
  reasonKey: Type.Optional(Key),
  /** As the rule says when absent. */
  nextDueOn: Type.Optional(Day),
});
export type NewReassessment = Static<typeof NewReassessment>;

export const Reassessment = Closed({
  outcome: Type.Union([Type.Literal('keep'), Type.Literal('may-open')]),
  openMode: OpenMode,
  note: Type.String(),
  nextDueOn: Type.Union([Day, Type.Null()]),
  assessedByName: Type.String(),
  assessedAt: Instant,
});
export type Reassessment = Static<typeof Reassessment>;

export const opennessErrorCodes = [
  'review.assessment-incomplete',
  'review.assessment-contradicts',
  'review.undisclosed-not-found',
  'review.reassessment-ended',
  'review.due-day-wrong',
] as const;

export const opennessApi = {
  getOpennessForm: defineEndpoint({
    method: 'GET',
    path: '/api/assessment-form',
    summary: 'What 公开属性认定 and 保密审查 ask today, and the statutory reasons not to open.',
    access: 'signed-in',
    response: OpennessForm,
  }),
  listOpennessAssessments: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/assessments',
    summary: 'The assessments of a review, the first one first, each with what it changed.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(OpennessAssessment),
  }),
  listUndisclosed: defineEndpoint({
    method: 'GET',
    path: '/api/undisclosed',
    summary: 'Resources that were found not to be open, the one that is due first first.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery, due: Type.Optional(Type.Boolean()) }),
    response: Closed({
      items: Type.Array(Undisclosed),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
  listReassessments: defineEndpoint({
    method: 'GET',
    path: '/api/reviews/:id/reassessments',
    summary: 'What came of looking at it again, the newest first.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(Reassessment),
  }),
  reassess: defineEndpoint({
    method: 'POST',
    path: '/api/reviews/:id/reassessments',
    summary: 'Record the periodic re-assessment of what is not disclosed (article 18).',
    access: 'signed-in',
    params: IdParams,
    body: NewReassessment,
    response: Reassessment,
    status: 201,
  }),
} as const;
