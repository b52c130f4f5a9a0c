import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';

export const delegationErrorCodes = [
  'review.delegation-not-found',
  'review.delegation-over',
  'review.delegation-role-required',
  'review.delegation-days-wrong',
  'review.delegation-overlaps',
  'review.delegation-chained',
  'review.delegate-unfit',
] as const;

export const longestDelegationDays = 366;

/** 出差委托: somebody decides in another's place from one day to another. */
export const Delegation = Closed({
  id: Id,
  accountId: Id,
  accountName: Type.String(),
  delegateId: Id,
  delegateName: Type.String(),
  startsOn: Day,
  endsOn: Day,
  reason: Type.String(),
  /** Whether it helps today: both still belong to one unit, and it was not revoked. */
  state: Type.Union([
    Type.Literal('coming'),
    Type.Literal('running'),
    Type.Literal('over'),
    Type.Literal('revoked'),
  ]),
  createdAt: Instant,
});
export type Delegation = Static<typeof Delegation>;

export const NewDelegation = Closed({
  delegateId: Id,
  startsOn: Day,
  endsOn: Day,
  reason: Type.String({ minLength: 2, maxLength: 200, pattern: '^[^\\s](?:[^\\n\\r]*[^\\s])?$' }),
});
export type NewDelegation = Static<typeof NewDelegation>;

export const Colleague = Closed({ id: Id, realName: Type.String() });

export const delegationApi = {
  listDelegations: defineEndpoint({
    method: 'GET',
    path: '/api/delegations',
    summary: 'What the caller delegated and what was delegated to them, the newest hundred of each.',
    access: 'signed-in',
    response: Closed({ given: Type.Array(Delegation), received: Type.Array(Delegation) }),
  }),
  listColleagues: defineEndpoint({
    method: 'GET',
    path: '/api/delegations/colleagues',
    summary: 'People of the own unit to whom a reviewer or principal may delegate.',
    access: 'signed-in',
    response: Type.Array(Colleague),
  }),
  delegateDuty: defineEndpoint({
    method: 'POST',
    path: '/api/delegations',
    summary: 'Somebody of the own unit decides in the caller’s place from one day to another.',
    access: 'signed-in',
    body: NewDelegation,
    response: Delegation,
    status: 201,
  }),
  revokeDelegation: defineEndpoint({
    method: 'POST',
    path: '/api/delegations/:id/revoke',
    summary: 'End the own delegation at once.',
    access: 'signed-in',
    params: IdParams,
    response: Delegation,
  }),
} as const;
