import { type Static, Type } from 'typebox';

import { assetEndpoints } from './asset.ts';
import { DraftBlocks } from './blocks.ts';
import { Closed, Count, defineEndpoint, Id, IdParams, Instant } from './endpoint.ts';
import { Facets, viewApi } from './facets.ts';
import { FieldNote } from './field-notes.ts';
import { likenessApi } from './likeness.ts';
import { relationApi } from './relations.ts';
import { relationProposalApi } from './relation-proposal.ts';
import {
  classFields,
  kindFields,
  optional,
  optionalAsset,
  optionalDay,
  OwnValues,
} from './resource-fields.ts';
import { FacetQuery, ResourceQuery } from './resource-query.ts';
import { ResourceType, ResourceTypeKey } from './resource-type.ts';
import { RichDocumentSchema } from './rich-text.ts';
import { typeDefinitionApi } from './type-definition.ts';
import { validityApi } from './validity.ts';
import { unitFiguresEndpoint } from './reorganization.ts';
import { Stage } from './stage.ts';
import { TextSegment } from './text-segment.ts';

export * from './asset.ts';
export * from './resource-type.ts';
export * from './type-definition.ts';
export { linedFields, type RelationKind, relationKinds, relationNames } from './resource-fields.ts';
export * from './facets.ts';
export * from './library-errors.ts';
export * from './likeness.ts';
export * from './relations.ts';
export * from './relation-proposal.ts';
export * from './resource-query.ts';
export * from './stage.ts';
export * from './validity.ts';

const Attachment = Closed({ assetId: Id, name: Type.String({ minLength: 1, maxLength: 200 }) });
export type Attachment = Static<typeof Attachment>;

/**
 * The content of a revision. Every type uses these fields; the type's description says which are shown,
 * which are needed and when. Absent and empty mean the same.
 */
export const ResourceContent = Closed({
  title: Type.String({ maxLength: 200 }),
  subtitle: optional(200),
  summary: optional(500),
  keywords: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 30 }), { maxItems: 10 })),
  source: optional(100),
  author: optional(60),
  editor: optional(60),
  body: Type.Optional(RichDocumentSchema),
  coverAssetId: optionalAsset,
  attachments: Type.Optional(Type.Array(Attachment, { maxItems: 50 })),
  category: optional(60),
  openMode: optional(20),
  producedOn: optionalDay,
  openTimeLimit: optional(60),
  openScope: optional(60),
  documentNumber: optional(60),
  issuer: optional(100),
  writtenOn: optionalDay,
  effectiveOn: optionalDay,
  validity: optional(20),
  abolishedBy: optional(200),
  /** What a new text of something published corrects. */
  correctionNote: optional(500),
  ...classFields,
  ...kindFields,
  /** The site whose home page it is. */
  siteId: Type.Optional(Id),
  /** What a home or topic page is composed of; whole only when it is handed in. */
  blocks: Type.Optional(DraftBlocks),
  /** The last day of a topic's occasion. */
  endsOn: optionalDay,
  /** Values of the fields that only the type's description knows. */
  values: Type.Optional(OwnValues),
  /** Which version of the operators' description it was written by; the server says it, whatever is sent. */
  typeVersion: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
});
export type ResourceContent = Static<typeof ResourceContent>;

/** What the signed-in person may do with a resource now; the console draws these and nothing else. */
export const ResourceAction = Type.Union([
  Type.Literal('edit'),
  Type.Literal('submit'),
  Type.Literal('recall'),
  Type.Literal('withdraw'),
  /** By order of the digital centre. */
  Type.Literal('take-down'),
  Type.Literal('discard'),
  Type.Literal('restore'),
  Type.Literal('schedule'),
  Type.Literal('place'),
  /** Rule whether a document holds. */
  Type.Literal('rule'),
]);
export type ResourceAction = Static<typeof ResourceAction>;

