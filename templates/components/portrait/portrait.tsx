import type { Picture } from '../../page-types.ts';
import { SizedPicture } from '../sized-picture/sized-picture.tsx';

/** Somebody's picture; without one, an empty frame of the same size, so that cards stand in line. */
export function Portrait({
  picture,
  name,
}: {
  readonly picture: Picture | undefined;
  readonly name: string;
}) {
  if (picture === undefined) return <span class="portrait portrait-empty" aria-hidden="true" />;
  return <SizedPicture class="portrait" picture={picture} alt={`${name}的照片`} shown="10rem" />;
}
