import { type Static, Type } from 'typebox';

import { bulkApi } from './bulk.ts';
import { catalogueApi, MaybeUpdateRule } from './catalogue.ts';
import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { jointReleaseApi } from './joint-release.ts';
import { reuseApi, StandingReuse } from './reuse.ts';
import { NewSite, Site, SiteChange } from './site.ts';
import { takeDownApi } from './take-down.ts';
import { topicApi } from './topic.ts';
import { urgentApi } from './urgent.ts';
import { waysApi } from './ways.ts';

export * from './bulk.ts';
export * from './catalogue.ts';
export * from './joint-release.ts';
export * from './reuse.ts';
export * from './site.ts';
export * from './sites-errors.ts';
export * from './take-down.ts';
export * from './topic.ts';
export * from './urgent.ts';
export * from './ways.ts';

export const columnKinds = [
  'channel',
  'news',
  'notice',
  'policy',
  'interpretation',
  'overview',
  'institution',
  'leader',
  'disclosure-guide',
  'disclosure-system',
  'disclosure-content',
  'annual-report',
  'disclosure-request',
  'interaction',
  'service',
  'data',
  'topic',
] as const;
export type ColumnKind = (typeof columnKinds)[number];
export const ColumnKind = Type.Unsafe<ColumnKind>(Type.Union(columnKinds.map((kind) => Type.Literal(kind))));
/** Names as in the national page tags (ColumnType). */
export const columnKindNames: Readonly<Record<ColumnKind, string>> = {
  channel: '频道',
  news: '动态要闻',
  notice: '通知公告',
  policy: '政策文件',
  interpretation: '政策解读',
  overview: '概况信息',
  institution: '机构职能',
  leader: '领导信息',
  'disclosure-guide': '公开指南',
  'disclosure-system': '公开制度',
  'disclosure-content': '法定主动公开内容',
  'annual-report': '公开年报',
  'disclosure-request': '依申请公开',
  interaction: '互动交流',
  service: '办事服务',
  data: '数据发布',
  topic: '专题专栏',
};

/** How the pages of a column show its entries. */
export const columnDisplays = ['list', 'pictures'] as const;
export type ColumnDisplay = (typeof columnDisplays)[number];
export const ColumnDisplay = Type.Unsafe<ColumnDisplay>(
  Type.Union(columnDisplays.map((display) => Type.Literal(display))),
);
export const columnDisplayNames: Readonly<Record<ColumnDisplay, string>> = {
  list: '文字列表',
  pictures: '图片列表',
};

const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const Column = Closed({
  id: Id,
  siteId: Id,
  parentId: Type.Union([Id, Type.Null()]),
  unitId: Id,
  unitName: Type.String(),
  name: Type.String(),
  slug: Type.String(),
  path: Type.String(),
  kind: ColumnKind,
  display: ColumnDisplay,
  description: Type.String(),
  keywords: Type.String(),
  updateRule: MaybeUpdateRule,
  position: Type.Integer(),
  inNavigation: Type.Boolean(),
  homePosition: Type.Union([Type.Integer(), Type.Null()]),
  hiddenWhenEmpty: Type.Boolean(),
  reprintSources: Type.Array(Type.String()),
  /** 更正留痕: changes of what was public are handed in with a note. */
  correctionRequired: Type.Boolean(),
  closed: Type.Boolean(),
  mappedFrom: Type.Array(Id),
  entries: Type.Integer(),
  lastEntryAt: Type.Union([Instant, Type.Null()]),
  overdue: Type.Boolean(),
  /** The caller may place resources here. */
  writable: Type.Boolean(),
  version: Type.Integer(),
});
export type Column = Static<typeof Column>;

/** Names and hosts that a column reprints from; none: whatever names its source. */
const ReprintSources = Type.Array(Line(100), { maxItems: 200, uniqueItems: true });

