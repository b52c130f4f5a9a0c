import type { PictureVariant } from '../../../templates/index.ts';
import { widestPicture } from '../../platform/picture-widths.ts';
import type { NamedFile, ShownAsset } from '../library/index.ts';

/** Where a picture is, how large it is, and where it is in fewer pixels. */
export interface PicturePlace {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly variants?: readonly PictureVariant[];
}

/** A picture among the public files of a site; undefined when the file is none. */
export function picturePlace(
  asset: ShownAsset | undefined,
  urlOf: (file: NamedFile) => string,
): PicturePlace | undefined {
  if (!asset) return undefined;
  const place = wholePicture(asset, urlOf(asset));
  if (!place || asset.sizes.length === 0) return place;
  const variants = asset.sizes.map((size) => ({ url: urlOf(size), width: size.width, type: size.mediaType }));
  // What came as WebP is its own widest form, unless screens have no use for so many pixels.
  const isOwn = asset.mediaType === 'image/webp' && place.width <= widestPicture;
  const own = { url: place.url, width: place.width, type: 'image/webp' } as const;
  return { ...place, variants: isOwn ? [...variants, own] : variants };
}

/** The picture as it came and nothing else: all there is of one that is not public yet. */
export function wholePicture(asset: ShownAsset, url: string): PicturePlace | undefined {
  if (asset.width === null || asset.height === null) return undefined;
  return { url, width: asset.width, height: asset.height };
}
