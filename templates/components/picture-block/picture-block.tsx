import type { BlockProps } from '../blocks/block-of.ts';

export function PictureBlock({ block }: BlockProps<'picture'>) {
  const { picture, caption, url } = block;
  const image = (
    <img
      src={picture.url}
      alt={picture.alt}
      width={picture.width}
      height={picture.height}
      loading="lazy"
      decoding="async"
    />
  );
  return (
    <figure class="block block-picture">
      {url === undefined ? image : <a href={url}>{image}</a>}
      {caption !== undefined && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
