import sharp from 'sharp';

import { cautiously, type MadeSize, worthIt } from './picture-sizes.ts';
import { widestPicture } from './picture-widths.ts';

/** A form that there is already. */
export interface KnownForm {
  readonly width: number;
  readonly bytes: number;
}

/** What is to be made. */
export interface AvifOrder {
  readonly path: string;
  /** Its smaller forms, narrowest first. */
  readonly forms: readonly KnownForm[];
  readonly ownBytes: number;
}

/** Small pictures lose what large ones can spare: with these, each is as much like the original as its WebP. */
const narrowQuality = 60;
const wideQuality = 55;
const widestNarrow = 960;
/** Four would save a tenth more, in six times the time. */
const effort = 2;

/**
 * A picture as AVIF in the widths that it has, all or none: a browser that knows AVIF looks at nothing else, so a width
 * that is missing would have a telephone load more than it needs. The narrowest is tried first, because it costs least
 * to find out.
 */
export async function makeAvif(order: AvifOrder): Promise<readonly MadeSize[]> {
  // One at a time, on one processor: others are at work.
  sharp.concurrency(1);
  const made: MadeSize[] = [];
  for (const { width, bytes } of await formsOf(order)) {
    const { data, info } = await sharp(order.path, cautiously)
      .autoOrient()
      .resize({ width, withoutEnlargement: true })
      .avif({ quality: width <= widestNarrow ? narrowQuality : wideQuality, effort })
      .toBuffer({ resolveWithObject: true });
    if (data.length > bytes * worthIt) return [];
    made.push({ width: info.width, height: info.height, bytes: data });
  }
  return made;
}

/** What came as WebP is its own widest form. */
async function formsOf({ path, forms, ownBytes }: AvifOrder): Promise<readonly KnownForm[]> {
  const { width, height, format, orientation = 1 } = await sharp(path, cautiously).metadata();
  const own = orientation >= 5 ? height : width;
  return format === 'webp' && own <= widestPicture ? [...forms, { width: own, bytes: ownBytes }] : forms;
}
