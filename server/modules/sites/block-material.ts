import type { EntryBlock } from '../../../templates/index.ts';
import type { ShownAsset } from '../library/index.ts';
import type { Atlas } from './atlas.ts';
import type { PicturePlace } from './picture-place.ts';

/** Everything that the showing of one block asks for. */
export interface BlockMaterial {
  readonly atlas: Atlas;
  readonly siteId: string;
  /** A column as a block of its newest entries; undefined when citizens cannot open it from here. */
  readonly filled: (columnId: string) => EntryBlock | undefined;
  /** `1,024`, or `99,999+`. */
  readonly count: (columnId: string) => string | undefined;
  readonly asset: (id: string | undefined) => ShownAsset | undefined;
  readonly fileUrl: (asset: ShownAsset) => string;
  /** Where a picture is; undefined when the file is none. */
  readonly picture: (asset: ShownAsset) => PicturePlace | undefined;
}
