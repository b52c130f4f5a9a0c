import type { Readable } from 'node:stream';

import sharp from 'sharp';

import type { Asset } from '../../../contracts/library.ts';
import type { AssetStore, ReceivedBytes } from '../../platform/asset-store.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { acceptedMediaType, safeFileName } from '../../platform/media-type.ts';
import { requireUnitInScope } from '../identity/index.ts';
import { type AssetRow, insertAsset } from './asset.queries.ts';
import { requireEditor } from './find-resource.ts';

/** Bytes that were received, looked at, and are ready to be registered. */
export interface CheckedUpload {
  readonly digest: string;
  readonly size: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
}

/** Larger pictures are decompression bombs rather than photographs. */
const mostPixels = 100_000_000;

/** Streams an upload into the store after a look at what it really is. Nothing stays behind on refusal. */
export async function receiveUpload(
  store: AssetStore,
  source: Readable,
  given: { readonly fileName: string; readonly limitBytes: number },
): Promise<CheckedUpload> {
  const received = await store.receive(source, given.limitBytes);
  try {
    const checked = await checkUpload(received, safeFileName(given.fileName));
    await received.keep();
    return checked;
  } catch (error) {
    await received.drop();
    throw error;
  }
}

async function checkUpload(received: ReceivedBytes, fileName: string): Promise<CheckedUpload> {
  if (received.size === 0) throw new AppError('invalid', 'library.asset-empty', '文件是空的。');
  const mediaType = await acceptedMediaType(received.path, fileName);
  if (mediaType === undefined) {
    throw new AppError('invalid', 'library.asset-type-refused', '不接受这种文件,或者文件内容与扩展名不符。', {
      details: { fileName },
    });
  }
  const size = mediaType.startsWith('image/')
    ? await pictureSize(received.path)
    : { width: null, height: null };
  return { digest: received.digest, size: received.size, fileName, mediaType, ...size };
}

async function pictureSize(path: string): Promise<{ width: number; height: number }> {
  try {
    const picture = sharp(path, { limitInputPixels: mostPixels, failOn: 'truncated', sequentialRead: true });
    const { width, height, orientation } = await picture.metadata();
    // The header may promise what the file does not hold: only a look at every pixel tells.
    await picture.resize(8, 8, { fit: 'fill' }).raw().toBuffer();
    // Cameras store turned pictures as they are held and say so; browsers turn them back.
    return (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
  } catch (error) {
    throw new AppError('invalid', 'library.asset-damaged', '图片已损坏或过大,无法使用。', { cause: error });
  }
}

export interface RegisterAssetInput extends CheckedUpload {
  readonly unitId: string;
}

/** Gives stored bytes a name in a unit. */
export const registerAsset = defineCommand(
  'library.upload-asset',
  (input: RegisterAssetInput, result: Asset | undefined) => ({
    kind: 'asset',
    id: result?.id ?? null,
    unitId: input.unitId,
    details: { fileName: input.fileName, digest: input.digest, size: input.size },
  }),
  async (ctx, input): Promise<Asset> => {
    requireUnitInScope(ctx.actor, input.unitId);
    requireEditor(ctx, input.unitId);
    const row = await insertAsset(ctx.db, {
      ...input,
      uploadedBy: ctx.actor.kind === 'account' ? ctx.actor.id : null,
      uploadedAt: ctx.now,
    });
    return presentAsset(row);
  },
);

export function presentAsset(row: AssetRow): Asset {
  return {
    id: row.id,
    digest: row.digest,
    fileName: row.fileName,
    mediaType: row.mediaType,
    size: Number(row.size),
    width: row.width,
    height: row.height,
  };
}
