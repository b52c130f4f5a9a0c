import { type Static, Type } from 'typebox';

import { Closed, Count, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { StandingReuse } from './reuse.ts';
import { type RelationKind, relationKinds } from './resource-fields.ts';
import { ResourceTypeKey } from './resource-type.ts';

export const RelationKindSchema = Type.Unsafe<RelationKind>(
  Type.Union(relationKinds.map((kind) => Type.Literal(kind))),
);

/** One resource of a neighbourhood: what the asker may know of it, and no other is told of. */
export const RelatedResource = Closed({
  id: Id,
  title: Type.String(),
  type: ResourceTypeKey,
  unitName: Type.String(),
  isPublic: Type.Boolean(),
  isOpen: Type.Boolean({ description: 'The caller may open it in the console.' }),
});
export type RelatedResource = Static<typeof RelatedResource>;

export const ResourceRelation = Closed({
  from: Id,
  to: Id,
  kind: RelationKindSchema,
  isPublic: Type.Boolean({
    description: 'False while only the newest revision names it, which is not live.',
  }),
});
export type ResourceRelation = Static<typeof ResourceRelation>;

/** What lies around a resource, at most two steps away. */
export const Neighbourhood = Closed({
  resources: Type.Array(RelatedResource, { description: 'The resource itself first.' }),
  relations: Type.Array(ResourceRelation),
  cut: Type.Boolean({ description: 'There is more than is told.' }),
});
export type Neighbourhood = Static<typeof Neighbourhood>;

/** A column in which a resource stands or is to stand. */
export const ColumnUse = Closed({
  columnId: Id,
  columnName: Type.String(),
  siteName: Type.String(),
  isMain: Type.Boolean(),
  isLive: Type.Boolean(),
  via: Type.Union([Type.String(), Type.Null()], {
    description: 'The column from which it came by mapping; null when it was placed there.',
  }),
  reuse: Type.Union(
    [
      Closed({
        ...StandingReuse.properties,
        unitName: Type.String(),
        madeByName: Type.String(),
        madeAt: Instant,
      }),
      Type.Null(),
    ],
    {
      description: 'Who of another unit put it there by reference.',
    },
  ),
});
export type ColumnUse = Static<typeof ColumnUse>;

/** A public page that shows something of a resource. */
export const PageUse = Closed({
  kind: Type.String(),
  title: Type.Union([Type.String(), Type.Null()]),
  siteName: Type.String(),
  url: Type.String(),
});
export type PageUse = Static<typeof PageUse>;

export const ResourceUses = Closed({
  columns: Type.Array(ColumnUse),
  homeOf: Type.Array(Type.String(), { description: 'Names of the sites whose home page it is.' }),
  pages: Type.Array(PageUse, { description: 'Those that people see first come first.' }),
  count: Count,
});
export type ResourceUses = Static<typeof ResourceUses>;

export const relationApi = {
  getRelations: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/relations',
    summary: 'What a resource names and what names it, two steps far, with what its newest revision adds.',
    access: 'signed-in',
    params: IdParams,
    response: Neighbourhood,
  }),
  listUses: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/uses',
    summary: 'Every column in which a resource stands and the public pages that show something of it.',
    access: 'signed-in',
    params: IdParams,
    response: ResourceUses,
  }),
} as const;
