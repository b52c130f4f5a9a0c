import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One HTTP endpoint, written once: the server validates and documents with it, the console's client is
 * typed by it, and the tests walk over the list of all of them.
 */
export interface Endpoint<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
> {
  readonly method: Method;
  /** Path with `:name` parameters, below the console's origin. */
  readonly path: string;
  /** One sentence for the reference page. */
  readonly summary: string;
  /**
   * `public` needs no session, `first-login` works before the first password change; `key` is asked by other systems
   * on the exchange port.
   */
  readonly access: 'public' | 'first-login' | 'signed-in' | 'key';
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly response: R;
  /** Status of success; 200 when absent. */
  readonly status?: 200 | 201 | 202 | 204;
  /** The body is a multipart upload that the route streams itself. */
  readonly upload?: true;
  /** The answer is not JSON but this media type. */
  readonly produces?: string;
}

export function defineEndpoint<
  P extends TSchema = TSchema,
  Q extends TSchema = TSchema,
  B extends TSchema = TSchema,
  R extends TSchema = TSchema,
>(endpoint: Endpoint<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return endpoint;
}

export type ParamsOf<E> = E extends { readonly params?: infer P }
  ? P extends TSchema
    ? Static<P>
    : never
  : never;
export type QueryOf<E> = E extends { readonly query?: infer Q }
  ? Q extends TSchema
    ? Static<Q>
    : never
  : never;
export type BodyOf<E> = E extends { readonly body?: infer B }
  ? B extends TSchema
    ? Static<B>
    : never
  : never;
export type ResponseOf<E> = E extends { readonly response: infer R }
  ? R extends TSchema
    ? Static<R>
    : never
  : never;

/** A database id: a positive bigint, as text so that JavaScript never rounds it. */
export const Id = Type.String({ pattern: '^[1-9][0-9]{0,17}$', description: 'Positive integer as text.' });
export const Nothing = Type.Null();
/** ISO 8601 instant with a zone. */
export const Instant = Type.String({
  format: 'date-time',
  // The format knows leap seconds, which no clock here does.
  pattern: '^[^:]+:\\d\\d:[0-5]',
});
/** Calendar day `YYYY-MM-DD`. */
export const Day = Type.String({ format: 'date' });
export const Count = Type.Object(
  { value: Type.Integer(), capped: Type.Boolean({ description: 'True when there are more than value.' }) },
  { additionalProperties: false },
);
export type Count = Static<typeof Count>;

/** A closed object: unknown keys are refused, in bodies and in queries alike. */
export function Closed<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

export const IdParams = Type.Object({ id: Id }, { additionalProperties: false });
/** Keyset paging: the opaque cursor of the last answer, and how many to return. */
export const pagingQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
};

/** application/problem+json: what every refusal looks like. */
export const Problem = Type.Object({
  status: Type.Integer(),
  code: Type.String(),
  title: Type.String({ description: 'Chinese, for people.' }),
  details: Type.Optional(Type.Unknown()),
  requestId: Type.String(),
});
export type Problem = Static<typeof Problem>;

export const requestErrorCodes = [
  'request.malformed',
  'request.refused',
  'request.too-large',
  'request.not-found',
  'request.too-many',
  'service.unavailable',
  'service.timeout',
  'internal',
] as const;
