import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, type Endpoint, Id, IdParams, Instant } from './endpoint.ts';
import { ContentsQuery, OpenAbout, OpenContentPage, partQuery } from './open-content.ts';
import { openModes, ResourceTypeKey, validities } from './resource-type.ts';

/** Codes of refusals on the exchange port, besides those of every request. */
export const openExchangeErrorCodes = [
  'exchange.key-missing',
  'exchange.key-wrong',
  'exchange.key-ended',
  'exchange.resource-not-found',
  'exchange.asset-not-found',
  'exchange.full-text-withheld',
  'exchange.field-unknown',
  'exchange.sort-wrong',
  'exchange.cursor-wrong',
  'exchange.cursor-ahead',
  'exchange.start-twice',
] as const;

const Named = Closed({ id: Id, name: Type.String() });

export const OpenAttachment = Closed({
  name: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer({ description: 'Bytes.' }),
  digest: Type.String({ description: 'SHA-256, hexadecimal: its name under /v1/assets/.' }),
});
export type OpenAttachment = Static<typeof OpenAttachment>;

const text = (description: string) => Type.Optional(Type.String({ description }));
const day = (description: string) => Type.Optional(Type.String({ format: 'date', description }));
const instant = (description: string) => Type.Optional(Type.String({ format: 'date-time', description }));

/**
 * A published resource in the core elements of DB37/T 2885 and GB/T 21063.3 (Chinese names in the descriptions). What
 * it does not have is absent. `/v1/context` maps every key to Dublin Core and DCAT.
 */
export const OpenResource = Closed({
  id: Id,
  identifier: text('标识符: 信息索取号, never changed, never used again.'),
  title: text('信息资源名称'),
  subtitle: text('副题名'),
  abstract: text('摘要'),
  keywords: Type.Optional(Type.Array(Type.String(), { description: '关键字' })),
  provider: Type.Optional(
    Closed({
      id: Id,
      name: Type.String({ description: '提供方: who published it first, in the name of that day.' }),
    }),
  ),
  type: Type.Optional(ResourceTypeKey),
  category: text('分类'),
  format: text('格式'),
  language: text('语种'),
  shareType: text('共享类型'),
  securityLevel: text('安全限制分级'),
  openMode: text(`公开方式: ${openModes.join('、')}`),
  openScope: text('公开范围'),
  openTimeLimit: text('公开时限'),
  publishedAt: instant('发布日期: the first one.'),
  updatedAt: instant('元数据更新日期'),
  maintainer: text('元数据维护方: the unit that answers for it today.'),
  metadataVersion: Type.Optional(Type.Integer({ description: '元数据版本: number of the revision.' })),
  source: text('来源'),
  author: text('作者'),
  editor: text('责任编辑'),
  documentNumber: text('文号'),
  issuer: text('发文机关'),
  writtenOn: day('成文日期'),
  producedOn: day('生成日期'),
  effectiveOn: day('施行日期'),
  validity: text(`有效性: ${validities.join('、')}`),
  abolishedBy: text('废止依据'),
  url: text('在线资源链接地址'),
  columns: Type.Optional(Type.Array(Named, { description: '栏目' })),
  attachments: Type.Optional(Type.Array(OpenAttachment, { description: '附件' })),
  relations: Type.Optional(
    Type.Array(Closed({ kind: Type.String(), id: Id }), { description: '关联: 解读、替代、活动' }),
  ),
  digest: text('SHA-256 of the revision, as in the change feed.'),
  text: text('正文, plain. Only of single resources, and only with a key that reads full texts.'),
});
export type OpenResource = Static<typeof OpenResource>;
export type OpenField = keyof OpenResource;

export const openFields = Object.keys(OpenResource.properties) as readonly OpenField[];
const fieldsQuery = Type.Optional(
  Type.String({
    pattern: '^[A-Za-z]{2,20}(?:,[A-Za-z]{2,20}){0,40}$',
    description: `Keys to answer with, joined by commas: ${openFields.join(', ')}. Absent: all.`,
  }),
);
const cursorQuery = Type.Optional(
  Type.String({ maxLength: 200, description: 'nextCursor of the last answer.' }),
);
const limitQuery = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 }));
const NextCursor = Type.Union([Type.String(), Type.Null()]);

