import { type Static, Type } from 'typebox';

import { Closed, Id, Instant, pagingQuery } from './endpoint.ts';
import { openModes, ResourceTypeKey, validities } from './resource-type.ts';
import { Stage } from './stage.ts';
import { TermReference, type Vocabulary } from './term-reference.ts';

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(values.map((value) => Type.Literal(value))));

/** By which key of a query a list is narrowed to a term of which vocabulary. */
export const termFilters = {
  topic: 'topic',
  genre: 'genre',
  audience: 'audience',
  lifeEvent: 'life-event',
  region: 'region',
  issuer: 'issuer',
} as const satisfies Readonly<Record<string, Vocabulary>>;
export type TermFilter = keyof typeof termFilters;
export const termFilterKeys = Object.keys(termFilters) as readonly TermFilter[];
/** A reference to a term; what is classified by a narrower one, or by one that it replaced, is there too. */
const term = Type.Optional(TermReference);

/** `title` when nothing is said. */
export const searchPlaces = ['text', 'title'] as const;

/** What the list of resources is narrowed and sorted by. */
const resourceFilters = {
  stage: Type.Optional(Stage),
  /** Of every stage but on the sites and in the bin: what is still to go out. */
  pending: Type.Optional(Type.Boolean()),
  type: Type.Optional(ResourceTypeKey),
  unitId: Type.Optional(Id),
  /** Placed in this column. */
  columnId: Type.Optional(Id),
  openMode: Type.Optional(oneOf(openModes)),
  validity: Type.Optional(oneOf(validities)),
  /** Of the day on which it was written or produced. */
  year: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2200 })),
  topic: term,
  genre: term,
  audience: term,
  lifeEvent: term,
  region: term,
  issuer: term,
  /** Words; parted by spaces, each of them. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  /** Where they are looked for: in titles and numbers as they stand, or in the newest text, title included. */
  searchIn: Type.Optional(oneOf(searchPlaces)),
  updatedFrom: Type.Optional(Instant),
  updatedTo: Type.Optional(Instant),
  sort: Type.Optional(Type.Union([Type.Literal('updated'), Type.Literal('published')])),
  order: Type.Optional(Type.Union([Type.Literal('desc'), Type.Literal('asc')])),
};
export const ResourceQuery = Closed({ ...pagingQuery, ...resourceFilters });
export const FacetQuery = Closed(resourceFilters);
export type FacetQuery = Static<typeof FacetQuery>;
export type ResourceQuery = Static<typeof ResourceQuery>;
