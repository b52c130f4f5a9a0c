import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';

export const followingErrorCodes = [
  'following.operator-required',
  'following.overseer-required',
  'following.subscription-not-found',
  'following.subscription-changed',
  'following.subscription-over',
  'following.state-forbids',
  'following.address-wrong',
  'following.key-refused',
  'following.key-lost',
  'following.full-text-withheld',
  'following.platform-unreachable',
  'following.platform-strange',
  'following.platform-private',
  'following.platform-itself',
  'following.platform-other',
  'following.platform-claimed',
  'following.platform-busy',
  'following.answer-too-large',
  'following.feed-endless',
  'following.cursor-ahead',
  'following.too-many-items',
  'following.too-many-set-aside',
  'following.nothing-to-retry',
  'following.target-unknown',
  'following.cursor-wrong',
] as const;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const partOf = (item: ReturnType<typeof Type.String>, description: string) =>
  nullable(Type.Array(item, { minItems: 1, maxItems: 200, uniqueItems: true, description }));

export const followModes = ['reviewed', 'pending'] as const;
export type FollowMode = (typeof followModes)[number];
export const followModeNames: Readonly<Record<FollowMode, string>> = {
  reviewed: '直接转载发布',
  pending: '作为草稿送本单位审核',
};
const FollowMode = Type.Unsafe<FollowMode>(Type.Union(followModes.map((mode) => Type.Literal(mode))));

/** `barred`: the other platform no longer takes the key, and nobody asks it again before there is a new one. */
export const subscriptionStates = ['active', 'paused', 'barred', 'ended'] as const;
export type SubscriptionState = (typeof subscriptionStates)[number];
export const subscriptionStateNames: Readonly<Record<SubscriptionState, string>> = {
  active: '同步中',
  paused: '已暂停',
  barred: '密钥失效',
  ended: '已结束',
};

export const itemStates = [
  'taken',
  'waiting',
  'set-aside',
  'refused',
  'changed-here',
  'known',
  'looped',
  'removed',
] as const;
export type ItemState = (typeof itemStates)[number];
export const itemStateNames: Readonly<Record<ItemState, string>> = {
  taken: '已同步',
  waiting: '等待中',
  'set-aside': '暂缓',
  refused: '不能接收',
  'changed-here': '本地已修改',
  known: '已从别处来',
  looped: '源自本平台',
  removed: '已撤下',
};
const ItemState = Type.Unsafe<ItemState>(Type.Union(itemStates.map((state) => Type.Literal(state))));

/** Why a resource of the other platform was not taken as it is. */
export const itemProblems = [
  'type-unknown',
  'type-unsuitable',
  'type-changed',
  'content-refused',
  'file-refused',
  'origin-wrong',
  'origin-changed',
  'too-large',
  'in-review',
  'file-unavailable',
  'content-unavailable',
  'too-slow',
  'write-failed',
  'removal-failed',
] as const;
export type ItemProblem = (typeof itemProblems)[number];

const TheirId = Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'An id of the other platform.' });
const TheirType = Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' });
const Address = Type.String({
  minLength: 8,
  maxLength: 300,
  description: 'Of the exchange, http:// or https://.',
});
const Key = Type.String({
  pattern: '^[!-~]{10,200}$',
  description: 'Is kept sealed and never shown again.',
});

/** Entries of one of their columns go to one of ours. */
export const ColumnRule = Closed({
  sourceColumnId: TheirId,
  sourceName: Type.String({ maxLength: 200 }),
  columnId: Id,
});
export type ColumnRule = Static<typeof ColumnRule>;

/** What is taken of another platform, and where it goes. */
export const SubscriptionTerms = Closed({
  name: Type.String({ minLength: 2, maxLength: 60 }),
  sourceTypes: partOf(TheirType, 'Types of theirs; null: all that the key sees.'),
  sourceUnitIds: partOf(TheirId, 'Units of theirs, with those below them.'),
  sourceColumnIds: partOf(TheirId, 'Columns of theirs.'),
  unitId: Id,
  rules: Type.Array(ColumnRule, { maxItems: 200 }),
  columnId: Type.String({ ...Id, description: 'Takes what no rule speaks of.' }),
  mode: FollowMode,
  mostItems: Type.Integer({ minimum: 1, maximum: 5_000_000, description: 'More is an error and stops it.' }),
});
export type SubscriptionTerms = Static<typeof SubscriptionTerms>;

const Named = Closed({ id: TheirId, name: Type.String() });
/** What another platform offers to a key. */
export const PlatformOffer = Closed({
  instance: Type.String(),
  name: Type.String(),
  types: Type.Array(Closed({ key: TheirType, name: Type.String(), known: Type.Boolean() })),
  units: Type.Array(Named),
  columns: Type.Array(Closed({ id: TheirId, name: Type.String(), site: Type.String() })),
});
export type PlatformOffer = Static<typeof PlatformOffer>;

