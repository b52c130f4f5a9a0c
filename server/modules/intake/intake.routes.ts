import type { MultipartFile } from '@fastify/multipart';
import { Value } from 'typebox/value';

import { intakeApi } from '../../../contracts/intake.ts';
import { ResourceTypeKey } from '../../../contracts/library.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
import { AppError } from '../../platform/errors.ts';
import type { Routes } from '../../platform/http.ts';
import { safeFileName } from '../../platform/media-type.ts';
import { cancelImport, checkImport, mapImport, runImport } from './change-import.ts';
import { createImport, type ImportWish, requireImportWish } from './create-import.ts';
import { getImport } from './find-import.ts';
import { presentImport } from './import.presenter.ts';
import { listImports, listOutcomes } from './list-imports.ts';
import { previewImport } from './preview-import.ts';
import { writeReport, writeTemplate } from './write-report.ts';

export interface IntakeRouteParts {
  readonly assets: AssetStore;
  /** Largest file to import. */
  readonly importBytes: number;
}

const missing = (message: string): AppError => new AppError('invalid', 'intake.file-missing', message);

function fieldBefore({ fields }: MultipartFile, name: string): string | undefined {
  const field = fields[name];
  const value = field && !Array.isArray(field) && field.type === 'field' ? field.value : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const idPattern = /^[1-9][0-9]{0,17}$/;

function wishBefore(file: MultipartFile): ImportWish {
  const [unitId, mode, type, columnId] = ['unitId', 'mode', 'type', 'columnId'].map((name) =>
    fieldBefore(file, name),
  );
  if (
    unitId === undefined ||
    !idPattern.test(unitId) ||
    (mode !== 'drafts' && mode !== 'archive') ||
    !Value.Check(ResourceTypeKey, type)
  )
    throw missing('上传时要说明所属单位、导入方式和信息类型（字段在文件之前）。');
  if (columnId !== undefined && !idPattern.test(columnId)) throw missing('栏目编号不对。');
  return { unitId, mode, type, columnId: columnId ?? null };
}

/** What can be known before the bytes come is said before; a form is a little larger than its file. */
function requireFit(contentLength: string | undefined, limit: number): void {
  if (contentLength === undefined || Number(contentLength) <= limit + 10_000) return;
  throw tooLarge(limit);
}

function tooLarge(limit: number): AppError {
  const mebibytes = Math.floor(limit / 1024 / 1024);
  return new AppError(
    'invalid',
    'intake.file-too-large',
    `文件超过${mebibytes}MB的上限，请分成几个文件导入。`,
  );
}

export function intakeRoutes(parts: IntakeRouteParts): Routes {
  return (mount, { perform, consult }) => {
    mount(intakeApi.listImports, ({ caller, query }) =>
      consult(caller, 'intake.list-imports', (reader) => listImports(reader, query)),
    );
    mount(intakeApi.createImport, async ({ caller, request }) => {
      requireFit(request.headers['content-length'], parts.importBytes);
      const file = request.isMultipart() ? await request.file() : undefined;
      if (!file) throw missing('请用表单上传一个文件。');
      try {
        const wish = wishBefore(file);
        const about = { kind: 'unit', id: wish.unitId };
        // Who may not import is told before the bytes come, not after.
        await consult({ ...caller, about }, createImport.name, (reader) => requireImportWish(reader, wish));
        const received = await parts.assets.receive(file.file, parts.importBytes).catch((error: unknown) => {
          throw error instanceof AppError && error.code === 'library.asset-too-large'
            ? tooLarge(parts.importBytes)
            : error;
        });
        // It is kept as it came; what it is shows when the worker reads it.
        await received.keep();
        const { digest, size } = received;
        return await perform(caller, createImport, {
          ...wish,
          fileName: safeFileName(file.filename),
          digest,
          size,
        });
      } finally {
        // What nobody reads would keep the connection waiting.
        file.file.resume();
      }
    });
    mount(intakeApi.getImport, ({ caller, params }) =>
      consult(caller, 'intake.get-import', async (reader) =>
        presentImport(reader.db, reader.actor, await getImport(reader, params.id)),
      ),
    );
    mount(intakeApi.previewImport, ({ caller, params }) =>
      consult(caller, 'intake.preview-import', (reader) => previewImport(reader, params.id)),
    );
    mount(intakeApi.mapImport, ({ caller, params, body }) =>
      perform(caller, mapImport, { ...body, importId: params.id }),
    );
    mount(intakeApi.checkImport, ({ caller, params, body }) =>
      perform(caller, checkImport, { ...body, importId: params.id }),
    );
    mount(intakeApi.runImport, ({ caller, params, body }) =>
      perform(caller, runImport, { ...body, importId: params.id }),
    );
    mount(intakeApi.cancelImport, ({ caller, params, body }) =>
      perform(caller, cancelImport, { ...body, importId: params.id }),
    );
    mount(intakeApi.listOutcomes, ({ caller, params, query }) =>
      consult(caller, 'intake.list-outcomes', (reader) => listOutcomes(reader, params.id, query)),
    );
    mount(intakeApi.downloadReport, async ({ caller, params, query, reply }) => {
      const file = await consult(caller, 'intake.download-report', (reader) =>
        writeReport(reader, params.id, query),
      );
      return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
    });
    mount(intakeApi.downloadTemplate, async ({ caller, params, query, reply }) => {
      const file = await consult(caller, 'intake.download-template', (reader) =>
        writeTemplate(reader, params.type, query.form),
      );
      return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
    });
  };
}
