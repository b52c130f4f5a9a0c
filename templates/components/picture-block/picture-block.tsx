import type { BlockProps } from '../blocks/block-of.ts';
import { SizedPicture } from '../sized-picture/sized-picture.tsx';

export function PictureBlock({ block }: BlockProps<'picture'>) {
  const { picture, caption, url } = block;
  const image = <SizedPicture picture={picture} shown="(min-width: 75em) 75rem, 100vw" />;
  return (
    <figure class="block block-picture">
      {url === undefined ? image : <a href={url}>{image}</a>}
      {caption !== undefined && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