/** What lists are narrowed and sorted by. */
const listQuery = {
  unitId: Type.Optional(Id),
  columnId: Type.Optional(Id),
  type: Type.Optional(ResourceTypeKey),
  publishedFrom: Type.Optional(Instant),
  publishedTo: Type.Optional(Instant),
  updatedFrom: Type.Optional(Instant),
  updatedTo: Type.Optional(Instant),
  writtenFrom: Type.Optional(Day),
  writtenTo: Type.Optional(Day),
  validity: Type.Optional(
    Type.Unsafe<(typeof validities)[number]>(Type.Union(validities.map((one) => Type.Literal(one)))),
  ),
  indexNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  documentNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  sort: Type.Optional(Type.Union([Type.Literal('published'), Type.Literal('updated')])),
  order: Type.Optional(Type.Union([Type.Literal('desc'), Type.Literal('asc')])),
  cursor: cursorQuery,
};

export const OpenQuery = Closed({
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      description: 'Words. The best 1,000 hits come, the best first, or the newest with sort=published.',
    }),
  ),
  ...listQuery,
  fields: fieldsQuery,
  limit: limitQuery,
});
export type OpenQuery = Static<typeof OpenQuery>;

/** How many resources a page of the catalogue holds, unless fewer are asked for. */
export const cataloguePageSize = 100;

/** A page of the catalogue: filtered and paged as lists of resources are. */
export const CatalogueQuery = Closed({
  ...listQuery,
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: cataloguePageSize, default: cataloguePageSize })),
});
export type CatalogueQuery = Static<typeof CatalogueQuery>;

export const openChangeKinds = [
  'released',
  'relisted',
  'relabelled',
  'withdrawn',
  'expired',
  'removed',
] as const;
export type OpenChangeKind = (typeof openChangeKinds)[number];

/** What happened to a resource. Whoever keeps the last one of each resource knows what is published. */
export const OpenChange = Closed({
  cursor: Type.String({ description: 'To go on after this change.' }),
  id: Id,
  kind: Type.Unsafe<OpenChangeKind>(Type.Union(openChangeKinds.map((kind) => Type.Literal(kind)))),
  deleted: Type.Boolean({
    description: 'A tombstone: it is no longer shown to this key (withdrawn, expired, or moved elsewhere).',
  }),
  revision: Type.Union([Type.Integer(), Type.Null()]),
  digest: Type.Union([Type.String(), Type.Null()], { description: 'SHA-256 of the revision.' }),
  mark: Type.Union([Type.String(), Type.Null()], {
    description:
      'Of what it says now, as in /v1/contents: changes with the text, a ruling, or the name of a term.',
  }),
  at: Instant,
});
export type OpenChange = Static<typeof OpenChange>;

export const OpenChangePage = Closed({
  items: Type.Array(OpenChange),
  cursor: Type.String({ description: 'To go on after this answer, now or at any later time.' }),
  more: Type.Boolean({ description: 'Ask again at once: this was not all there is.' }),
});
export type OpenChangePage = Static<typeof OpenChangePage>;

/** The protocol has words of its own for what it does not know. */
const OaiArguments = Type.Object(
  {
    verb: Type.Optional(Type.Unknown()),
    identifier: Type.Optional(Type.Unknown()),
    metadataPrefix: Type.Optional(Type.Unknown()),
    from: Type.Optional(Type.Unknown()),
    until: Type.Optional(Type.Unknown()),
    set: Type.Optional(Type.Unknown()),
    resumptionToken: Type.Optional(Type.Unknown()),
  },
  { additionalProperties: true },
);

