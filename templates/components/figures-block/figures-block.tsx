import type { BlockProps } from '../blocks/block-of.ts';
import { BlockHeading } from '../entry-block/entry-block.tsx';

export function FiguresBlock({ block, id }: BlockProps<'figures'>) {
  if (block.figures.length === 0) return null;
  return (
    <section class="block figures" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <dl class="figures-list">
        {block.figures.map(({ name, value, unit, url }) => (
          <div>
            <dt>{url === undefined ? name : <a href={url}>{name}</a>}</dt>
            <dd>
              <span class="figure-value">{value}</span>
              {unit !== undefined && <span class="figure-unit">{unit}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {block.asOf !== undefined && (
        <p class="block-note">
          数据截至 <time datetime={block.asOf}>{block.asOf}</time>
        </p>
      )}
    </section>
  );
}
