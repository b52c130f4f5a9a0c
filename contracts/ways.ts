import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';
import { TermReference } from './term-reference.ts';
import { UnitKind } from './unit-kind.ts';

/* The four ways in which a column of the portal is kept filled: 映射, 报送, 链接, 共建. */

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));
const OrNull = <T extends Parameters<typeof Type.Array>[0]>(of: T) => Type.Union([of, Type.Null()]);
const page = <T extends Parameters<typeof Type.Array>[0]>(items: T) =>
  Closed({ items: Type.Array(items), nextCursor: OrNull(Type.String()) });
const Reason = Type.String({ minLength: 2, maxLength: 500 });

export const mappingModes = ['automatic', 'confirmed'] as const;
export type MappingMode = (typeof mappingModes)[number];
export const mappingModeNames: Readonly<Record<MappingMode, string>> = {
  automatic: '自动显示',
  confirmed: '确认后显示',
};

/** What of which columns a rule brings into a column. Exactly one source; a condition that is not stated holds. */
export const MappingConditions = Closed({
  mode: oneOf(mappingModes),
  sourceColumnId: OrNull(Id),
  /** Every column of this unit. */
  unitId: OrNull(Id),
  /** Every column of every unit of this kind. */
  unitKind: OrNull(UnitKind),
  types: Type.Array(ResourceTypeKey, { maxItems: 20, uniqueItems: true }),
  /** The term, or a narrower one. */
  term: OrNull(TermReference),
  /** In the title. */
  keyword: OrNull(Type.String({ minLength: 2, maxLength: 50, pattern: '^\\S(?:.*\\S)?$' })),
});
export type MappingConditions = Static<typeof MappingConditions>;

export const MappingRule = Closed({
  ...MappingConditions.properties,
  id: Id,
  columnId: Id,
  /** `区教育局的全部栏目` */
  sourceName: Type.String(),
  termLabel: OrNull(Type.String()),
  version: Type.Integer(),
  changedByName: Type.String(),
  changedAt: Instant,
  /** Resources that it is still to be held against; 0 when all that is published is as it says. */
  remaining: Type.Integer(),
  shown: Type.Integer({ description: 'Entries that it put into the column.' }),
  waiting: Type.Integer({ description: 'What it found and nobody decided on.' }),
  history: Type.Array(
    Closed({ version: Type.Integer(), text: Type.String(), byName: Type.String(), at: Instant }),
  ),
});
export type MappingRule = Static<typeof MappingRule>;

export const NewMappingRule = Closed({ columnId: Id, ...MappingConditions.properties });
export type NewMappingRule = Static<typeof NewMappingRule>;

/** The newest of what is published are held against the conditions. */
export const MappingPreview = Closed({
  looked: Type.Integer({ description: 'How many entries of the sources were held against it.' }),
  complete: Type.Boolean({ description: 'False when the sources hold more.' }),
  found: Type.Integer(),
  /** Of these, what the column shows already. */
  already: Type.Integer(),
  first: Type.Array(
    Closed({ resourceId: Id, title: Type.String(), unitName: Type.String(), publishedAt: Instant }),
  ),
});
export type MappingPreview = Static<typeof MappingPreview>;

export const MappingMatch = Closed({
  ruleId: Id,
  resourceId: Id,
  title: Type.String(),
  unitName: Type.String(),
  columnName: Type.String(),
  siteName: Type.String(),
  foundAt: Instant,
  url: Type.String(),
});
export type MappingMatch = Static<typeof MappingMatch>;

export const MappingDecision = Closed({
  ruleId: Id,
  resourceId: Id,
  accepted: Type.Boolean(),
  /** Of what is declined. */
  reason: Type.Optional(Reason),
});
export type MappingDecision = Static<typeof MappingDecision>;

export const submissionStates = ['prepared', 'offered', 'adopted', 'returned', 'withdrawn'] as const;
export type SubmissionState = (typeof submissionStates)[number];
export const submissionStateNames: Readonly<Record<SubmissionState, string>> = {
  prepared: '待发布',
  offered: '待采用',
  adopted: '已采用',
  returned: '已退回',
  withdrawn: '已撤回',
};
const SubmissionState = oneOf(submissionStates);