/** The interface of the exchange port, for other systems. Every endpoint but the public ones needs a key. */
export const openExchangeApi = {
  listResources: defineEndpoint({
    method: 'GET',
    path: '/v1/resources',
    summary: 'Published resources that the key may see, page by page.',
    access: 'key',
    query: OpenQuery,
    response: Closed({ items: Type.Array(OpenResource), nextCursor: NextCursor }),
  }),
  getResource: defineEndpoint({
    method: 'GET',
    path: '/v1/resources/:id',
    summary: 'One published resource, with its text when the key reads full texts.',
    access: 'key',
    params: IdParams,
    query: Closed({ fields: fieldsQuery }),
    response: OpenResource,
  }),
  getAbout: defineEndpoint({
    method: 'GET',
    path: '/v1/about',
    summary: 'Which installation this is, and what the key sees: its types, units and columns.',
    access: 'key',
    response: OpenAbout,
  }),
  listContents: defineEndpoint({
    method: 'GET',
    path: '/v1/contents',
    summary:
      'Many resources whole, for a system that keeps them: structured content, files and origin; the key must read full texts.',
    access: 'key',
    query: ContentsQuery,
    response: OpenContentPage,
  }),
  getAsset: defineEndpoint({
    method: 'GET',
    path: '/v1/assets/:digest',
    summary: 'A file that a published resource shows or attaches; the key must read full texts.',
    access: 'key',
    params: Closed({ digest: Type.String({ pattern: '^[0-9a-f]{64}$' }) }),
    response: Type.Unknown(),
    produces: 'application/octet-stream',
  }),
  listChanges: defineEndpoint({
    method: 'GET',
    path: '/v1/changes',
    summary:
      'What was released, withdrawn or moved, in order, from the beginning, from an instant (since) or from where the last answer ended (after).',
    access: 'key',
    query: Closed({
      after: Type.Optional(Type.String({ maxLength: 200 })),
      since: Type.Optional(Instant),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
      ...partQuery,
    }),
    response: OpenChangePage,
  }),
  harvest: defineEndpoint({
    method: 'GET',
    path: '/v1/oai',
    summary:
      'OAI-PMH 2.0: Identify, ListMetadataFormats, ListSets, ListIdentifiers, ListRecords, GetRecord; oai_dc; deleted records are kept. Wrong arguments are answered as the protocol says.',
    access: 'key',
    query: OaiArguments,
    response: Type.Unknown(),
    produces: 'text/xml',
  }),
  harvestByForm: defineEndpoint({
    method: 'POST',
    path: '/v1/oai',
    summary: 'The same, with the arguments in a form (application/x-www-form-urlencoded).',
    access: 'key',
    body: OaiArguments,
    response: Type.Unknown(),
    produces: 'text/xml',
  }),
  exportDcat: defineEndpoint({
    method: 'GET',
    path: '/v1/dcat',
    summary:
      'The catalogue in DCAT 3 (JSON-LD): a dataset and a record for each resource, its page and files as distributions. The next page is in `Link` and in hydra:next.',
    access: 'key',
    query: CatalogueQuery,
    response: Type.Unknown(),
    produces: 'application/ld+json',
  }),
  exportCoreMetadata: defineEndpoint({
    method: 'GET',
    path: '/v1/core-metadata',
    summary:
      'The catalogue in the core elements of GB/T 21063.3 (XML). The next page is in `Link` and in the attribute 下一页.',
    access: 'key',
    query: CatalogueQuery,
    response: Type.Unknown(),
    produces: 'text/xml',
  }),
  getContext: defineEndpoint({
    method: 'GET',
    path: '/v1/context',
    summary: 'JSON-LD context: every key of a resource as a term of Dublin Core, DCAT or PROV.',
    access: 'public',
    response: Type.Unknown(),
    produces: 'application/ld+json',
  }),
  getOpenApi: defineEndpoint({
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'This interface as OpenAPI 3.1.',
    access: 'public',
    response: Type.Unknown(),
    produces: 'application/openapi+json',
  }),
} as const;

export const openExchangeEndpoints: readonly (Endpoint & {
  readonly module: string;
  readonly name: string;
})[] = Object.entries(openExchangeApi).map(([name, endpoint]) => ({
  ...(endpoint as Endpoint),
  module: 'openExchange',
  name,
}));
