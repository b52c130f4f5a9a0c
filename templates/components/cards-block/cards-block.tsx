import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';
import { SizedPicture } from '../sized-picture/sized-picture.tsx';

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
                <SizedPicture
                  picture={picture}
                  alt={picture.alt === name ? '' : picture.alt}
                  shown="(min-width: 62em) 18rem, 50vw"
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
