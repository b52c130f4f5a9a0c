import { type Static, Type } from 'typebox';

import { Closed, defineEndpoint, Id, IdParams, Instant, pagingQuery } from './endpoint.ts';
import { ResourceContent } from './library.ts';
import { type FieldDescription, type ResourceType, ResourceTypeKey } from './resource-type.ts';

export const intakeErrorCodes = [
  'intake.import-not-found',
  'intake.editor-required',
  'intake.operator-required',
  'intake.file-missing',
  'intake.file-too-large',
  'intake.type-unfit',
  'intake.column-required',
  'intake.mapping-invalid',
  'intake.stage-forbids',
  'intake.changed',
  'intake.cursor-wrong',
  'intake.too-many-records',
  'intake.interrupted',
  'document.type-unknown',
  'document.type-old',
  'document.empty',
  'document.damaged',
  'document.encrypted',
  'document.too-large',
  'document.too-many-files',
  'document.names-unsafe',
  'document.too-slow',
  'document.encoding-unknown',
  'document.xml-forbidden',
] as const;

/** What one record may suffer beside the codes above; they stand in reports, never in a refusal. */
export const recordProblemCodes = [
  'record.unreadable',
  'record.title-missing',
  'record.body-missing',
  'record.field-invalid',
  'record.day-unreadable',
  'record.key-twice',
  'record.known',
  'record.not-public',
  'record.incomplete',
  'record.left-out',
  'record.picture-refused',
] as const;
export type RecordProblemCode = (typeof recordProblemCodes)[number] | (typeof intakeErrorCodes)[number];

/** Fields that a text in a file can fill, and those that its files can. */
const writtenKinds: ReadonlySet<FieldDescription['kind']> = new Set([
  'line',
  'text',
  'day',
  'number',
  'link',
  'choice',
  'choices',
  'words',
]);
export const isWritten = (field: FieldDescription): boolean =>
  writtenKinds.has(field.kind) || field.orText === true;
const comesWithFiles = (field: FieldDescription): boolean =>
  field.kind === 'rich-text' || field.kind === 'attachments';

/** Whether files can give resources of a type: what is composed of blocks is composed by hand. */
export const isImportable = (type: ResourceType): boolean =>
  !type.retired && !type.fields.some((field) => field.kind === 'blocks');

/** An archive is public at once, so everything that its type needs must be able to come with it. */
export const isArchivable = (type: ResourceType): boolean =>
  isImportable(type) &&
  type.fields.every((field) => field.requiredAt === 'never' || isWritten(field) || comesWithFiles(field));

export const importFormats = ['jsonl', 'csv', 'xlsx', 'documents', 'wxr'] as const;
export type ImportFormat = (typeof importFormats)[number];
export const importFormatNames: Readonly<Record<ImportFormat, string>> = {
  jsonl: 'JSON Lines',
  csv: 'CSV 表格',
  xlsx: 'Excel 表格',
  documents: '文档（Word、网页、OFD）',
  wxr: 'WordPress 导出文件',
};

/**
 * What becomes of a file. `inspecting`, `checking` and `running` are the worker's; the others wait for a person, and
 * `failed`, `cancelled` and `done` for nobody.
 */
export const importStages = [
  'inspecting',
  'ready',
  'checking',
  'checked',
  'running',
  'done',
  'failed',
  'cancelled',
] as const;
export type ImportStage = (typeof importStages)[number];
export const ImportStage = Type.Unsafe<ImportStage>(
  Type.Union(importStages.map((stage) => Type.Literal(stage))),
);
export const importStageNames: Readonly<Record<ImportStage, string>> = {
  inspecting: '正在识别',
  ready: '待确认',
  checking: '正在试运行',
  checked: '已试运行',
  running: '正在导入',
  done: '已完成',
  failed: '无法读取',
  cancelled: '已停止',
};

/** Drafts that go through the review chain, or an old archive that is public at once. */
export const ImportMode = Type.Union([Type.Literal('drafts'), Type.Literal('archive')]);
export type ImportMode = Static<typeof ImportMode>;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const SourceName = Type.String({ minLength: 1, maxLength: 200 });

