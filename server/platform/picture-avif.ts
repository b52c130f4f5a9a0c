import { stat } from 'node:fs/promises';

import { askInCage, type CageBounds, type CageEnd, programBeside } from './documents/caged-process.ts';
import type { AvifOrder, KnownForm } from './make-avif.ts';
import type { MadeSize } from './picture-sizes.ts';

const program = programBeside(import.meta.url, 'picture-avif-process');

const usualBounds: CageBounds = {
  milliseconds: 60_000,
  residentBytes: 1_200 * 1024 * 1024,
  heapMegabytes: 256,
};

/**
 * The same forms of a picture as AVIF, made in a cage at low priority: it takes up to twice the time of WebP. None when
 * they would save too little. Throws only when the file is not there.
 */
export async function pictureAsAvif(
  path: string,
  forms: readonly KnownForm[],
  bounds: CageBounds = usualBounds,
): Promise<readonly MadeSize[] | CageEnd> {
  const { size } = await stat(path);
  const order: AvifOrder = { path, forms, ownBytes: size };
  const made = await askInCage<readonly MadeSize[]>({ program, bounds, needsAddons: true }, order);
  return typeof made === 'string' ? made : made.map((one) => ({ ...one, bytes: Buffer.from(one.bytes) }));
}
