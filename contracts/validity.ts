import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { validities } from './resource-type.ts';

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));
const Validity = oneOf(validities);
export type Validity = (typeof validities)[number];
const optionalId = Type.Union([Id, Type.Null()]);

/** One ruling on whether a document holds: in force, waiting for its day, or cancelled before it came. */
export const ValidityRuling = Closed({
  id: Id,
  validity: Validity,
  /** What held before it; null until it is in force. */
  validityBefore: Type.Union([Type.String(), Type.Null()]),
  effectiveOn: Day,
  basis: Type.String(),
  basisResourceId: optionalId,
  replacedById: optionalId,
  state: oneOf(['waiting', 'applied', 'cancelled']),
  orderedByName: Type.String(),
  orderedAt: Instant,
});
export type ValidityRuling = Static<typeof ValidityRuling>;

export const NewRuling = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  validity: Validity,
  /** From this day on; a coming one waits for its day. */
  effectiveOn: Day,
  /** In words; may be empty when a resource is named, or when the document holds again. */
  basis: Type.String({ maxLength: 200 }),
  /** The published resource that says so. */
  basisResourceId: optionalId,
  /** The published document that took its place. */
  replacedById: optionalId,
});
export type NewRuling = Static<typeof NewRuling>;

export const validityApi = {
  listRulings: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/validity-rulings',
    summary: 'Rulings on the validity of a document, newest first, at most 100.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(ValidityRuling),
  }),
  ruleValidity: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/validity-rulings',
    summary:
      'Rule whether a published document holds, from a day on: reviewers and principals of its unit. Everything that shows it follows.',
    access: 'signed-in',
    params: IdParams,
    body: NewRuling,
    response: ValidityRuling,
    status: 201,
  }),
  cancelRuling: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/validity-rulings/cancellation',
    summary: 'Take back the ruling that waits for its day.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ expectedVersion: Type.Integer({ minimum: 1 }) }),
    response: ValidityRuling,
  }),
} as const;
