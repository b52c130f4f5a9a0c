import type { Picture } from '../../page-types.ts';
import { sourcesOf } from '../../picture-sources.ts';

interface Props {
  readonly picture: Picture;
  /** Read aloud in the picture's place; the picture's own words when absent. */
  readonly alt?: string;
  /** How wide the page shows it, as the attribute `sizes` says it. */
  readonly shown: string;
  readonly loading?: 'eager' | 'lazy';
  readonly class?: string;
}

/**
 * A picture in as many pixels as the screen has use for. What knows neither AVIF nor WebP, or not of choosing, takes the picture as
 * it came; so does a picture without smaller forms.
 */
export function SizedPicture({ picture, alt = picture.alt, shown, loading = 'lazy', ...rest }: Props) {
  const { url, width, height, variants = [] } = picture;
  const image = (
    <img
      {...(rest.class === undefined ? {} : { class: rest.class })}
      src={url}
      alt={alt}
      width={width}
      height={height}
      loading={loading}
      decoding="async"
    />
  );
  if (variants.length === 0) return image;
  return (
    <picture>
      {sourcesOf(variants).map(({ type, srcset }) => (
        <source type={type} srcset={srcset} sizes={shown} />
      ))}
      {image}
    </picture>
  );
}