export const NewColumn = Closed({
  siteId: Id,
  parentId: Type.Union([Id, Type.Null()]),
  unitId: Id,
  name: Line(30),
  slug: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' }),
  kind: ColumnKind,
  display: Type.Optional(ColumnDisplay),
  description: Line(300),
  keywords: Line(200),
  updateRule: MaybeUpdateRule,
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  inNavigation: Type.Optional(Type.Boolean()),
  homePosition: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()])),
  hiddenWhenEmpty: Type.Optional(Type.Boolean()),
  reprintSources: Type.Optional(ReprintSources),
  correctionRequired: Type.Optional(Type.Boolean()),
});
export type NewColumn = Static<typeof NewColumn>;

export const ColumnChange = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  name: Type.Optional(Line(30)),
  slug: Type.Optional(Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' })),
  display: Type.Optional(ColumnDisplay),
  description: Type.Optional(Line(300)),
  keywords: Type.Optional(Line(200)),
  unitId: Type.Optional(Id),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  inNavigation: Type.Optional(Type.Boolean()),
  homePosition: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), Type.Null()])),
  hiddenWhenEmpty: Type.Optional(Type.Boolean()),
  reprintSources: Type.Optional(ReprintSources),
  correctionRequired: Type.Optional(Type.Boolean()),
  closed: Type.Optional(Type.Boolean()),
});
export type ColumnChange = Static<typeof ColumnChange>;

export const Placement = Closed({
  id: Id,
  columnId: Id,
  columnName: Type.String(),
  siteId: Id,
  siteName: Type.String(),
  isMain: Type.Boolean(),
  titleOverride: Type.Union([Type.String(), Type.Null()]),
  pinnedUntil: Type.Union([Instant, Type.Null()]),
  live: Type.Boolean(),
});
export type Placement = Static<typeof Placement>;

/** The whole wanted set; the first column is the main one and decides the address. */
export const PlacementSet = Closed({
  columnIds: Type.Array(Id, { minItems: 1, maxItems: 20, uniqueItems: true }),
});
export type PlacementSet = Static<typeof PlacementSet>;

export const Listing = Closed({
  sequence: Type.String(),
  resourceId: Id,
  title: Type.String(),
  unitName: Type.String(),
  publishedAt: Instant,
  viaColumnId: Type.Union([Id, Type.Null()]),
  /** The reuse by which it stands here; null for what the unit of the resource placed, and for what is mapped. */
  reuse: Type.Union([StandingReuse, Type.Null()]),
  pinnedUntil: Type.Union([Instant, Type.Null()]),
  /** The caller may take it out of the column now: another unit wrote it in, or a rule brought it. */
  removable: Type.Boolean(),
  url: Type.String(),
});
export type Listing = Static<typeof Listing>;

/** How one entry stands in a column: pinned until when, under which title; or moved to the top of the order. */
export const ListingChange = Closed({
  pinnedUntil: Type.Optional(Type.Union([Instant, Type.Null()])),
  titleOverride: Type.Optional(Type.Union([Type.String({ minLength: 2, maxLength: 200 }), Type.Null()])),
  moveToTop: Type.Optional(Type.Literal(true)),
});
export type ListingChange = Static<typeof ListingChange>;

export const MappingSet = Closed({
  sourceColumnIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
});
export type MappingSet = Static<typeof MappingSet>;

/** Where a resource can be seen now. */
export const Address = Closed({
  url: Type.Union([Type.String(), Type.Null()]),
  placements: Type.Array(Placement),
});
export type Address = Static<typeof Address>;

/** A column as anybody may see it on a site that is online: what blocks of other sites may show. */
export const ShownColumn = Closed({
  id: Id,
  name: Type.String(),
  kind: ColumnKind,
  siteId: Id,
  siteName: Type.String(),
});
export type ShownColumn = Static<typeof ShownColumn>;

