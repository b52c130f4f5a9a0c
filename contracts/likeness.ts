import { type Static, Type } from 'typebox';

import { Closed, Count, defineEndpoint, Id, IdParams, Instant, Nothing, pagingQuery } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';

/** From here on two texts are told to be alike, in hundredths of the text that they share. */
export const leastAlike = 50;
/** From here on they are probably one text twice, or two versions of one. */
export const nearlySame = 80;

const Percent = Type.Integer({ minimum: 0, maximum: 100 });

/** A resource that says nearly the same. */
export const AlikeResource = Closed({
  id: Id,
  title: Type.String(),
  type: ResourceTypeKey,
  unitName: Type.String(),
  isPublic: Type.Boolean(),
  isOpen: Type.Boolean({ description: 'The caller may open it in the console.' }),
  firstPublishedAt: Type.Union([Instant, Type.Null()]),
  similarity: Percent,
});
export type AlikeResource = Static<typeof AlikeResource>;

const OneOfTwo = Closed({ id: Id, title: Type.String(), unitName: Type.String(), isPublic: Type.Boolean() });
/** Two resources with nearly the same text. */
export const Likeness = Closed({
  similarity: Percent,
  foundAt: Instant,
  one: OneOfTwo,
  other: OneOfTwo,
  canDismiss: Type.Boolean(),
});
export type Likeness = Static<typeof Likeness>;

export const LikenessPair = Closed({ oneId: Id, otherId: Id });
export type LikenessPair = Static<typeof LikenessPair>;

export const LikenessQuery = Closed({
  ...pagingQuery,
  unitId: Type.Optional(Id),
  least: Type.Optional(Type.Integer({ minimum: nearlySame, maximum: 100 })),
});
export type LikenessQuery = Static<typeof LikenessQuery>;

export const likenessApi = {
  listAlike: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/alike',
    summary: 'Resources whose text is like that of this one, the most alike first, at most ten.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(AlikeResource),
  }),
  listLikenesses: defineEndpoint({
    method: 'GET',
    path: '/api/likenesses',
    summary: 'Pairs of resources in scope with nearly the same text, the most alike first.',
    access: 'signed-in',
    query: LikenessQuery,
    response: Closed({
      items: Type.Array(Likeness),
      nextCursor: Type.Union([Type.String(), Type.Null()]),
      count: Count,
    }),
  }),
  dismissLikeness: defineEndpoint({
    method: 'POST',
    path: '/api/likenesses/dismissal',
    summary:
      'Says that two alike texts are no repetition: the pair is not told again, also when they change.',
    access: 'signed-in',
    body: LikenessPair,
    response: Nothing,
  }),
} as const;
