import { createHash } from 'node:crypto';

import sharp from 'sharp';

import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { endImage, insertImage } from './signature-image.queries.ts';

const most = { bytes: 300_000, pixels: 4_000_000 } as const;
/** What the sheet has room for, at the resolution of print. */
const box = { width: 600, height: 240 } as const;

/** A PNG as it was sent becomes one of ours: of known size, without whatever else the file carried. */
export async function readSignatureImage(sent: Buffer): Promise<Buffer> {
  try {
    const { format } = await sharp(sent, { limitInputPixels: most.pixels }).metadata();
    if (format !== 'png' || sent.length > most.bytes) throw wrongImage();
    return await sharp(sent, { limitInputPixels: most.pixels })
      .resize({ ...box, fit: 'inside', withoutEnlargement: true })
      .png({ palette: true })
      .toBuffer();
  } catch (error) {
    throw error instanceof AppError ? error : wrongImage(error);
  }
}

function wrongImage(cause?: unknown): AppError {
  return new AppError(
    'invalid',
    'identity.signature-image-wrong',
    '签名图片要用 PNG 格式，不超过 300 KB。',
    cause === undefined ? {} : { cause },
  );
}

export const setSignatureImage = defineCommand(
  'identity.set-signature-image',
  ({ content }: { readonly content: Buffer }) => ({
    kind: 'account',
    id: null,
    details: { digest: digestOf(content).toString('hex') },
  }),
  async (ctx, { content }): Promise<void> => {
    const accountId = ctx.actor.id;
    await endImage(ctx.db, accountId, ctx.now);
    await insertImage(ctx.db, { accountId, digest: digestOf(content), content, now: ctx.now });
  },
);

export const removeSignatureImage = defineCommand<undefined, null>(
  'identity.remove-signature-image',
  () => ({ kind: 'account', id: null }),
  async (ctx) => {
    if (!(await endImage(ctx.db, ctx.actor.id, ctx.now))) throw imageMissing();
    return null;
  },
);

export function imageMissing(): AppError {
  return new AppError('conflict', 'identity.signature-image-missing', '您还没有上传签名图片。');
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