/** 报送: a unit offers a resource to a column of the portal. */
export const Submission = Closed({
  id: Id,
  resourceId: Id,
  title: OrNull(Type.String()),
  summary: OrNull(Type.String()),
  /** Its own page, where it is public. */
  url: OrNull(Type.String()),
  unitName: Type.String(),
  columnId: Id,
  columnName: Type.String(),
  siteName: Type.String(),
  state: SubmissionState,
  note: Type.String(),
  offeredByName: Type.String(),
  offeredAt: Instant,
  dueOn: OrNull(Type.String({ description: 'Until when it is to be decided; null where no calendar says.' })),
  overdue: Type.Boolean(),
  decidedByName: OrNull(Type.String()),
  decidedAt: OrNull(Instant),
  reason: OrNull(Type.String()),
  /** Adopted, and no longer shown. */
  ended: Type.Boolean(),
  actions: Type.Array(oneOf(['adopt', 'retitle', 'return', 'withdraw'] as const)),
});
export type Submission = Static<typeof Submission>;

export const NewSubmission = Closed({
  resourceId: Id,
  columnId: Id,
  note: Type.Optional(Type.String({ maxLength: 200 })),
});
export type NewSubmission = Static<typeof NewSubmission>;

export const Adoption = Closed({
  /** Of the portal, where it is not the reviewed one: by its principal. */
  title: Type.Optional(Type.String({ minLength: 2, maxLength: 200, pattern: '^\\S(?:.*\\S)?$' })),
  pinnedUntil: Type.Optional(Instant),
});
export type Adoption = Static<typeof Adoption>;

/** `waiting` for the portal's column, or `own`: offered by the own units. */
export const submissionSides = ['waiting', 'own'] as const;
export type SubmissionSide = (typeof submissionSides)[number];