/** Which column or field of the file gives which field of the type; what is not named stays empty. */
export const Mapping = Type.Array(
  Closed({ target: Type.String({ minLength: 1, maxLength: 80 }), source: SourceName }),
  { maxItems: 60 },
);
export type Mapping = Static<typeof Mapping>;

export const MappingTarget = Closed({
  key: Type.String(),
  name: Type.String(),
  required: Type.Boolean(),
  help: nullable(Type.String()),
});
export type MappingTarget = Static<typeof MappingTarget>;

export const ImportCounts = Closed({
  read: Type.Integer({ description: 'Records that were looked at.' }),
  good: Type.Integer({ description: 'Brought in; in a dry run, those that would be.' }),
  known: Type.Integer({ description: 'There already, from this file or an earlier one.' }),
  refused: Type.Integer(),
  warned: Type.Integer({ description: 'Brought in, but something of it was left out or is missing.' }),
});
export type ImportCounts = Static<typeof ImportCounts>;

export const ImportSummary = Closed({
  id: Id,
  unitId: Id,
  unitName: Type.String(),
  mode: ImportMode,
  columnId: nullable(Id),
  type: ResourceTypeKey,
  fileName: Type.String(),
  size: Type.Integer(),
  format: nullable(Type.Unsafe<ImportFormat>(Type.Union(importFormats.map((one) => Type.Literal(one))))),
  stage: ImportStage,
  version: Type.Integer(),
  /** Why it failed, or why it stopped. */
  problem: nullable(Closed({ code: Type.String(), message: Type.String() })),
  checked: nullable(ImportCounts),
  imported: nullable(ImportCounts),
  createdByName: Type.String(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type ImportSummary = Static<typeof ImportSummary>;

export const ImportAction = Type.Union([
  Type.Literal('map'),
  Type.Literal('check'),
  Type.Literal('run'),
  Type.Literal('cancel'),
]);
export type ImportAction = Static<typeof ImportAction>;

export const Import = Closed({
  ...ImportSummary.properties,
  /** Columns or fields found in the file. */
  sources: Type.Array(Type.String()),
  targets: Type.Array(MappingTarget),
  mapping: Mapping,
  /** What the first records are called in the file, for choosing by eye: source → first values. */
  examples: Type.Array(Closed({ source: Type.String(), values: Type.Array(Type.String()) })),
  actions: Type.Array(ImportAction),
});
export type Import = Static<typeof Import>;

export const RecordProblem = Closed({
  code: Type.String(),
  field: nullable(Type.String()),
  message: Type.String({ description: 'Chinese, for people.' }),
});
export type RecordProblem = Static<typeof RecordProblem>;

export const PreviewItem = Closed({
  place: Type.String({ description: 'Where in the file: line, sheet and row, or file name.' }),
  key: Type.String(),
  content: ResourceContent,
  problems: Type.Array(RecordProblem),
  warnings: Type.Array(RecordProblem),
});
export type PreviewItem = Static<typeof PreviewItem>;

export const outcomeResults = ['good', 'known', 'refused'] as const;
export type OutcomeResult = (typeof outcomeResults)[number];
const OutcomeResult = Type.Unsafe<OutcomeResult>(
  Type.Union(outcomeResults.map((result) => Type.Literal(result))),
);
export const outcomeNames: Readonly<Record<OutcomeResult, string>> = {
  good: '可导入',
  known: '已存在',
  refused: '不能导入',
};

export const Outcome = Closed({
  ordinal: Type.Integer(),
  place: Type.String(),
  key: Type.String(),
  title: Type.String(),
  result: OutcomeResult,
  resourceId: nullable(Id),
  oldAddress: nullable(Type.String()),
  problems: Type.Array(RecordProblem),
});
export type Outcome = Static<typeof Outcome>;

export const ImportPass = Type.Union([Type.Literal('check'), Type.Literal('run')]);
export type ImportPass = Static<typeof ImportPass>;
const ExpectedVersion = Closed({ expectedVersion: Type.Integer({ minimum: 1 }) });
const SheetForm = Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]);
export type SheetForm = Static<typeof SheetForm>;

export const intakeApi = {
  listImports: defineEndpoint({
    method: 'GET',
    path: '/api/imports',
    summary: 'Imports in scope, newest first.',
    access: 'signed-in',
    query: Closed({ ...pagingQuery }),
    response: Closed({ items: Type.Array(ImportSummary), nextCursor: nullable(Type.String()) }),
  }),
  createImport: defineEndpoint({
    method: 'POST',
    path: '/api/imports',
    summary:
      'Upload a file to import (multipart/form-data: fields unitId, type, mode and, for an archive, columnId, then field file). It is kept as it is; the worker finds out what it is.',
    access: 'signed-in',
    upload: true,
    response: Import,
    status: 201,
  }),
  getImport: defineEndpoint({
    method: 'GET',
    path: '/api/imports/:id',
    summary: 'One import: what was found in the file, how it is mapped, and how far it is.',
    access: 'signed-in',
    params: IdParams,
    response: Import,
  }),
  previewImport: defineEndpoint({
    method: 'GET',
    path: '/api/imports/:id/preview',
    summary: 'The first records as they would become.',
    access: 'signed-in',
    params: IdParams,
    response: Type.Array(PreviewItem),
  }),
  mapImport: defineEndpoint({
    method: 'PUT',
    path: '/api/imports/:id/mapping',
    summary: 'Say which column gives which field. An earlier dry run no longer counts.',
    access: 'signed-in',
    params: IdParams,
    body: Closed({ ...ExpectedVersion.properties, mapping: Mapping }),
    response: Import,
  }),
  checkImport: defineEndpoint({
    method: 'POST',
    path: '/api/imports/:id/check',
    summary: 'Begin a dry run: every record is read and checked, nothing is written.',
    access: 'signed-in',
    params: IdParams,
    body: ExpectedVersion,
    response: Import,
  }),
  runImport: defineEndpoint({
    method: 'POST',
    path: '/api/imports/:id/run',
    summary: 'Begin, or go on with, the import itself.',
    access: 'signed-in',
    params: IdParams,
    body: ExpectedVersion,
    response: Import,
  }),
  cancelImport: defineEndpoint({
    method: 'POST',
    path: '/api/imports/:id/cancel',
    summary: 'Stop it. What was brought in stays; it can be gone on with.',
    access: 'signed-in',
    params: IdParams,
    body: ExpectedVersion,
    response: Import,
  }),
  listOutcomes: defineEndpoint({
    method: 'GET',
    path: '/api/imports/:id/outcomes',
    summary: 'What became of single records, in the order of the file.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({
      ...pagingQuery,
      pass: Type.Optional(ImportPass),
      result: Type.Optional(OutcomeResult),
      troubled: Type.Optional(Type.Boolean({ description: 'Only those with a problem or a warning.' })),
    }),
    response: Closed({ items: Type.Array(Outcome), nextCursor: nullable(Type.String()) }),
  }),
  downloadReport: defineEndpoint({
    method: 'GET',
    path: '/api/imports/:id/report',
    summary: 'The whole report of the dry run or of the import, as CSV or xlsx.',
    access: 'signed-in',
    params: IdParams,
    query: Closed({ pass: Type.Optional(ImportPass), form: Type.Optional(SheetForm) }),
    response: Type.Unknown(),
    produces: 'application/octet-stream',
  }),
  downloadTemplate: defineEndpoint({
    method: 'GET',
    path: '/api/import-templates/:type',
    summary: 'An empty table with the columns of a type, as CSV or xlsx.',
    access: 'signed-in',
    params: Closed({ type: ResourceTypeKey }),
    query: Closed({ form: Type.Optional(SheetForm) }),
    response: Type.Unknown(),
    produces: 'application/octet-stream',
  }),
} as const;
