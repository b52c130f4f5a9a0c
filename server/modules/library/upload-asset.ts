import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';

import sharp, { type Metadata } from 'sharp';

import type { Actor } from '../../../contracts/actor.ts';
import type { Asset } from '../../../contracts/library.ts';
import type { AssetStore, ReceivedBytes } from '../../platform/asset-store.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { ScannerAway, type VirusScanner } from '../../platform/clamd.ts';
import { acceptedMediaType, safeFileName } from '../../platform/media-type.ts';
import { withoutMetadata } from '../../platform/picture-metadata.ts';
import { requireUnitInScope } from '../identity/index.ts';
import { type AssetRow, insertAsset, knownAssets } from './asset.queries.ts';
import { noteFile, type Scanned } from './file.queries.ts';
import { insertRefusedUpload } from './quarantine.queries.ts';
import { canUpload } from './resource.policy.ts';

/** Bytes that were received, looked at, and are ready to be registered. */
export interface CheckedUpload {
  readonly digest: string;
  readonly size: number;
  readonly fileName: string;
  readonly mediaType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly scanned: Scanned;
}

/** What a virus was found in, for the record. */
export interface InfectedUpload {
  readonly digest: string;
  readonly fileName: string;
  readonly infection: string;
}

export class UploadInfected extends AppError {
  readonly found: InfectedUpload;

  constructor(found: InfectedUpload) {
    super('invalid', 'library.asset-infected', `“${found.fileName}”查出病毒，没有保存。`, {
      details: { fileName: found.fileName, infection: found.infection },
    });
    this.found = found;
  }
}

/** Larger pictures are decompression bombs rather than photographs. */
const mostPixels = 100_000_000;

/**
 * Streams an upload into the store after a look at what it really is; of a picture only the picture is stored.
 * Nothing stays behind on refusal.
 */
export async function receiveUpload(
  store: AssetStore,
  source: Readable,
  given: {
    readonly fileName: string;
    readonly limitBytes: number;
    readonly scanner?: VirusScanner | undefined;
  },
): Promise<CheckedUpload> {
  const received = await store.receive(source, given.limitBytes);
  let stored = received;
  try {
    const fileName = safeFileName(given.fileName);
    // Before anything else opens it, and as it came: what is cleaned away may be what was to be found.
    const scanned = await scanUpload(received, fileName, given.scanner);
    const { clean, ...facts } = await checkUpload(received, fileName);
    if (clean) stored = await store.receive(Readable.from([clean]), Infinity);
    await stored.keep();
    return { ...facts, digest: stored.digest, size: stored.size, scanned };
  } catch (error) {
    await stored.drop();
    throw error;
  } finally {
    if (stored !== received) await received.drop();
  }
}

/** The same look, and nothing is kept, whatever it finds. */
export async function inspectUpload(
  store: AssetStore,
  source: Readable,
  given: { readonly fileName: string; readonly limitBytes: number },
): Promise<void> {
  const received = await store.receive(source, given.limitBytes);
  try {
    await checkUpload(received, safeFileName(given.fileName));
  } finally {
    await received.drop();
  }
}

/** A scanner that is away refuses nothing: the file waits, and is not published before somebody looked at it. */
async function scanUpload(
  received: ReceivedBytes,
  fileName: string,
  scanner: VirusScanner | undefined,
): Promise<Scanned> {
  if (scanner === undefined) return { state: 'off', engine: null };
  try {
    const verdict = await scanner.scan(createReadStream(received.path));
    switch (verdict.outcome) {
      case 'clean':
        return { state: 'clean', engine: verdict.engine };
      case 'too-large':
        throw new AppError(
          'invalid',
          'library.asset-unscannable',
          '文件超过病毒检查能处理的大小，没有保存。请压缩或拆分后再上传，或联系运维调高上限。',
        );
      case 'infected':
        await received.quarantine();
        throw new UploadInfected({ digest: received.digest, fileName, infection: verdict.infection });
    }
  } catch (error) {
    if (!(error instanceof ScannerAway)) throw error;
    return { state: 'waiting', engine: null };
  }
}

interface LookedAt extends Omit<CheckedUpload, 'digest' | 'size' | 'scanned'> {
  /** What to store instead of what came. */
  readonly clean?: Buffer;
}

async function checkUpload(received: ReceivedBytes, fileName: string): Promise<LookedAt> {
  if (received.size === 0) throw new AppError('invalid', 'library.asset-empty', '文件是空的。');
  const mediaType = await acceptedMediaType(received.path, fileName);
  if (mediaType === undefined) {
    throw new AppError(
      'invalid',
      'library.asset-type-refused',
      '不接受这种文件，或者文件内容与扩展名不符。',
      {
        details: { fileName },
      },
    );
  }
  const picture = mediaType.startsWith('image/')
    ? await lookAtPicture(received.path, mediaType)
    : { width: null, height: null };
  return { fileName, mediaType, ...picture };
}