const Month = Type.String({ pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' });
const figuresQuery = Closed({ from: Month, to: Month });
export type FiguresQuery = Static<typeof figuresQuery>;
const SubmissionFigure = Closed({
  unitId: Id,
  unitName: Type.String(),
  month: Month,
  offered: Type.Integer(),
  adopted: Type.Integer(),
  returned: Type.Integer(),
  withdrawn: Type.Integer(),
  waiting: Type.Integer(),
});
export type SubmissionFigure = Static<typeof SubmissionFigure>;

export const ColumnLink = Closed({
  url: Type.String(),
  reason: OrNull(Type.String()),
  setByName: Type.String(),
  setAt: Instant,
  checkedAt: OrNull(Instant),
  /** What the last look found; null while it answers, or before anybody looked. */
  trouble: OrNull(Type.String()),
  failingSince: OrNull(Instant),
});
export type ColumnLink = Static<typeof ColumnLink>;

/** How a column is filled beside what its own unit places in it. */
export const ColumnWays = Closed({
  rules: Type.Array(MappingRule),
  link: OrNull(ColumnLink),
  writers: Type.Array(Closed({ unitId: Id, unitName: Type.String() })),
});
export type ColumnWays = Static<typeof ColumnWays>;

export const waysErrorCodes = [
  'sites.mapping-source-wrong',
  'sites.mapping-rule-not-found',
  'sites.mapping-rule-changed',
  'sites.mapping-rule-exists',
  'sites.term-unknown',
  'sites.mapping-match-not-found',
  'sites.reason-missing',
  'sites.submission-not-found',
  'sites.submission-decided',
  'sites.submission-forbidden',
  'sites.submission-exists',
  'sites.submission-own',
  'sites.portal-column-required',
  'sites.not-open-to-all',
  'sites.month-wrong',
  'sites.link-wrong',
  'sites.link-blocked',
  'sites.link-reason-missing',
  'sites.writer-wrong',
  'sites.entry-mapped',
  'sites.entry-only-place',
  'sites.entry-own',
] as const;

export const waysApi = {
  getColumnWays: defineEndpoint({
    method: 'GET',
    path: '/api/columns/:id/ways',
    summary: 'How a column is filled: its mapping rules, its link, the units that write into it.',
    access: 'signed-in',
    params: IdParams,
    response: ColumnWays,
  }),
  createMappingRule: defineEndpoint({
    method: 'POST',
    path: '/api/mapping-rules',
    summary:
      'A rule by which a column shows what other columns hold; what is published follows in the background.',
    access: 'signed-in',
    body: NewMappingRule,
    response: MappingRule,
    status: 201,
  }),
  changeMappingRule: defineEndpoint({
    method: 'PUT',
    path: '/api/mapping-rules/:id',
    summary: 'A new version of a rule.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ expectedVersion: Type.Integer({ minimum: 1 }), ...MappingConditions.properties }),
    response: MappingRule,
  }),
  endMappingRule: defineEndpoint({
    method: 'POST',
    path: '/api/mapping-rules/:id/ending',
    summary: 'End a rule; what only it brought into the column leaves.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Null(),
    status: 204,
  }),
  previewMappingRule: defineEndpoint({
    method: 'POST',
    path: '/api/mapping-rule-previews',
    summary: 'What a rule would find among the newest 5,000 entries of its sources.',
    access: 'signed-in',
    body: NewMappingRule,
    response: MappingPreview,
  }),
  listMappingMatches: defineEndpoint({
    method: 'GET',
    path: '/api/mapping-matches',
    summary:
      'What rules found for columns of the own units and nobody decided on, the longest waiting first.',
    access: 'signed-in',
    query: Closed(pagingQuery),
    response: page(MappingMatch),
  }),
  decideMappingMatch: defineEndpoint({
    method: 'POST',
    path: '/api/mapping-matches',
    summary: 'Show what a rule found in the column, or decline it with a reason.',
    access: 'signed-in',
    body: MappingDecision,
    response: Type.Null(),
    status: 204,
  }),
  listSubmissions: defineEndpoint({
    method: 'GET',
    path: '/api/submissions',
    summary: 'What waits for the columns of the own units, or what the own units offered, newest first.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery, side: oneOf(submissionSides), state: Type.Optional(SubmissionState) }),
    response: page(Submission),
  }),
  offerResource: defineEndpoint({
    method: 'POST',
    path: '/api/submissions',
    summary:
      'Offer a resource to a column of the portal; one that is not published yet is offered when it is.',
    access: 'signed-in',
    body: NewSubmission,
    response: Submission,
    status: 201,
  }),
  adoptSubmission: defineEndpoint({
    method: 'POST',
    path: '/api/submissions/:id/adoption',
    summary: 'Show what was offered in the column, by reference.',
    access: 'signed-in',
    params: IdParams,
    body: Adoption,
    response: Submission,
  }),
  returnSubmission: defineEndpoint({
    method: 'POST',
    path: '/api/submissions/:id/return',
    summary: 'Return what was offered, with a reason.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ reason: Reason }),
    response: Submission,
  }),
  withdrawSubmission: defineEndpoint({
    method: 'POST',
    path: '/api/submissions/:id/withdrawal',
    summary: 'Take an offer back that nobody decided on.',
    access: 'signed-in',
    params: IdParams,
    response: Submission,
  }),
  getSubmissionFigures: defineEndpoint({
    method: 'GET',
    path: '/api/submission-figures',
    summary: 'Offers of each unit in scope by the month in which they were made, and what became of them.',
    access: 'signed-in',
    query: figuresQuery,
    response: Type.Array(SubmissionFigure),
  }),
  downloadSubmissionFigures: defineEndpoint({
    method: 'GET',
    path: '/api/submission-figures.xlsx',
    summary: 'The same as a table.',
    access: 'signed-in',
    query: figuresQuery,
    response: Type.Unknown(),
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
  setColumnLink: defineEndpoint({
    method: 'PUT',
    path: '/api/columns/:id/link',
    summary: 'The address to which a column leads, or none.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ url: OrNull(Type.String({ maxLength: 500 })), reason: Type.Optional(Reason) }),
    response: ColumnWays,
  }),
  setColumnWriters: defineEndpoint({
    method: 'PUT',
    path: '/api/columns/:id/writers',
    summary: 'The units that write into a column of the portal beside the one that answers for it.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ unitIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }) }),
    response: ColumnWays,
  }),
  removeEntry: defineEndpoint({
    method: 'POST',
    path: '/api/columns/:id/listings/:resourceId/removal',
    summary: 'Take an entry of another unit out of a column, with a reason that the unit is told.',
    access: 'signed-in',
    params: Closed({ id: Id, resourceId: Id }),
    body: Closed({ reason: Reason }),
    response: Type.Null(),
    status: 204,
  }),
} as const;
