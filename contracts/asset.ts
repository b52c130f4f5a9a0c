import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { RichDocumentSchema } from './rich-text.ts';
import { Stage } from './stage.ts';

/** off: nobody scans here; waiting: not to be published before it was scanned. */
export const fileScans = ['off', 'waiting', 'clean', 'infected'] as const;
export type FileScan = (typeof fileScans)[number];
const FileScan = Type.Unsafe<FileScan>(Type.Union(fileScans.map((one) => Type.Literal(one))));

/** What sort of thing a file is, for people who look for one. */
export const assetKinds = ['image', 'document', 'audio', 'video', 'archive'] as const;
export type AssetKind = (typeof assetKinds)[number];
const AssetKind = Type.Unsafe<AssetKind>(Type.Union(assetKinds.map((one) => Type.Literal(one))));
export const assetKindNames: Readonly<Record<AssetKind, string>> = {
  image: '图片',
  document: '文档',
  audio: '音频',
  video: '视频',
  archive: '压缩包',
};

const archives: ReadonlySet<string> = new Set([
  'application/zip',
  'application/x-rar-compressed',
  'application/x-7z-compressed',
]);

export function assetKindOf(mediaType: string): AssetKind {
  const family = mediaType.slice(0, mediaType.indexOf('/'));
  if (family === 'image' || family === 'audio' || family === 'video') return family;
  return archives.has(mediaType) ? 'archive' : 'document';
}

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/** What editors say of a file. `alt` is read aloud in a picture's place. */
export const AssetDescription = Closed({
  alt: Type.String({ maxLength: 500 }),
  copyright: Type.String({ maxLength: 200 }),
  source: Type.String({ maxLength: 200 }),
});
export type AssetDescription = Static<typeof AssetDescription>;

export const Asset = Closed({
  id: Id,
  unitId: Id,
  digest: Type.String(),
  fileName: Type.String(),
  mediaType: Type.String(),
  size: Type.Integer(),
  width: nullable(Type.Integer()),
  height: nullable(Type.Integer()),
  scan: FileScan,
  ...AssetDescription.properties,
  /** The file that took its place. */
  replacedBy: nullable(Id),
});
export type Asset = Static<typeof Asset>;

/** A file as the asset library lists it. */
export const ListedAsset = Closed({
  ...Asset.properties,
  unitName: Type.String(),
  uploadedAt: Instant,
  uploadedByName: Type.String(),
  /** Resources whose newest or published revision shows or attaches it. */
  uses: Type.Integer(),
});
export type ListedAsset = Static<typeof ListedAsset>;

export const AssetQuery = Closed({
  ...pagingQuery,
  unitId: Type.Optional(Id),
  kind: Type.Optional(AssetKind),
  /** Any part of the name. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  /** unused: of no use; no-alt: pictures without words; trouble: waiting for a scan or infected. */
  show: Type.Optional(Type.Union([Type.Literal('unused'), Type.Literal('no-alt'), Type.Literal('trouble')])),
});
export type AssetQuery = Static<typeof AssetQuery>;

export const AssetUse = Closed({
  resourceId: Id,
  title: Type.String(),
  stage: Stage,
  version: Type.Integer(),
  /** The revision that citizens see names it. */
  isLive: Type.Boolean(),
  /** The newest revision names it. */
  isHead: Type.Boolean(),
});
export type AssetUse = Static<typeof AssetUse>;

export const AssetSiteUse = Closed({ siteId: Id, siteName: Type.String() });

/** What is known of the words of a document. `findings` are codes: scripts, embedded-files, encrypted … */
export const AssetWords = Closed({
  state: Type.Union([Type.Literal('none'), Type.Literal('waiting'), Type.Literal('read')]),
  text: Type.String(),
  findings: Type.Array(Type.String()),
});
export type AssetWords = Static<typeof AssetWords>;

/**
 * The beginning of a document, to be looked at without opening it. `none` as a state: files of this type have no
 * preview; as a kind: it could not be made, `findings` say why. They are codes, of words and of previews alike.
 */
export const AssetPreview = Closed({
  state: Type.Union([Type.Literal('none'), Type.Literal('waiting'), Type.Literal('made')]),
  kind: Type.Union([Type.Literal('pages'), Type.Literal('text'), Type.Literal('none')]),
  /** Drawn pages, the first one first: `previewPage` gives their pictures by number, from 1. */
  pages: Type.Array(Closed({ width: Type.Integer(), height: Type.Integer() })),
  totalPages: nullable(Type.Integer()),
  /** Of a document that is shown as text: its headings, lists, tables and words. */
  body: nullable(RichDocumentSchema),
  /** False: the document goes on. */
  isWhole: Type.Boolean(),
  findings: Type.Array(Type.String()),
});
export type AssetPreview = Static<typeof AssetPreview>;

