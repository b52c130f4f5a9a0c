import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';

export const exchangeErrorCodes = [
  'exchange.operator-required',
  'exchange.overseer-required',
  'exchange.key-not-found',
  'exchange.key-changed',
  'exchange.key-over',
  'exchange.scope-unknown',
  'exchange.expiry-past',
  'exchange.reason-missing',
] as const;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const idsOrAll = (description: string) =>
  Type.Union([Type.Array(Id, { minItems: 1, maxItems: 200, uniqueItems: true }), Type.Null()], {
    description,
  });

/** What a key is for and how far it reaches. */
export const KeyTerms = Closed({
  name: Type.String({ minLength: 2, maxLength: 60, description: 'Of the system that uses it.' }),
  holder: Type.String({ minLength: 2, maxLength: 100, description: 'Who answers for it.' }),
  unitIds: idsOrAll('Units whose resources it shows, with the units below them; null: all.'),
  columnIds: idsOrAll('Columns whose entries it shows; null: all.'),
  types: Type.Union(
    [Type.Array(ResourceTypeKey, { minItems: 1, maxItems: 20, uniqueItems: true }), Type.Null()],
    { description: 'Types of resource it shows; null: all.' },
  ),
  fullText: Type.Boolean({ description: 'Texts and files too, not only what describes them.' }),
  perMinute: Type.Integer({ minimum: 1, maximum: 6_000 }),
  perDay: Type.Integer({ minimum: 1, maximum: 10_000_000 }),
  expiresAt: nullable(Instant),
});
export type KeyTerms = Static<typeof KeyTerms>;

export const keyStates = ['active', 'expired', 'revoked'] as const;
export type KeyState = (typeof keyStates)[number];
export const keyStateNames: Readonly<Record<KeyState, string>> = {
  active: '有效',
  expired: '已到期',
  revoked: '已吊销',
};

export const AccessKey = Closed({
  id: Id,
  ...KeyTerms.properties,
  prefix: Type.String({ description: 'The part of the key that may be shown.' }),
  state: Type.Unsafe<KeyState>(Type.Union(keyStates.map((state) => Type.Literal(state)))),
  createdAt: Instant,
  createdByName: Type.String(),
  revokedAt: nullable(Instant),
  revocationReason: nullable(Type.String()),
  lastUsedAt: nullable(Instant),
  usedToday: Type.Integer(),
  version: Type.Integer(),
});
export type AccessKey = Static<typeof AccessKey>;

export const NewKey = Closed({
  key: AccessKey,
  secret: Type.String({ description: 'The whole key. It is shown this once and stored nowhere.' }),
});
export type NewKey = Static<typeof NewKey>;

export const KeyUsage = Closed({
  day: Day,
  operation: Type.String(),
  requests: Type.Integer(),
  refused: Type.Integer(),
  bytes: Type.Integer(),
});
export type KeyUsage = Static<typeof KeyUsage>;

const ExpectedVersion = Type.Integer({ minimum: 1 });

/** What operators do with the keys of other systems, in the console. */
export const exchangeApi = {
  listKeys: defineEndpoint({
    method: 'GET',
    path: '/api/access-keys',
    summary: 'The keys of other systems, newest first; for operators and supervisors.',
    access: 'signed-in',
    response: Type.Array(AccessKey, { maxItems: 500 }),
  }),
  createKey: defineEndpoint({
    method: 'POST',
    path: '/api/access-keys',
    summary: 'Make a key. Its secret is in this answer and nowhere else.',
    access: 'signed-in',
    body: KeyTerms,
    response: NewKey,
    status: 201,
  }),
  changeKey: defineEndpoint({
    method: 'PUT',
    path: '/api/access-keys/:id',
    summary: 'Change how far a key reaches. It holds from the next request on.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ expectedVersion: ExpectedVersion, ...KeyTerms.properties }),
    response: AccessKey,
  }),
  revokeKey: defineEndpoint({
    method: 'POST',
    path: '/api/access-keys/:id/revocation',
    summary: 'End a key for good. It holds from the next request on.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({
      expectedVersion: ExpectedVersion,
      reason: Type.String({ minLength: 2, maxLength: 200 }),
    }),
    response: AccessKey,
  }),
  readUsage: defineEndpoint({
    method: 'GET',
    path: '/api/access-keys/:id/usage',
    summary: 'What a key asked for on each of the last days, newest first.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366, default: 30 })) }),
    response: Type.Array(KeyUsage, { maxItems: 5_000 }),
  }),
} as const;
