import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

/** 专题: one card leads to one page. Cards without a picture keep the shape of the others. */
export function CardsBlock({ block, id }: BlockProps<'cards'>) {
  if (block.cards.length === 0) return null;
  const pictured = block.cards.some((card) => card.picture !== undefined);
  return (
    <section class={pictured ? 'block cards' : 'block cards cards-plain'} aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} />
      <ul class="cards-list">
        {block.cards.map(({ name, url, note, picture }) => (
          <li>
            <a href={url}>
              {picture !== undefined && (
                <img
                  src={picture.url}
                  alt={picture.alt === name ? '' : picture.alt}
                  width={picture.width}
                  height={picture.height}
                  loading="lazy"
                  decoding="async"
                />
              )}
              <span class="card-name">{name}</span>
              {note !== undefined && <span class="card-note">{note}</span>}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