export const RevisionSummary = Closed({
  id: Id,
  number: Type.Integer(),
  digest: Type.String(),
  origin: Type.String(),
  createdBy: Type.Union([Id, Type.Null()]),
  createdByName: Type.String(),
  createdAt: Instant,
});
export type RevisionSummary = Static<typeof RevisionSummary>;
export const Revision = Closed({ ...RevisionSummary.properties, content: ResourceContent });
export type Revision = Static<typeof Revision>;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const ResourceSummary = Closed({
  id: Id,
  unitId: Id,
  unitName: Type.String(),
  type: ResourceTypeKey,
  stage: Stage,
  version: Type.Integer(),
  title: Type.String(),
  indexNumber: nullable(Type.String()),
  hasLiveRevision: Type.Boolean(),
  firstPublishedAt: nullable(Instant),
  updatedAt: Instant,
  /** When the list was asked for one type: what its list shows besides. */
  listed: Type.Optional(Type.Array(Closed({ key: Type.String(), value: Type.String() }))),
  /** When words were looked for in texts: where they stand. */
  found: Type.Optional(Closed({ title: Type.Array(TextSegment), excerpt: Type.Array(TextSegment) })),
});
export type ResourceSummary = Static<typeof ResourceSummary>;

export const Resource = Closed({
  ...ResourceSummary.properties,
  head: Revision,
  liveRevisionNumber: nullable(Type.Integer()),
  releaseAt: nullable(Instant),
  expireAt: nullable(Instant),
  withdrawnAt: nullable(Instant),
  withdrawalReason: nullable(Type.String()),
  createdBy: nullable(Id),
  actions: Type.Array(ResourceAction),
  /** What about its newest revision its editor may want to look at again. */
  notes: Type.Array(FieldNote),
});
export type Resource = Static<typeof Resource>;

export const NewResource = Closed({
  unitId: Id,
  type: ResourceTypeKey,
  content: ResourceContent,
});
export type NewResource = Static<typeof NewResource>;

export const DraftSave = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  content: ResourceContent,
  origin: Type.Optional(
    Type.Union([Type.Literal('saved'), Type.Literal('autosaved'), Type.Literal('restored')]),
  ),
});
export type DraftSave = Static<typeof DraftSave>;

/** `details` of `library.resource-changed`: both versions, so that the editor can show them side by side. */
export const DraftConflict = Closed({ currentVersion: Type.Integer(), current: Revision });
export type DraftConflict = Static<typeof DraftConflict>;

export const Withdrawal = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  reason: Type.String({ minLength: 2, maxLength: 500 }),
});
export type Withdrawal = Static<typeof Withdrawal>;
const ExpectedVersion = Closed({ expectedVersion: Type.Integer({ minimum: 1 }) });

export const Schedule = Closed({
  expectedVersion: Type.Integer({ minimum: 1 }),
  releaseAt: nullable(Instant),
  expireAt: nullable(Instant),
});
export type Schedule = Static<typeof Schedule>;

/** What anybody may read of a published resource: to find what another one refers to. */
export const PublishedResource = Closed({
  id: Id,
  type: ResourceTypeKey,
  title: Type.String(),
  documentNumber: nullable(Type.String()),
  unitName: Type.String(),
  firstPublishedAt: Instant,
});
export type PublishedResource = Static<typeof PublishedResource>;
export const PublishedQuery = Closed({
  type: Type.Optional(ResourceTypeKey),
  q: Type.Optional(Type.String({ maxLength: 100 })),
  /** Ids, joined by commas: to show what was chosen before. */
  ids: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,17}(?:,[1-9][0-9]{0,17}){0,19}$' })),
});
export type PublishedQuery = Static<typeof PublishedQuery>;

/** Nobody waits for exactly so many: from here on it is “or more”. */
export const mostUnindexed = 10_000;

export const ResourcePage = Closed({
  items: Type.Array(ResourceSummary),
  nextCursor: nullable(Type.String()),
  count: Count,
  /**
   * On the first page, when words were looked for in texts: about how many resources are not in the index yet, and so not
   * found, not even by their titles; counted up to `mostUnindexed`. Absent when all are in it.
   */
  unindexed: Type.Optional(Type.Integer()),
});
export type ResourcePage = Static<typeof ResourcePage>;