const Stored = Closed({ files: Type.Integer(), bytes: Type.Integer() });

/** What files take in the store: as they came, their smaller forms as WebP and AVIF, and drawn pages of documents. */
export const AssetStorage = Closed({ originals: Stored, webp: Stored, avif: Stored, pages: Stored });
export type AssetStorage = Static<typeof AssetStorage>;

export const QuarantineEntry = Closed({
  id: Id,
  unitName: Type.String(),
  fileName: Type.String(),
  infection: Type.String(),
  foundAt: Instant,
  foundBy: Type.Union([Type.Literal('upload'), Type.Literal('scan')]),
  clearedAt: nullable(Instant),
});
export type QuarantineEntry = Static<typeof QuarantineEntry>;

export const assetEndpoints = {
  listAssets: defineEndpoint({
    method: 'GET',
    path: '/api/assets',
    summary: 'Files in scope, filtered by the server, newest first, keyset paged.',
    access: 'signed-in',
    query: AssetQuery,
    response: Closed({ items: Type.Array(ListedAsset), nextCursor: nullable(Type.String()) }),
  }),
  uploadAsset: defineEndpoint({
    method: 'POST',
    path: '/api/assets',
    summary:
      'Upload one file (multipart/form-data: field unitId, then field file). Checked by content, stored by digest.',
    access: 'signed-in',
    upload: true,
    response: Asset,
    status: 201,
  }),
  getAsset: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id',
    summary: 'What is known of a file.',
    access: 'signed-in',
    params: IdParams,
    response: Asset,
  }),
  getAssetContent: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id/content',
    summary: 'The bytes of a file; of a picture, its smallest form when `size` asks for it and there is one.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ size: Type.Optional(Type.Literal('small')) }),
    response: Type.Unknown(),
    produces: 'application/octet-stream',
  }),
  describeAsset: defineEndpoint({
    method: 'PUT',
    path: '/api/assets/:id/description',
    summary: 'Say what a file shows, whose it is and where it comes from.',
    access: 'signed-in',
    params: IdParams,
    body: AssetDescription,
    response: Asset,
  }),
  getAssetUses: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id/uses',
    summary: 'The resources and sites that show or attach a file, at most 200.',
    access: 'signed-in',
    params: IdParams,
    response: Closed({ resources: Type.Array(AssetUse), sites: Type.Array(AssetSiteUse) }),
  }),
  getAssetWords: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id/words',
    summary: 'The words of a document, and what was noticed when it was read.',
    access: 'signed-in',
    params: IdParams,
    response: AssetWords,
  }),
  getAssetPreview: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id/preview',
    summary: 'The first pages of a document: how many were drawn, or their words and tables.',
    access: 'signed-in',
    params: IdParams,
    response: AssetPreview,
  }),
  getAssetPreviewPage: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id/preview-pages/:number',
    summary: 'One drawn page of a document as a picture (WebP).',
    access: 'signed-in',
    params: Closed({ id: Id, number: Type.Integer({ minimum: 1, maximum: 1_000 }) }),
    response: Type.Unknown(),
    produces: 'image/webp',
  }),
  replaceAsset: defineEndpoint({
    method: 'POST',
    path: '/api/assets/:id/replacement',
    summary:
      'Upload the file that takes the place of this one (multipart/form-data: field file). Published pages keep what was reviewed until a revision with the new file is.',
    access: 'signed-in',
    params: IdParams,
    upload: true,
    response: Asset,
    status: 201,
  }),
  adoptReplacement: defineEndpoint({
    method: 'POST',
    path: '/api/assets/:id/adoptions',
    summary: 'Let the draft of a resource name the newest successor of this file in its place.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ resourceId: Id, expectedVersion: Type.Integer({ minimum: 1 }) }),
    response: Closed({ resourceId: Id, version: Type.Integer() }),
  }),
  getAssetHistory: defineEndpoint({
    method: 'GET',
    path: '/api/assets/:id/history',
    summary: 'The files that stood in this one’s place before and after it, newest first.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(ListedAsset),
  }),
  getAssetStorage: defineEndpoint({
    method: 'GET',
    path: '/api/asset-storage',
    summary:
      'What the files in scope take in the store, with what was made from them; the same file counts once.',
    access: 'signed-in',
    response: AssetStorage,
  }),
  listQuarantine: defineEndpoint({
    method: 'GET',
    path: '/api/quarantine',
    summary: 'Files in scope in which a virus was found, newest first, at most 100.',
    access: 'signed-in',
    response: Type.Array(QuarantineEntry),
  }),
} as const;
