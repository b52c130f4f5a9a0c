import type { PictureVariant } from './page-types.ts';

/** One `<source>`: a browser takes the first whose type it knows. */
export interface PictureSource {
  readonly type: PictureVariant['type'];
  /** `480w` and so on. */
  readonly srcset: string;
}

const smallestFirst = ['image/avif', 'image/webp'] as const;

/** The forms of a picture by type, that which saves most first. */
export function sourcesOf(variants: readonly PictureVariant[]): readonly PictureSource[] {
  return smallestFirst.flatMap((type) => {
    const some = variants.filter((one) => one.type === type);
    const srcset = some.map(({ url, width }) => `${url} ${String(width)}w`).join(', ');
    return srcset === '' ? [] : [{ type, srcset }];
  });
}
