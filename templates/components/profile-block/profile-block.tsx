import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

export function ProfileBlock({ block, id }: BlockProps<'profile'>) {
  const paragraphs = block.text.split('\n').filter((line) => line.trim() !== '');
  if (paragraphs.length === 0 && block.facts.length === 0) return null;
  return (
    <section class="block profile" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      {paragraphs.map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {block.facts.length > 0 && (
        <dl class="facts">
          {block.facts.map((fact) => (
            <div>
              <dt>{fact.name}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
