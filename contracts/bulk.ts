import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';

export const bulkKinds = ['place', 'take-off', 'withdraw', 'set-category', 'reuse'] as const;
export type BulkKind = (typeof bulkKinds)[number];
export const bulkKindNames: Readonly<Record<BulkKind, string>> = {
  place: '用到栏目',
  'take-off': '从栏目撤下',
  withdraw: '从网站撤回',
  'set-category': '修改信息类别',
  reuse: '引用到栏目',
};
const BulkKind = Type.Unsafe<BulkKind>(Type.Union(bulkKinds.map((kind) => Type.Literal(kind))));

export const bulkOutcomes = ['waiting', 'done', 'refused', 'failed'] as const;
export type BulkOutcome = (typeof bulkOutcomes)[number];
const BulkOutcome = Type.Unsafe<BulkOutcome>(Type.Union(bulkOutcomes.map((one) => Type.Literal(one))));

/** More than this are several orders: a report must be readable. */
export const mostBulkItems = 200;
/** Of other units' resources at once: whoever reuses more means to map a column. */
export const mostReused = 100;

/** One order for many resources; each is judged like a single one, with the rights of who orders it. */
export const NewBulkAct = Closed({
  kind: BulkKind,
  resourceIds: Type.Array(Id, { minItems: 1, maxItems: mostBulkItems, uniqueItems: true }),
  /** Of `place`, `take-off` and `reuse`. */
  columnId: Type.Optional(Id),
  /** Of `withdraw`. */
  reason: Type.Optional(Type.String({ minLength: 2, maxLength: 500 })),
  /** Of `set-category`. */
  category: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
});
export type NewBulkAct = Static<typeof NewBulkAct>;

const Counts = Closed({
  waiting: Type.Integer(),
  done: Type.Integer(),
  refused: Type.Integer(),
  failed: Type.Integer(),
});
export const BulkSummary = Closed({
  id: Id,
  kind: BulkKind,
  createdAt: Instant,
  finishedAt: Type.Union([Instant, Type.Null()]),
  counts: Counts,
});
export type BulkSummary = Static<typeof BulkSummary>;

export const BulkItem = Closed({
  resourceId: Id,
  title: Type.Union([Type.String(), Type.Null()]),
  outcome: BulkOutcome,
  message: Type.Union([Type.String(), Type.Null()], { description: 'Why not, in Chinese.' }),
});
export type BulkItem = Static<typeof BulkItem>;
/** What became of each, in the order in which they were given. */
export const BulkReport = Closed({ ...BulkSummary.properties, items: Type.Array(BulkItem) });
export type BulkReport = Static<typeof BulkReport>;

export const bulkApi = {
  startBulk: defineEndpoint({
    method: 'POST',
    path: '/api/bulk-acts',
    summary:
      'Place, take off, withdraw, recategorise or reuse many resources; done in the background, one by one.',
    access: 'signed-in',
    body: NewBulkAct,
    response: BulkReport,
    status: 201,
  }),
  listBulks: defineEndpoint({
    method: 'GET',
    path: '/api/bulk-acts',
    summary: 'The last twenty orders of the caller.',
    access: 'signed-in',
    response: Type.Array(BulkSummary),
  }),
  getBulk: defineEndpoint({
    method: 'GET',
    path: '/api/bulk-acts/:id',
    summary: 'What became of an order of the caller, resource by resource.',
    access: 'signed-in',
    params: IdParams,
    response: BulkReport,
  }),
} as const;
