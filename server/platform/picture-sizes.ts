import sharp from 'sharp';

import { pictureWidths, widestPicture } from './picture-widths.ts';

/** One smaller form of a picture. */
export interface MadeSize {
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

/** Larger pictures are shown as they are: their forms would cost more memory than a worker should take. */
const mostPixels = 60_000_000;
const mostSeconds = 60;
/** A form that saves less than a tenth is not worth its place. */
export const worthIt = 0.9;
/** How pictures of others are opened. */
export const cautiously = {
  limitInputPixels: mostPixels,
  failOn: 'truncated',
  sequentialRead: true,
} as const;

const sized: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Whether pictures of this type are given smaller forms; GIFs move, and keep moving. */
export const isSized = (mediaType: string): boolean => sized.has(mediaType);

/**
 * A picture as WebP in the widths up to its own, upright and without anything but its pixels. None when it moves, or is
 * so small that nothing would be saved. Throws when it cannot be decoded, is too large, or takes too long.
 */
export async function makeSizes(path: string, originalBytes: number): Promise<readonly MadeSize[]> {
  const { width, height, format, orientation = 1, pages = 1 } = await sharp(path, cautiously).metadata();
  if (pages > 1) return [];
  const own = orientation >= 5 ? height : width;
  const made: MadeSize[] = [];
  for (const wanted of widthsFor(own, format === 'webp')) {
    const { data, info } = await sharp(path, cautiously)
      .autoOrient()
      .resize({ width: wanted, withoutEnlargement: true })
      .webp({ quality: 80, effort: 4, smartSubsample: true })
      .timeout({ seconds: mostSeconds })
      .toBuffer({ resolveWithObject: true });
    made.push({ width: info.width, height: info.height, bytes: data });
  }
  const [only] = made;
  const isPoor = made.length === 1 && only !== undefined && only.bytes.length > originalBytes * worthIt;
  return isPoor ? [] : made;
}

/** The widths below the picture's own, and its own as far as a screen has use for it and it is not there already. */
function widthsFor(own: number, isThere: boolean): readonly number[] {
  const below = pictureWidths.filter((width) => width < own);
  return own > widestPicture || isThere ? below : [...below, own];
}
