import { type Static, Type } from 'typebox';

import { Closed, Count, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';

export const interactionErrorCodes = [
  'interaction.correction-not-found',
  'interaction.correction-changed',
  'interaction.answered-already',
  'interaction.responder-required',
  'interaction.operator-required',
  'interaction.reply-too-short',
  'interaction.unit-unfit',
  'interaction.cursor-wrong',
  'interaction.form-incomplete',
  'interaction.page-unknown',
  'interaction.too-many-today',
] as const;

/** What a citizen can find wrong with a page. */
export const correctionKindNames = {
  typo: '错别字',
  inaccurate: '内容不准确',
  'broken-link': '链接失效',
  outdated: '内容过期',
  attachment: '附件打不开',
  other: '其他',
} as const;
export type CorrectionKind = keyof typeof correctionKindNames;
export const correctionKinds = Object.keys(correctionKindNames) as readonly CorrectionKind[];
export const CorrectionKind = Type.Unsafe<CorrectionKind>(
  Type.Union(correctionKinds.map((kind) => Type.Literal(kind))),
);

export const correctionStateNames = { open: '办理中', answered: '已改正', rejected: '不予采纳' } as const;
export type CorrectionState = keyof typeof correctionStateNames;
export const correctionStates = Object.keys(correctionStateNames) as readonly CorrectionState[];
export const CorrectionState = Type.Unsafe<CorrectionState>(
  Type.Union(correctionStates.map((state) => Type.Literal(state))),
);

/** Why a page did not help. */
export const ratingReasonNames = {
  unclear: '看不懂',
  outdated: '内容旧',
  'not-found': '没找到需要的',
  'broken-link': '链接失效',
  other: '其他',
} as const;
export type RatingReason = keyof typeof ratingReasonNames;
export const ratingReasons = Object.keys(ratingReasonNames) as readonly RatingReason[];

/** How long what a citizen writes may be. */
export const formLimits = {
  page: 2000,
  description: 1000,
  shortestDescription: 5,
  quote: 200,
  contact: 100,
  remark: 500,
} as const;

export const CorrectionAction = Type.Union([Type.Literal('answer'), Type.Literal('transfer')]);
export type CorrectionAction = Static<typeof CorrectionAction>;

export const CorrectionSummary = Closed({
  id: Id,
  siteId: Id,
  siteName: Type.String(),
  /** As people open it; null when the site has no domain yet. */
  pageUrl: Type.Union([Type.String(), Type.Null()]),
  path: Type.String(),
  pageName: Type.String(),
  resourceId: Type.Union([Id, Type.Null()]),
  unitId: Id,
  unitName: Type.String(),
  kind: CorrectionKind,
  description: Type.String(),
  /** Masked: 138****1234. */
  contact: Type.Union([Type.String(), Type.Null()]),
  /** How often the same was reported on that day. */
  times: Type.Integer(),
  reportedAt: Instant,
  state: CorrectionState,
  /** Last day of the time limit; null when the working days of that year are not in the calendar. */
  dueOn: Type.Union([Day, Type.Null()]),
  overdue: Type.Boolean(),
});
export type CorrectionSummary = Static<typeof CorrectionSummary>;

export const Correction = Closed({
  ...CorrectionSummary.properties,
  quote: Type.Union([Type.String(), Type.Null()]),
  /** In full for those who answer, masked for everybody else. */
  contact: Type.Union([Type.String(), Type.Null()]),
  answerDays: Type.Integer(),
  reply: Type.Union([Type.String(), Type.Null()]),
  answeredByName: Type.Union([Type.String(), Type.Null()]),
  answeredAt: Type.Union([Instant, Type.Null()]),
  transfers: Type.Array(
    Closed({
      fromUnitName: Type.String(),
      toUnitName: Type.String(),
      reason: Type.String(),
      transferredByName: Type.String(),
      at: Instant,
    }),
  ),
  actions: Type.Array(CorrectionAction),
  version: Type.Integer(),
});
export type Correction = Static<typeof Correction>;

export const CorrectionPage = Closed({
  items: Type.Array(CorrectionSummary),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
  count: Count,
});
export type CorrectionPage = Static<typeof CorrectionPage>;

const expectedVersion = Type.Integer({ minimum: 1 });

export const NewAnswer = Closed({
  expectedVersion,
  /** The page was mended; or it was not, and the reply says why. */
  outcome: Type.Union([Type.Literal('mended'), Type.Literal('rejected')]),
  /** The citizen reads it. */
  reply: Type.String({ minLength: 5, maxLength: 1000 }),
});
export type NewAnswer = Static<typeof NewAnswer>;

export const NewTransfer = Closed({
  expectedVersion,
  unitId: Id,
  reason: Type.String({ minLength: 2, maxLength: 500 }),
});
export type NewTransfer = Static<typeof NewTransfer>;

export const UsefulnessRow = Closed({
  siteId: Id,
  siteName: Type.String(),
  /** Of the page, or of the column. */
  name: Type.String(),
  path: Type.Union([Type.String(), Type.Null()]),
  useful: Type.Integer(),
  notUseful: Type.Integer(),
  /** How often each reason was chosen. */
  reasons: Type.Array(Closed({ name: Type.String(), times: Type.Integer() })),
});
export type UsefulnessRow = Static<typeof UsefulnessRow>;

export const Usefulness = Closed({
  rows: Type.Array(UsefulnessRow),
  /** Words that citizens added, newest first. */
  remarks: Type.Array(
    Closed({ pageName: Type.String(), siteName: Type.String(), remark: Type.String(), ratedAt: Instant }),
  ),
  total: Closed({ useful: Type.Integer(), notUseful: Type.Integer() }),
  /** True when there are more ratings in this time than were counted. */
  capped: Type.Boolean(),
});
export type Usefulness = Static<typeof Usefulness>;

export const CorrectionRule = Closed({ answerDays: Type.Integer({ minimum: 1, maximum: 60 }) });
export type CorrectionRule = Static<typeof CorrectionRule>;

export const interactionApi = {
  listCorrections: defineEndpoint({
    method: 'GET',
    path: '/api/corrections',
    summary: 'Corrections in scope, newest first, keyset paged, with a capped count.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      state: Type.Optional(CorrectionState),
      kind: Type.Optional(CorrectionKind),
      siteId: Type.Optional(Id),
    }),
    response: CorrectionPage,
  }),
  getCorrection: defineEndpoint({
    method: 'GET',
    path: '/api/corrections/:id',
    summary: 'One correction with its transfers and the actions open to the caller.',
    access: 'signed-in',
    params: IdParams,
    response: Correction,
  }),
  answerCorrection: defineEndpoint({
    method: 'POST',
    path: '/api/corrections/:id/answer',
    summary: 'Tell the citizen that the page was mended, or why not.',
    access: 'signed-in',
    params: IdParams,
    body: NewAnswer,
    response: Correction,
    status: 201,
  }),
  transferCorrection: defineEndpoint({
    method: 'POST',
    path: '/api/corrections/:id/transfers',
    summary: 'Hand a correction to the unit whose matter it is.',
    access: 'signed-in',
    params: IdParams,
    body: NewTransfer,
    response: Closed({ unitName: Type.String() }),
    status: 201,
  }),
  listAnsweringUnits: defineEndpoint({
    method: 'GET',
    path: '/api/answering-units',
    summary: 'Names of the units that a correction can be handed to.',
    access: 'signed-in',
    response: Type.Array(Closed({ id: Id, name: Type.String() })),
  }),
  getUsefulness: defineEndpoint({
    method: 'GET',
    path: '/api/usefulness',
    summary: 'What citizens said of pages in scope: by page or by column, the least useful first.',
    access: 'signed-in',
    query: Closed({
      by: Type.Optional(Type.Union([Type.Literal('page'), Type.Literal('column')])),
      siteId: Type.Optional(Id),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })),
    }),
    response: Usefulness,
  }),
  getCorrectionRule: defineEndpoint({
    method: 'GET',
    path: '/api/correction-rule',
    summary: 'How many working days a unit has to answer.',
    access: 'signed-in',
    response: CorrectionRule,
  }),
  changeCorrectionRule: defineEndpoint({
    method: 'PUT',
    path: '/api/correction-rule',
    summary: 'Change it for what comes in from now on.',
    access: 'signed-in',
    body: CorrectionRule,
    response: CorrectionRule,
  }),
} as const;

/** What a checked form holds. */
export interface CorrectionForm {
  readonly kind: CorrectionKind;
  readonly description: string;
  readonly quote: string | null;
  readonly contact: string | null;
}

export interface RatingForm {
  readonly useful: boolean;
  readonly reason: RatingReason | null;
  readonly remark: string | null;
}
