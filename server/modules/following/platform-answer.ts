import { type Static, type TSchema, Type } from 'typebox';
import { Value } from 'typebox/value';

import { longestChain } from '../../../contracts/open-content.ts';
import { AppError } from '../../platform/errors.ts';

/*
 * What another platform answers, as far as it is used here. A newer one may say more than is known; what is used has
 * to be right, because whoever answers may mean harm.
 */
const TheirId = Type.String({ pattern: '^[1-9][0-9]{0,17}$' });
const name = (most: number) => Type.String({ maxLength: most });
const Instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]{5,15}(Z|[+-]\\d\\d:\\d\\d)$' });
const sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Web = Type.Union([
  Type.String({ maxLength: 1_000, pattern: '^https?://[^\\s<>"\\\\]+$' }),
  Type.Null(),
]);
const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
const Named = Type.Object({ id: TheirId, name: name(200) });

export const AboutAnswer = Type.Object({
  instance: Type.String({ pattern: uuid }),
  name: Type.String({ minLength: 1, maxLength: 200 }),
  fullText: Type.Boolean(),
  reach: Type.String({ minLength: 1, maxLength: 100 }),
  types: Type.Array(
    Type.Object({ key: Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' }), name: name(200) }),
    {
      maxItems: 1_000,
    },
  ),
  units: Type.Array(Named, { maxItems: 5_000 }),
  columns: Type.Array(Type.Object({ id: TheirId, name: name(200), site: name(200) }), { maxItems: 20_000 }),
});
export type AboutAnswer = Static<typeof AboutAnswer>;

const ChangeAnswer = Type.Object({
  cursor: Type.String({ minLength: 1, maxLength: 200 }),
  id: TheirId,
  deleted: Type.Boolean(),
  digest: Type.Union([sha256, Type.Null()]),
  mark: Type.Optional(Type.Union([sha256, Type.Null()])),
  kind: name(40),
  at: Instant,
});
export const ChangesAnswer = Type.Object({
  items: Type.Array(ChangeAnswer, { maxItems: 500 }),
  cursor: Type.String({ minLength: 1, maxLength: 200 }),
  more: Type.Boolean(),
});
export type ChangesAnswer = Static<typeof ChangesAnswer>;

const OriginAnswer = Type.Object(
  {
    instance: Type.String({ pattern: uuid }),
    name: name(200),
    id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' }),
    url: Web,
    indexNumber: Type.Union([name(60), Type.Null()]),
  },
  { additionalProperties: false },
);

const FileAnswer = Type.Object({
  id: TheirId,
  name: Type.String({ minLength: 1, maxLength: 255 }),
  size: Type.Integer({ minimum: 0 }),
  digest: sha256,
});
export type FileAnswer = Static<typeof FileAnswer>;

export const ContentAnswer = Type.Object({
  id: TheirId,
  type: Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' }),
  unit: Named,
  indexNumber: name(60),
  publishedAt: Instant,
  url: Web,
  columns: Type.Array(Named, { maxItems: 1_000 }),
  digest: sha256,
  // Platforms of before tell none of these.
  mark: Type.Optional(sha256),
  terms: Type.Optional(
    Type.Array(Type.Object({ vocabulary: name(40), code: name(60), label: name(200) }), { maxItems: 500 }),
  ),
  namedBy: Type.Optional(Type.Array(TheirId, { maxItems: 1_000 })),
  content: Type.Object({ title: name(2_000) }, { additionalProperties: true }),
  files: Type.Array(FileAnswer, { maxItems: 1_000 }),
  origin: Type.Array(OriginAnswer, { minItems: 1, maxItems: longestChain }),
});
export type ContentAnswer = Static<typeof ContentAnswer>;

export const ContentsAnswer = Type.Object({
  items: Type.Array(Type.Unknown(), { maxItems: 200 }),
  rest: Type.Array(TheirId, { maxItems: 200 }),
});

export function checkedAnswer<T extends TSchema>(schema: T, value: unknown): Static<T> {
  if (Value.Check(schema, value)) return value;
  throw strange();
}

export const strange = (): AppError =>
  new AppError(
    'invalid',
    'following.platform-strange',
    '对方的回答不是数据共享接口的格式，请核对地址和版本。',
  );

/** A resource of an answer: one that is wrong is refused by itself, as long as it says which one it is. */
export function readContent(value: unknown): ContentAnswer | { readonly id: string; readonly wrong: true } {
  if (Value.Check(ContentAnswer, value)) return value;
  if (Value.Check(Type.Object({ id: TheirId }), value)) return { id: value.id, wrong: true };
  throw strange();
}