/** So many of a state are counted: this number says "so many or more". */
export const mostItemsCounted = 1_000;
const Count = Type.Integer({ description: `At most ${String(mostItemsCounted)} are counted.` });
const Counts = Closed(
  Object.fromEntries(itemStates.map((state) => [state, Count])) as Record<
    ItemState,
    ReturnType<typeof Type.Integer>
  >,
);

export const subscriptionActs = ['pause', 'resume', 'resync', 'end'] as const;
export type SubscriptionAct = (typeof subscriptionActs)[number];
const SubscriptionAct = Type.Unsafe<SubscriptionAct>(
  Type.Union(subscriptionActs.map((act) => Type.Literal(act))),
);

export const Subscription = Closed({
  id: Id,
  ...SubscriptionTerms.properties,
  address: Type.String(),
  platform: Type.String(),
  unitName: Type.String(),
  state: Type.Unsafe<SubscriptionState>(Type.Union(subscriptionStates.map((state) => Type.Literal(state)))),
  acts: Type.Array(SubscriptionAct, { description: 'What an operator may do with it as it is.' }),
  itemCount: Type.Integer({ description: 'Resources of theirs that are known, whatever became of them.' }),
  counts: Counts,
  trouble: nullable(Closed({ code: Type.String(), message: Type.String(), since: Instant })),
  nextAt: Instant,
  caughtUpAt: nullable(Instant),
  lastChangeAt: nullable(Instant),
  createdAt: Instant,
  createdByName: Type.String(),
  version: Type.Integer(),
});
export type Subscription = Static<typeof Subscription>;

export const SubscriptionItem = Closed({
  sourceId: Type.String(),
  title: Type.String(),
  url: nullable(Type.String()),
  indexNumber: nullable(Type.String()),
  resourceId: nullable(Id),
  state: ItemState,
  problem: nullable(Closed({ code: Type.String(), message: Type.String() })),
  setAside: nullable(
    Closed({
      tries: Type.Integer({ description: 'That failed in a row.' }),
      since: Instant,
      retryAt: Instant,
    }),
  ),
  updatedAt: Instant,
});
export type SubscriptionItem = Static<typeof SubscriptionItem>;

const ExpectedVersion = Type.Integer({ minimum: 1 });

/** What operators do with the platforms that this one follows. */
export const followingApi = {
  listSubscriptions: defineEndpoint({
    method: 'GET',
    path: '/api/subscriptions',
    summary: 'The platforms that are followed, newest first; for operators and supervisors.',
    access: 'signed-in',
    response: Type.Array(Subscription, { maxItems: 200 }),
  }),
  checkPlatform: defineEndpoint({
    method: 'POST',
    path: '/api/subscriptions/check',
    summary: 'Ask another platform with a key what it offers. Nothing is kept.',
    access: 'signed-in',
    body: Closed({ address: Address, key: Key }),
    response: PlatformOffer,
  }),
  readOffer: defineEndpoint({
    method: 'GET',
    path: '/api/subscriptions/:id/offer',
    summary: 'Ask a platform that is followed what it offers by now, with the key that is kept.',
    access: 'signed-in',
    params: IdParams,
    response: PlatformOffer,
  }),
  createSubscription: defineEndpoint({
    method: 'POST',
    path: '/api/subscriptions',
    summary: 'Follow another platform from now on. It is asked before anything is kept.',
    access: 'signed-in',
    body: Closed({ address: Address, key: Key, ...SubscriptionTerms.properties }),
    response: Subscription,
    status: 201,
  }),
  changeSubscription: defineEndpoint({
    method: 'PUT',
    path: '/api/subscriptions/:id',
    summary: 'Change what is taken and where it goes, or give a new key; everything is read anew.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({
      expectedVersion: ExpectedVersion,
      key: Type.Optional(Key),
      ...SubscriptionTerms.properties,
    }),
    response: Subscription,
  }),
  actOnSubscription: defineEndpoint({
    method: 'POST',
    path: '/api/subscriptions/:id/act',
    summary: 'Pause, resume, read everything anew, or end it for good; what came stays.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({
      expectedVersion: ExpectedVersion,
      act: SubscriptionAct,
    }),
    response: Subscription,
  }),
  retryItems: defineEndpoint({
    method: 'POST',
    path: '/api/subscriptions/:id/retry',
    summary:
      'Try again now what is set aside: all of it, or one resource, which may also be one that was refused.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ sourceId: nullable(TheirId) }),
    response: Closed({ due: Type.Integer({ description: 'So many are tried again.' }) }),
    status: 202,
  }),
  listItems: defineEndpoint({
    method: 'GET',
    path: '/api/subscriptions/:id/items',
    summary: 'What became of the resources of the other platform, those of one state, last touched first.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ state: ItemState, ...pagingQuery }),
    response: Closed({
      items: Type.Array(SubscriptionItem),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
    }),
  }),
} as const;
