import type { Picture } from '../../page-types.ts';

/** Somebody's picture; without one, an empty frame of the same size, so that cards stand in line. */
export function Portrait({
  picture,
  name,
}: {
  readonly picture: Picture | undefined;
  readonly name: string;
}) {
  if (picture === undefined) return <span class="portrait portrait-empty" aria-hidden="true" />;
  return (
    <img
      class="portrait"
      src={picture.url}
      alt={`${name}的照片`}
      width={picture.width}
      height={picture.height}
      loading="lazy"
      decoding="async"
    />
  );
}
