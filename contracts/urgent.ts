import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, Instant } from './endpoint.ts';

/** 突发事件公告: what every site shows at once in an emergency. */
export const urgentLevels = ['red', 'orange', 'blue'] as const;
export type UrgentLevel = (typeof urgentLevels)[number];
export const UrgentLevel = Type.Unsafe<UrgentLevel>(
  Type.Union(urgentLevels.map((level) => Type.Literal(level))),
);
export const urgentLevelNames: Readonly<Record<UrgentLevel, string>> = {
  red: '红色（紧急）',
  orange: '橙色（重要）',
  blue: '蓝色（提示）',
};
export const urgentTextLimit = 80;

const Sentence = (maxLength: number) => Type.String({ maxLength, pattern: '^\\S(?:[^\\n\\r]*\\S)?$' });

export const UrgentNotice = Closed({
  /** Names this one: a change and an end say which they mean. */
  id: Id,
  resourceId: Id,
  /** Absent when what it led to is not public any more. */
  resourceTitle: Type.Union([Type.String(), Type.Null()]),
  level: UrgentLevel,
  text: Type.String(),
  raisedAt: Instant,
  raisedByName: Type.String(),
  until: Type.Union([Instant, Type.Null()]),
});
export type UrgentNotice = Static<typeof UrgentNotice>;

export const UrgentStatus = Closed({
  notice: Type.Union([UrgentNotice, Type.Null()]),
  /** The caller may raise, change and end it; `with-reason` when only with a stated reason. */
  may: Type.Union([Type.Literal('no'), Type.Literal('yes'), Type.Literal('with-reason')]),
});
export type UrgentStatus = Static<typeof UrgentStatus>;

export const NewUrgentNotice = Closed({
  /** Something public that says more: what is announced stands in the library first. */
  resourceId: Id,
  level: UrgentLevel,
  text: Sentence(urgentTextLimit),
  /** It ends by itself then. */
  until: Type.Optional(Type.Union([Instant, Type.Null()])),
  /** Needed from the digital centre. */
  reason: Type.Optional(Sentence(200)),
  /** The one that this takes the place of; absent when there is none. */
  replaces: Type.Optional(Id),
});
export type NewUrgentNotice = Static<typeof NewUrgentNotice>;

export const UrgentEnd = Closed({ id: Id, reason: Sentence(200) });
export type UrgentEnd = Static<typeof UrgentEnd>;

export const urgentApi = {
  getUrgentNotice: defineEndpoint({
    method: 'GET',
    path: '/api/urgent-notice',
    summary: 'The announcement that every site shows now, and whether the caller may change it.',
    access: 'signed-in',
    response: UrgentStatus,
  }),
  raiseUrgentNotice: defineEndpoint({
    method: 'POST',
    path: '/api/urgent-notice',
    summary: 'Show an announcement on every site at once; at most one at a time.',
    access: 'signed-in',
    body: NewUrgentNotice,
    response: UrgentStatus,
    status: 201,
  }),
  endUrgentNotice: defineEndpoint({
    method: 'DELETE',
    path: '/api/urgent-notice',
    summary: 'Take the announcement from every site, with a reason.',
    access: 'signed-in',
    body: UrgentEnd,
    response: UrgentStatus,
  }),
} as const;
