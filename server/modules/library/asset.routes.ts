import multipart, { type MultipartFile } from '@fastify/multipart';

import { libraryApi } from '../../../contracts/library.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import type { VirusScanner } from '../../platform/clamd.ts';
import { AppError } from '../../platform/errors.ts';
import type { Db } from '../../platform/db.ts';
import type { Call, Caller, Http, Reader, Routes } from '../../platform/http.ts';
import { requireUnitInScope } from '../identity/index.ts';
import { type AssetRow, readableAsset } from './asset.queries.ts';
import type { createResource } from './create-resource.ts';
import type { discardResource } from './discard-resource.ts';
import type { PlacedIn } from './list.routes.ts';
import type { saveDraft } from './save-draft.ts';
import type { scheduleResource } from './schedule-resource.ts';
import { sizesOf } from './picture-size.queries.ts';
import { replaceAsset } from './replace-asset.ts';
import {
  type CheckedUpload,
  presentAsset,
  receiveUpload,
  recordInfectedUpload,
  registerAsset,
  requireUploader,
  UploadInfected,
} from './upload-asset.ts';

/** What decides what a resource says and when it appears. */
export interface WritingCommands {
  readonly create: typeof createResource;
  readonly save: typeof saveDraft;
  readonly schedule: typeof scheduleResource;
  readonly discard: typeof discardResource;
}

export interface LibraryRouteParts {
  readonly assets: AssetStore;
  readonly uploadBytes: number;
  /** Looks into every upload; nobody does when absent. */
  readonly scanner?: VirusScanner | undefined;
  /** Which sites show a file in their head; nobody knows of sites when absent. */
  readonly sitesShowing?: (
    db: Db,
    assetId: string,
  ) => Promise<readonly { readonly siteId: string; readonly siteName: string }[]>;
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

type Asked = Call<typeof libraryApi.uploadAsset>['request'];

async function fileOf(request: Asked): Promise<MultipartFile> {
  const file = request.isMultipart() ? await request.file() : undefined;
  if (file) return file;
  throw new AppError('invalid', 'library.asset-missing', '请用表单上传一个文件。');
}

export async function findAsset(reader: Reader, id: string): Promise<AssetRow> {
  const row = await readableAsset(reader.db, reader.actor.scope, id);
  if (!row) throw new AppError('not-found', 'library.asset-not-found', '没有这个文件，或者您无权查看。');
  return row;
}

/** What is in quarantine is given to nobody. */
export function requireSound(row: AssetRow): void {
  if (row.scan !== 'infected') return;
  throw new AppError('conflict', 'library.asset-infected', '这个文件查出病毒，已被隔离，不能查看或下载。');
}

/** A picture is shown, anything else is saved; the name may be Chinese (RFC 8187). */
function dispositionOf(asset: AssetRow): string {
  const name = encodeURIComponent(asset.fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `${asset.mediaType.startsWith('image/') ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`;
}

/** The bytes to send: of a picture its smallest form, when that is wanted and there is one. */
async function formOf(
  { db }: Reader,
  row: AssetRow,
  isSmall: boolean,
): Promise<{ digest: string; size: number; mediaType: string }> {
  const [smallest] = isSmall ? ((await sizesOf(db, [row.digest])).get(row.digest) ?? []) : [];
  if (smallest) return { ...smallest, size: smallest.bytes };
  return { digest: row.digest, size: Number(row.size), mediaType: row.mediaType };
}

/** One stretch of a file, as players ask when somebody jumps; anything else is answered with the whole. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const match = /^bytes=(\d{1,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return undefined;
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start <= end ? { start, end } : undefined;
}

export function assetRoutes(parts: LibraryRouteParts): Routes {
  return (mount, { perform, consult }) => {
    // Who may not upload is told before the bytes come, not after.
    const mayUpload = (caller: Caller, unitId: string): Promise<void> =>
      consult({ ...caller, about: { kind: 'unit', id: unitId } }, registerAsset.name, ({ actor }) => {
        requireUnitInScope(actor, unitId);
        requireUploader(actor, unitId);
        return Promise.resolve();
      });
    // The bytes, looked at and stored; one with a virus leaves a record of its own.
    const receive = (caller: Caller, file: MultipartFile, unitId: string): Promise<CheckedUpload> =>
      receiveUpload(parts.assets, file.file, {
        fileName: file.filename,
        limitBytes: parts.uploadBytes,
        scanner: parts.scanner,
      }).catch(async (error: unknown) => {
        if (error instanceof UploadInfected) {
          await perform(caller, recordInfectedUpload, { ...error.found, unitId });
        }
        throw error;
      });
    mount(libraryApi.uploadAsset, async ({ caller, request }) => {
      const file = await fileOf(request);
      try {
        const unitId = unitIdBefore(file);
        await mayUpload(caller, unitId);
        return await perform(caller, registerAsset, { ...(await receive(caller, file, unitId)), unitId });
      } finally {
        // What nobody reads would keep the connection waiting.
        file.file.resume();
      }
    });
    mount(libraryApi.replaceAsset, async ({ caller, params, request }) => {
      const file = await fileOf(request);
      try {
        const { id, unitId } = await consult(caller, replaceAsset.name, (reader) =>
          findAsset(reader, params.id),
        );
        await mayUpload(caller, unitId);
        return await perform(caller, replaceAsset, { ...(await receive(caller, file, unitId)), assetId: id });
      } finally {
        file.file.resume();
      }
    });
    mount(libraryApi.getAsset, ({ caller, params }) =>
      consult(caller, 'library.get-asset', async (reader) =>
        presentAsset(await findAsset(reader, params.id)),
      ),
    );
    mount(libraryApi.getAssetContent, async ({ caller, params, query, request, reply }) => {
      const { row, sent } = await consult(caller, 'library.get-asset-content', async (reader) => {
        const found = await findAsset(reader, params.id);
        return { row: found, sent: await formOf(reader, found, query.size === 'small') };
      });
      requireSound(row);
      const range = rangeOf(request.headers.range, sent.size);
      if (range) reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${sent.size}`);
      return reply
        .type(sent.mediaType)
        .header('accept-ranges', 'bytes')
        .header('content-length', range ? range.end - range.start + 1 : sent.size)
        .header('content-disposition', dispositionOf(row))
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, max-age=3600')
        .send(parts.assets.open(sent.digest, range));
    });
  };
}
