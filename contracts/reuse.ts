import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';

/** What another unit published and citizens can open: it may be shown in a column of one's own, by reference. */
export const ReusableResource = Closed({
  id: Id,
  type: ResourceTypeKey,
  title: Type.String(),
  documentNumber: Type.Union([Type.String(), Type.Null()]),
  unitName: Type.String(),
  firstPublishedAt: Instant,
  url: Type.String({ description: 'Its own page, on the site of its unit.' }),
});
export type ReusableResource = Static<typeof ReusableResource>;

/** By which something stands in a column now. */
export const StandingReuse = Closed({
  id: Id,
  /** The caller may end it now. */
  endable: Type.Boolean(),
});

/** 引用: a column of one unit shows a resource of another. */
export const Reuse = Closed({
  id: Id,
  resourceId: Id,
  title: Type.Union([Type.String(), Type.Null()], { description: 'Null while it is not public.' }),
  /** Whose the resource is. */
  unitName: Type.String(),
  columnId: Id,
  columnName: Type.String(),
  siteName: Type.String(),
  /** Whose the column is. */
  columnUnitName: Type.String(),
  madeByName: Type.String(),
  madeAt: Instant,
  endedAt: Type.Union([Instant, Type.Null()]),
  endedByName: Type.Union([Type.String(), Type.Null()]),
  endReason: Type.Union([Type.String(), Type.Null()]),
  url: Type.Union([Type.String(), Type.Null()], { description: 'Its page on the site of the column.' }),
  /** The caller may end it now. */
  endable: Type.Boolean(),
});
export type Reuse = Static<typeof Reuse>;

export const NewReuse = Closed({ resourceId: Id, columnId: Id });
export type NewReuse = Static<typeof NewReuse>;

/** `made` by the own units, or `given` by them to others. */
export const reuseSides = ['made', 'given'] as const;
export type ReuseSide = (typeof reuseSides)[number];
const ReuseSide = Type.Unsafe<ReuseSide>(Type.Union(reuseSides.map((side) => Type.Literal(side))));

const page = <T extends Parameters<typeof Type.Array>[0]>(items: T) =>
  Closed({ items: Type.Array(items), nextCursor: Type.Union([Type.String(), Type.Null()]) });

export const reuseApi = {
  listReusable: defineEndpoint({
    method: 'GET',
    path: '/api/reusable-resources',
    summary: 'Published resources of other units that citizens can open, newest first: what may be reused.',
    access: 'signed-in',
    query: Closed({
      ...pagingQuery,
      q: Type.Optional(Type.String({ maxLength: 100 })),
      type: Type.Optional(ResourceTypeKey),
      unitId: Type.Optional(Id),
    }),
    response: page(ReusableResource),
  }),
  listReuses: defineEndpoint({
    method: 'GET',
    path: '/api/reuses',
    summary: 'What columns of the own units show of others, or others of the own; those that ended too.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery, side: ReuseSide }),
    response: page(Reuse),
  }),
  makeReuse: defineEndpoint({
    method: 'POST',
    path: '/api/reuses',
    summary: 'Show a published resource of another unit in a column of the own, by reference.',
    access: 'signed-in',
    body: NewReuse,
    response: Reuse,
    status: 201,
  }),
  endReuse: defineEndpoint({
    method: 'POST',
    path: '/api/reuses/:id/ending',
    summary: 'End a reuse, with a reason: by the unit of the resource or by that of the column.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ reason: Type.String({ minLength: 2, maxLength: 500 }) }),
    response: Reuse,
  }),
} as const;
