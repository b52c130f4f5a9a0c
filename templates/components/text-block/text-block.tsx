import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

export function TextBlock({ block, id }: BlockProps<'text'>) {
  if (block.html === '') return null;
  // Only renderRichText makes this markup, from a closed set of elements.
  const text = <div class="rich-text" dangerouslySetInnerHTML={{ __html: block.html }} />;
  if (block.title === undefined) return <div class="block block-text">{text}</div>;
  return (
    <section class="block block-text" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} />
      {text}
    </section>
  );
}