export const libraryApi = {
  ...typeDefinitionApi,
  ...relationApi,
  ...relationProposalApi,
  ...validityApi,
  ...likenessApi,
  ...viewApi,
  readUnitFigures: unitFiguresEndpoint,
  listResourceTypes: defineEndpoint({
    method: 'GET',
    path: '/api/resource-types',
    summary: 'The types of resource, their fields, and which are needed when.',
    access: 'signed-in',
    response: Type.Array(ResourceType),
  }),
  listResources: defineEndpoint({
    method: 'GET',
    path: '/api/resources',
    summary: 'Resources in scope, filtered and sorted by the server, keyset paged, with a capped count.',
    access: 'signed-in',
    query: ResourceQuery,
    response: ResourcePage,
  }),
  listFacets: defineEndpoint({
    method: 'GET',
    path: '/api/resource-facets',
    summary:
      'What the first 5,000 of the listed resources are (1,000 with words), by unit, type, stage, openness, validity, year and column.',
    access: 'signed-in',
    query: FacetQuery,
    response: Facets,
  }),
  downloadList: defineEndpoint({
    method: 'GET',
    path: '/api/resource-list.xlsx',
    summary: 'The listed resources as a table, at most 100,000 of them.',
    access: 'signed-in',
    query: FacetQuery,
    response: Type.Unknown(),
    produces: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
  listPublished: defineEndpoint({
    method: 'GET',
    path: '/api/published-resources',
    summary: 'Published resources of all units by title or document number, newest first, at most 20.',
    access: 'signed-in',
    query: PublishedQuery,
    response: Type.Array(PublishedResource),
  }),
  createResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources',
    summary: 'Begin a draft.',
    access: 'signed-in',
    body: NewResource,
    response: Resource,
    status: 201,
  }),
  getResource: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id',
    summary: 'One resource with its newest revision and the actions open to the caller.',
    access: 'signed-in',
    params: IdParams,
    response: Resource,
  }),
  saveDraft: defineEndpoint({
    method: 'PUT',
    path: '/api/resources/:id/draft',
    summary: 'Save a new revision; a stale expectedVersion is refused with both versions.',
    access: 'signed-in',
    params: IdParams,
    body: DraftSave,
    response: Resource,
  }),
  listRevisions: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/revisions',
    summary: 'The revisions of a resource, newest first, at most 200.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(RevisionSummary),
  }),
  getRevision: defineEndpoint({
    method: 'GET',
    path: '/api/resources/:id/revisions/:number',
    summary: 'One revision with its content.',
    access: 'signed-in',
    params: Closed({ id: Id, number: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }),
    response: Revision,
  }),
  withdrawResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/withdrawal',
    summary: 'Withdraw a live resource everywhere, with a reason.',
    access: 'signed-in',
    params: IdParams,
    body: Withdrawal,
    response: Resource,
  }),
  discardResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/discard',
    summary: 'Put a never published draft into the bin; it can be restored for 30 days.',
    access: 'signed-in',
    params: IdParams,
    body: ExpectedVersion,
    response: Resource,
  }),
  restoreResource: defineEndpoint({
    method: 'POST',
    path: '/api/resources/:id/restore',
    summary: 'Take a discarded draft out of the bin.',
    access: 'signed-in',
    params: IdParams,
    body: ExpectedVersion,
    response: Resource,
  }),
  scheduleResource: defineEndpoint({
    method: 'PUT',
    path: '/api/resources/:id/schedule',
    summary: 'Set or clear the hour of release and of expiry.',
    access: 'signed-in',
    params: IdParams,
    body: Schedule,
    response: Resource,
  }),
  ...assetEndpoints,
  convertHtml: defineEndpoint({
    method: 'POST',
    path: '/api/html-conversions',
    summary: 'Turn pasted HTML into a clean document.',
    access: 'signed-in',
    body: Closed({ html: Type.String({ maxLength: 3_000_000 }) }),
    response: Closed({ document: RichDocumentSchema, warnings: Type.Array(Type.String()) }),
  }),
} as const;
