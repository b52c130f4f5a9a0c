import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { Resource, Withdrawal } from './library.ts';

/** 下架: what the digital centre took from every site, why, and what the unit says to it. */
export const TakeDown = Closed({
  id: Id,
  resourceId: Id,
  /** As it was called then. */
  title: Type.String(),
  unitName: Type.String(),
  reason: Type.String(),
  takenDownByName: Type.String(),
  takenDownAt: Instant,
  reply: Type.Union([Type.String(), Type.Null()]),
  answeredByName: Type.Union([Type.String(), Type.Null()]),
  answeredAt: Type.Union([Instant, Type.Null()]),
  /** It keeps the resource off the sites still: nothing was submitted anew since. */
  holds: Type.Boolean(),
  /** The caller may answer it now. */
  answerable: Type.Boolean(),
});
export type TakeDown = Static<typeof TakeDown>;
export const TakeDownAnswer = Closed({
  reply: Type.String({ minLength: 2, maxLength: 500, pattern: '\\S' }),
});
export type TakeDownAnswer = Static<typeof TakeDownAnswer>;

export const takeDownApi = {
  takeDownResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/take-down',
    summary: 'Take a resource of any unit from every site at once, with a reason; for operators.',
    access: 'signed-in',
    params: IdParams,
    body: Withdrawal,
    response: Resource,
  }),
  listTakeDowns: defineEndpoint({
    method: 'GET',
    path: '/api/take-downs',
    summary: 'What was taken down in scope, the newest first, with what the unit said to it.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery, resourceId: Type.Optional(Id) }),
    response: Closed({ items: Type.Array(TakeDown), nextCursor: Type.Union([Type.String(), Type.Null()]) }),
  }),
  replyToTakeDown: defineEndpoint({
    method: 'POST',
    path: '/api/take-downs/:id/reply',
    summary: 'The unit says what it does about it; once.',
    access: 'signed-in',
    params: IdParams,
    body: TakeDownAnswer,
    response: TakeDown,
    status: 201,
  }),
} as const;
