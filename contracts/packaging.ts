import { type Static, Type } from 'typebox';

import { Closed, Day, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { ResourceTypeKey } from './resource-type.ts';

export const packagingErrorCodes = [
  'packaging.operator-required',
  'packaging.export-not-found',
  'packaging.export-open',
  'packaging.export-unready',
  'packaging.export-expired',
  'packaging.export-lost',
  'packaging.export-interrupted',
  'packaging.days-reversed',
  'packaging.selection-unknown',
  'packaging.file-lost',
  'packaging.row-flawed',
  'packaging.bomb',
  'packaging.manifest-wrong',
  'packaging.version-unknown',
  'packaging.part-missing',
  'packaging.part-altered',
  'packaging.row-wrong',
  'packaging.file-missing',
  'packaging.file-altered',
  'packaging.file-extra',
  'packaging.not-empty',
  'packaging.import-running',
  'packaging.row-refused',
] as const;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const some = <T extends Parameters<typeof Type.Array>[0]>(schema: T, description: string) =>
  Type.Optional(Type.Array(schema, { minItems: 1, maxItems: 200, uniqueItems: true, description }));

/** Which resources a package holds; nothing named: the whole library. */
export const PackageSelection = Closed({
  unitIds: some(Id, 'Of these units and those below them.'),
  siteIds: some(Id, 'Placed on these sites, or their home pages.'),
  types: some(ResourceTypeKey, 'Of these types.'),
  from: Type.Optional(Day),
  to: Type.Optional(Day),
});
export type PackageSelection = Static<typeof PackageSelection>;

export const exportStages = ['waiting', 'running', 'done', 'failed', 'expired'] as const;
export type ExportStage = (typeof exportStages)[number];
export const exportStageNames: Readonly<Record<ExportStage, string>> = {
  waiting: '等待中',
  running: '正在导出',
  done: '可下载',
  failed: '未完成',
  expired: '已过期删除',
};

export const PackageExport = Closed({
  id: Id,
  selection: PackageSelection,
  /** The selection in words. */
  contents: Type.String(),
  stage: Type.Unsafe<ExportStage>(Type.Union(exportStages.map((stage) => Type.Literal(stage)))),
  written: Type.Integer({ description: 'Rows and files so far.' }),
  size: nullable(Type.Integer()),
  digest: nullable(Type.String({ description: 'SHA-256 of the whole, as in the manifest.' })),
  problem: nullable(Type.String()),
  requestedByName: Type.String(),
  requestedAt: Instant,
  finishedAt: nullable(Instant),
  expiresAt: nullable(Instant),
  mine: Type.Boolean({ description: 'Only who asked for a package may fetch it.' }),
});
export type PackageExport = Static<typeof PackageExport>;

export const packagingApi = {
  listExports: defineEndpoint({
    method: 'GET',
    path: '/api/exports',
    summary: 'Packages of the library that were asked for, newest first. Operators only.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery }),
    response: Closed({ items: Type.Array(PackageExport), nextCursor: nullable(Type.String()) }),
  }),
  createExport: defineEndpoint({
    method: 'POST',
    path: '/api/exports',
    summary: 'Ask for a package of the library or of a selection; the worker makes it. Operators only.',
    access: 'signed-in',
    body: PackageSelection,
    response: PackageExport,
    status: 201,
  }),
  downloadExport: defineEndpoint({
    method: 'GET',
    path: '/api/exports/:id/file',
    summary: 'The package as a zip archive, for the operator who asked for it, as long as it is kept.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Unknown(),
    produces: 'application/zip',
  }),
} as const;