export const sitesApi = {
  ...urgentApi,
  ...jointReleaseApi,
  ...takeDownApi,
  ...topicApi,
  ...bulkApi,
  ...reuseApi,
  ...waysApi,
  ...catalogueApi,
  listSites: defineEndpoint({
    method: 'GET',
    path: '/api/sites',
    summary: 'Sites in scope.',
    access: 'signed-in',
    response: Type.Array(Site),
  }),
  createSite: defineEndpoint({
    method: 'POST',
    path: '/api/sites',
    summary: 'Add a site, in preparation.',
    access: 'signed-in',
    body: NewSite,
    response: Site,
    status: 201,
  }),
  changeSite: defineEndpoint({
    method: 'PATCH',
    path: '/api/sites/:id',
    summary: 'Change a site, its domains or its state; pages that show what changed are rebuilt.',
    access: 'signed-in',
    params: IdParams,
    body: SiteChange,
    response: Site,
  }),
  listColumns: defineEndpoint({
    method: 'GET',
    path: '/api/columns',
    summary: 'The columns of one site, or all columns the caller may place resources in, in tree order.',
    access: 'signed-in',
    query: Closed({ siteId: Type.Optional(Id), writable: Type.Optional(Type.Boolean()) }),
    response: Type.Array(Column),
  }),
  listShownColumns: defineEndpoint({
    method: 'GET',
    path: '/api/shown-columns',
    summary:
      'The columns that citizens can open on any site, and those of the own sites: what blocks may show.',
    access: 'signed-in',
    response: Type.Array(ShownColumn),
  }),
  createColumn: defineEndpoint({
    method: 'POST',
    path: '/api/columns',
    summary: 'Add a column.',
    access: 'signed-in',
    body: NewColumn,
    response: Column,
    status: 201,
  }),
  changeColumn: defineEndpoint({
    method: 'PATCH',
    path: '/api/columns/:id',
    summary: 'Change a column; a changed path leaves redirects.',
    access: 'signed-in',
    params: IdParams,
    body: ColumnChange,
    response: Column,
  }),
  setMappings: defineEndpoint({
    method: 'PUT',
    path: '/api/columns/:id/mappings',
    summary: 'Which columns this column also shows (映射).',
    access: 'signed-in',
    params: IdParams,
    body: MappingSet,
    response: Column,
  }),
  listListings: defineEndpoint({
    method: 'GET',
    path: '/api/columns/:id/listings',
    summary: 'What stands in a column now, newest first.',
    access: 'signed-in',
    params: IdParams,
    query: Closed(pagingQuery),
    response: Closed({ items: Type.Array(Listing), nextCursor: Type.Union([Type.String(), Type.Null()]) }),
  }),
  changeListing: defineEndpoint({
    method: 'PATCH',
    path: '/api/columns/:id/listings/:resourceId',
    summary: 'Pin, retitle or move an entry of a column.',
    access: 'signed-in',
    params: Closed({ id: Id, resourceId: Id }),
    body: ListingChange,
    response: Listing,
  }),
  getPlacements: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/placements',
    summary: 'Where a resource stands or will stand.',
    access: 'signed-in',
    params: IdParams,
    response: Address,
  }),
  setPlacements: defineEndpoint({
    method: 'PUT',
    path: '/api/resources/:id/placements',
    summary: 'The columns of a resource, the main one first.',
    access: 'signed-in',
    params: IdParams,
    body: PlacementSet,
    response: Address,
  }),
  reuseResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/reuse',
    summary: 'One more column for a resource, by reference; the others stay.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ columnId: Id }),
    response: Address,
  }),
  previewResource: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/preview',
    summary: 'The page as it will be, in the real template.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })) }),
    response: Type.String(),
    produces: 'text/html; charset=utf-8',
  }),
  getTheme: defineEndpoint({
    method: 'GET',
    path: '/api/sites/:id/theme.css',
    summary: 'The colours of a site as a style sheet, for previews.',
    access: 'signed-in',
    params: IdParams,
    response: Type.String(),
    produces: 'text/css; charset=utf-8',
  }),
} as const;
