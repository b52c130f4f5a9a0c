import multipart, { type MultipartFile } from '@fastify/multipart';

import { libraryApi } from '../../../contracts/library.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { AppError } from '../../platform/errors.ts';
import type { Http, Reader, Routes } from '../../platform/http.ts';
import { requireUnitInScope } from '../identity/index.ts';
import { assetInScope, type AssetRow } from './asset.queries.ts';
import type { createResource } from './create-resource.ts';
import type { PlacedIn } from './list.routes.ts';
import type { saveDraft } from './save-draft.ts';
import type { scheduleResource } from './schedule-resource.ts';
import { presentAsset, receiveUpload, registerAsset, requireUploader } from './upload-asset.ts';

/** What decides what a resource says and when it appears. */
export interface WritingCommands {
  readonly create: typeof createResource;
  readonly save: typeof saveDraft;
  readonly schedule: typeof scheduleResource;
}

export interface LibraryRouteParts {
  readonly assets: AssetStore;
  readonly uploadBytes: number;
  /** The same commands asked through somebody who knows more of what may be said; the library's own when absent. */
  readonly writing?: WritingCommands;
  /** What stands in which column; without it no list is narrowed by columns. */
  readonly placed?: PlacedIn;
}

/**
 * Uploads need the multipart parser; it is registered once, before the routes. It counts no bytes: it would cut a
 * large file off without a word. The asset store counts, and refuses.
 */
export async function registerUploads(app: Http): Promise<void> {
  await app.register(multipart, {
    limits: { files: 1, fields: 4, fieldSize: 200, parts: 6, fileSize: Infinity },
    throwFileSizeLimit: false,
  });
}

function unitIdBefore(file: MultipartFile): string {
  const field = file.fields['unitId'];
  const value = field && !Array.isArray(field) && field.type === 'field' ? field.value : undefined;
  if (typeof value === 'string' && /^[1-9][0-9]{0,17}$/.test(value)) return value;
  throw new AppError('invalid', 'library.asset-missing', '上传时要说明所属单位（字段 unitId 在文件之前）。');
}

async function findAsset(reader: Reader, id: string): Promise<AssetRow> {
  const row = await assetInScope(reader.db, reader.actor.scope, id);
  if (!row) throw new AppError('not-found', 'library.asset-not-found', '没有这个文件，或者您无权查看。');
  return row;
}

/** A picture is shown, anything else is saved; the name may be Chinese (RFC 8187). */
function dispositionOf(asset: AssetRow): string {
  const name = encodeURIComponent(asset.fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${asset.mediaType.startsWith('image/') ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`;
}

export function assetRoutes(parts: LibraryRouteParts): Routes {
  return (mount, { perform, consult }) => {
    mount(libraryApi.uploadAsset, async ({ caller, request }) => {
      const file = request.isMultipart() ? await request.file() : undefined;
      if (!file) throw new AppError('invalid', 'library.asset-missing', '请用表单上传一个文件。');
      try {
        const unitId = unitIdBefore(file);
        // Who may not upload is told before the bytes come, not after.
        await consult({ ...caller, about: { kind: 'unit', id: unitId } }, registerAsset.name, ({ actor }) => {
          requireUnitInScope(actor, unitId);
          requireUploader(actor, unitId);
          return Promise.resolve();
        });
        const upload = await receiveUpload(parts.assets, file.file, {
          fileName: file.filename,
          limitBytes: parts.uploadBytes,
        });
        return await perform(caller, registerAsset, { ...upload, unitId });
      } finally {
        // What nobody reads would keep the connection waiting.
        file.file.resume();
      }
    });
    mount(libraryApi.getAsset, ({ caller, params }) =>
      consult(caller, 'library.get-asset', async (reader) =>
        presentAsset(await findAsset(reader, params.id)),
      ),
    );
    mount(libraryApi.getAssetContent, async ({ caller, params, reply }) => {
      const row = await consult(caller, 'library.get-asset-content', (reader) =>
        findAsset(reader, params.id),
      );
      return reply
        .type(row.mediaType)
        .header('content-length', row.size)
        .header('content-disposition', dispositionOf(row))
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=3600')
        .send(parts.assets.open(row.digest));
    });
  };
}
