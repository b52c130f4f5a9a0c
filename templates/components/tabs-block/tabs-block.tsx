import type { BlockProps } from '../blocks/block-of.ts';
import { EntryLines } from '../entry-block/entry-block.tsx';

/** Without the script: headings one below the other. With it: tabs, and the later panels never appear first. */
export function TabsBlock({ block, id }: BlockProps<'tabs'>) {
  const filled = block.blocks.filter((each) => each.entries.length > 0);
  if (filled.length === 0) return null;
  return (
    <section class="block tabs" aria-labelledby={id} data-tabs>
      <div class="block-heading">
        <h2 id={id}>{block.title}</h2>
        <ul class="tab-list">
          {filled.map((each, index) => (
            <li>
              <a href={`#${id}-${index}`}>{each.title}</a>
            </li>
          ))}
        </ul>
      </div>
      {filled.map((each, index) => (
        <div class={index === 0 ? 'tab-panel' : 'tab-panel tab-panel-later'} id={`${id}-${index}`}>
          <h3>{each.title}</h3>
          <EntryLines entries={each.entries} />
          <p class="tab-more">
            <a href={each.url}>更多{each.title}</a>
          </p>
        </div>
      ))}
    </section>
  );
}
