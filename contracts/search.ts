import { type Static, Type } from 'typebox';

import { Closed, Instant } from './endpoint.ts';
import { TextSegment } from './text-segment.ts';

export const searchErrorCodes = [
  'search.query-empty',
  'search.query-too-long',
  'search.query-malformed',
  'search.index-unavailable',
] as const;
export type SearchErrorCode = (typeof searchErrorCodes)[number];

export const longestSearchText = 100;

/** By what the entries of a column are filtered, beside the year. */
export const columnFilters = [
  'validity',
  'issuer',
  'category',
  'topic',
  'genre',
  'audience',
  'region',
] as const;
export type ColumnFilter = (typeof columnFilters)[number];

/** The query of the search form, as it stands in the address. */
export const SearchParameters = Closed({
  q: Type.String({ maxLength: longestSearchText }),
  scope: Type.Optional(Type.Union([Type.Literal('all'), Type.Literal('site')])),
  kind: Type.Optional(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' })),
  unit: Type.Optional(Type.String({ pattern: '^[0-9]{1,18}$' })),
  /** Of publication; in a column of documents, of their own date. */
  year: Type.Optional(Type.Integer({ minimum: 1900, maximum: 2999 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 1 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  order: Type.Optional(Type.Union([Type.Literal('relevance'), Type.Literal('time')])),
  /** One column, with all that it shows; no words need to be asked for then. */
  column: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,17}$' })),
  validity: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  issuer: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  category: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  /** Labels of terms; what is narrower is there too. */
  topic: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  genre: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  audience: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
});
export type SearchParameters = Static<typeof SearchParameters>;

export const SearchResult = Closed({
  key: Type.String(),
  url: Type.String(),
  kind: Type.String(),
  site: Type.String(),
  siteName: Type.String(),
  unit: Type.String(),
  unitName: Type.String(),
  documentNumber: Type.Union([Type.String(), Type.Null()]),
  /** 有效、已修改、废止、失效; null for what is no document. */
  validity: Type.Union([Type.String(), Type.Null()]),
  publishedAt: Instant,
  title: Type.Array(TextSegment),
  snippet: Type.Array(TextSegment),
});
export type SearchResult = Static<typeof SearchResult>;

export const SearchResults = Closed({
  q: Type.String(),
  page: Type.Integer(),
  size: Type.Integer(),
  /** Pages found; counting stops at 10,000, and `capped` says so. */
  total: Type.Integer(),
  capped: Type.Boolean(),
  /** `some`: no page holds every word, these hold most of them. */
  matched: Type.Union([Type.Literal('all'), Type.Literal('some')]),
  hits: Type.Array(SearchResult),
  kinds: Type.Array(Closed({ value: Type.String(), count: Type.Integer() })),
  years: Type.Array(Closed({ value: Type.Integer(), count: Type.Integer() })),
  units: Type.Array(Closed({ value: Type.String(), count: Type.Integer(), name: Type.String() })),
  /** `validity:…`, `issuer:…`, `category:…`, `written:…` of what was found in a column. */
  facts: Type.Array(Closed({ value: Type.String(), count: Type.Integer() })),
});
export type SearchResults = Static<typeof SearchResults>;
