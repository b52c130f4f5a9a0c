import type { FormType } from '../../platform/media-type.ts';

/** A file by what is in it and what it is called: however often it was uploaded, it is one file for the public. */
export interface NamedFile {
  readonly digest: string;
  readonly fileName: string;
}

/** A smaller form of a picture, as pages lead to it. */
export interface PictureSize extends NamedFile {
  readonly width: number;
  readonly height: number;
  readonly mediaType: FormType;
}