const reading = { limitInputPixels: mostPixels, failOn: 'truncated' } as const;

async function lookAtPicture(
  path: string,
  mediaType: string,
): Promise<{ width: number; height: number; clean?: Buffer }> {
  try {
    const facts = await sharp(path, reading).metadata();
    const clean = await cleanPicture(path, mediaType, facts);
    // The header may promise what the file does not hold: only a look at every pixel tells.
    const picture = sharp(clean ?? path, { ...reading, sequentialRead: true });
    const { width, height, orientation } = await picture.metadata();
    await picture.resize(8, 8, { fit: 'fill' }).raw().toBuffer();
    // Cameras store turned pictures as they are held and say so; browsers turn them back.
    const size = (orientation ?? 1) >= 5 ? { width: height, height: width } : { width, height };
    return clean ? { ...size, clean } : size;
  } catch (error) {
    throw new AppError('invalid', 'library.asset-damaged', '图片已损坏或过大，无法使用。', { cause: error });
  }
}

/**
 * Photographs say where and with what they were taken, and what is published cannot be taken back. They lose that
 * and not a pixel; one that is built oddly is compressed anew, finely enough that nobody sees it.
 */
async function cleanPicture(path: string, mediaType: string, facts: Metadata): Promise<Buffer | undefined> {
  const { exif, xmp, iptc, comments, orientation = 1, chromaSubsampling } = facts;
  if (mediaType === 'image/gif' || !(exif ?? xmp ?? iptc ?? comments)) return undefined;
  const clean = withoutMetadata(await readFile(path), mediaType, orientation);
  if (clean) return clean;
  const turned = sharp(path, { ...reading, animated: true })
    .autoOrient()
    .keepIccProfile();
  if (mediaType === 'image/png') return turned.png().toBuffer();
  if (mediaType === 'image/webp') return turned.webp({ quality: 95 }).toBuffer();
  const fine = chromaSubsampling === '4:2:0' ? '4:2:0' : '4:4:4';
  return turned.jpeg({ quality: 95, chromaSubsampling: fine }).toBuffer();
}

export interface RegisterAssetInput extends CheckedUpload {
  readonly unitId: string;
}

export function requireUploader(actor: Actor, unitId: string): void {
  if (canUpload(actor, unitId)) return;
  throw new AppError('forbidden', 'library.unit-not-writable', '只有本单位的信息员可以上传文件。');
}

/** Names stored bytes in a unit, unless they are known to hold a virus. */
export async function keepAsset(
  ctx: Ctx,
  input: RegisterAssetInput,
  uploadedBy: string | null,
): Promise<Asset> {
  const scan = await noteFile(ctx.db, input, ctx.now);
  if (scan === 'infected') {
    throw new AppError(
      'invalid',
      'library.asset-infected',
      `“${input.fileName}”与一个查出病毒的文件相同，不能使用。`,
    );
  }
  const id = await insertAsset(ctx.db, {
    ...input,
    uploadedBy,
    uploadedAt: ctx.now,
  });
  const row = (await knownAssets(ctx.db, [id])).get(id);
  if (!row) throw new Error(`asset ${id} was written and is not there`);
  return presentAsset(row);
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
    requireUploader(ctx.actor, input.unitId);
    return keepAsset(ctx, input, ctx.actor.kind === 'account' ? ctx.actor.id : null);
  },
);

/** An upload that a virus was found in: refused, kept apart, and on record. */
export const recordInfectedUpload = defineCommand(
  'library.record-infected-upload',
  (input: InfectedUpload & { readonly unitId: string }) => ({
    kind: 'unit',
    id: input.unitId,
    unitId: input.unitId,
    details: { fileName: input.fileName, digest: input.digest, infection: input.infection },
  }),
  async (ctx, input): Promise<void> => {
    requireUnitInScope(ctx.actor, input.unitId);
    const uploadedBy = ctx.actor.kind === 'account' ? ctx.actor.id : null;
    await insertRefusedUpload(ctx.db, { ...input, uploadedBy }, ctx.now);
  },
);

export function presentAsset(row: AssetRow): Asset {
  return {
    id: row.id,
    unitId: row.unitId,
    digest: row.digest,
    fileName: row.fileName,
    mediaType: row.mediaType,
    size: Number(row.size),
    width: row.width,
    height: row.height,
    scan: row.scan,
    alt: row.alt,
    copyright: row.copyright,
    source: row.source,
    replacedBy: row.replacedBy,
  };
}
