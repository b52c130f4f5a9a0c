import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, pagingQuery } from './endpoint.ts';

export const topicStates = ['running', 'ending', 'ended'] as const;
export type TopicState = (typeof topicStates)[number];
export const topicStateNames: Readonly<Record<TopicState, string>> = {
  running: '进行中',
  ending: '即将到期',
  ended: '已结束',
};
const TopicState = Type.Unsafe<TopicState>(
  Type.Union(
    topicStates.map((state) => Type.Literal(state)),
    { description: 'ending: its last day is near (`sites.update_warning`); ended: its page says so.' },
  ),
);
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** 专题: a page composed for an occasion, and who looks after it. */
export const Topic = Closed({
  resourceId: Id,
  title: Type.String(),
  unitId: Id,
  unitName: Type.String(),
  siteName: Type.String(),
  url: nullable(Type.String()),
  keeperId: nullable(Id),
  keeperName: nullable(Type.String()),
  endsOn: nullable(Day),
  state: TopicState,
  /** Whether the caller may end, extend and give it to somebody. */
  changeable: Type.Boolean(),
  version: Type.Integer(),
});
export type Topic = Static<typeof Topic>;

/** One topic with those to whom it may be given. */
export const TopicCare = Closed({
  topic: Topic,
  people: Type.Array(Closed({ id: Id, name: Type.String() })),
});
export type TopicCare = Static<typeof TopicCare>;

const expectedVersion = Type.Integer({ minimum: 1 });
const Reason = Type.String({ minLength: 2, maxLength: 300, pattern: '\\S.*\\S' });

export const TopicChange = Closed({
  expectedVersion,
  keeperId: nullable(Id),
  endsOn: nullable(Day),
  reason: Reason,
});
export type TopicChange = Static<typeof TopicChange>;
export const TopicEnd = Closed({ expectedVersion, reason: Reason });
export type TopicEnd = Static<typeof TopicEnd>;

export const topicApi = {
  listTopics: defineEndpoint({
    method: 'GET',
    path: '/api/topics',
    summary: 'Topics in scope that citizens can read, the newest first.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery, state: Type.Optional(TopicState) }),
    response: Closed({ items: Type.Array(Topic), nextCursor: nullable(Type.String()) }),
  }),
  getTopic: defineEndpoint({
    method: 'GET',
    path: '/api/topics/:id',
    summary: 'One topic, and the people of its unit to whom it may be given.',
    access: 'signed-in',
    params: IdParams,
    response: TopicCare,
  }),
  changeTopic: defineEndpoint({
    method: 'PUT',
    path: '/api/topics/:id',
    summary: 'Give a topic to somebody, or another last day; one that had ended goes on until then.',
    access: 'signed-in',
    params: IdParams,
    body: TopicChange,
    response: Topic,
  }),
  endTopic: defineEndpoint({
    method: 'POST',
    path: '/api/topics/:id/ending',
    summary:
      'End a topic today: its page says that it is archived, home pages and blocks lead to it no more.',
    access: 'signed-in',
    params: IdParams,
    body: TopicEnd,
    response: Topic,
  }),
};
