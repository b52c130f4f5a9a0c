import type { Entry, HomeBlock as Block } from '../../page-types.ts';
import { BlockHeading, EntryBlock, EntryLines } from '../entry-block/entry-block.tsx';

type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>;

export interface HomeBlockProps {
  readonly block: Block;
  /** Its place on the page, from which its ids are made. */
  readonly index: number;
}

/** A block without content leaves no trace: an empty column must not be shown (rule D-15). */
export function HomeBlock({ block, index }: HomeBlockProps) {
  const id = `block-${index}`;
  switch (block.kind) {
    case 'lead':
      return <LeadBlock block={block} id={id} />;
    case 'columns':
      return <ColumnsBlock block={block} id={id} />;
    case 'tabs':
      return <TabsBlock block={block} id={id} />;
    case 'links':
      return <LinksBlock block={block} id={id} />;
    case 'services':
      return <ServicesBlock block={block} id={id} />;
    case 'profile':
      return <ProfileBlock block={block} id={id} />;
  }
}

function LeadBlock({ block, id }: { block: BlockOf<'lead'>; id: string }) {
  const [main, ...others] = block.stories.filter((story) => story.picture !== undefined);
  const [first, ...rest] = block.entries;
  if (main === undefined && first === undefined) return null;
  return (
    <section class={main ? 'block lead' : 'block lead lead-plain'} aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <div class="lead-body">
        {main && (
          <div class="lead-stories">
            <Story story={main} main />
            {others.length > 0 && (
              <div class="lead-others">
                {others.slice(0, 3).map((story) => (
                  <Story story={story} main={false} />
                ))}
              </div>
            )}
          </div>
        )}
        {first && (
          <div class="lead-entries">
            <h3 class="lead-first">
              <a href={first.url}>{first.title}</a>
            </h3>
            {first.summary !== undefined && <p class="lead-summary">{first.summary}</p>}
            <EntryLines entries={rest} />
          </div>
        )}
      </div>
    </section>
  );
}

function Story({ story, main }: { story: Entry; main: boolean }) {
  const { picture } = story;
  if (picture === undefined) return null;
  return (
    <a class={main ? 'story story-main' : 'story'} href={story.url}>
      <img
        src={picture.url}
        // Read once: the words beside the picture are part of the same link.
        alt={picture.alt === story.title ? '' : picture.alt}
        width={picture.width}
        height={picture.height}
        loading={main ? 'eager' : 'lazy'}
        decoding="async"
      />
      <span class="story-title">{story.title}</span>
    </a>
  );
}

function ColumnsBlock({ block, id }: { block: BlockOf<'columns'>; id: string }) {
  const filled = block.blocks.filter((each) => each.entries.length > 0);
  if (filled.length === 0) return null;
  return (
    <div class="columns">
      {filled.map((each, index) => (
        <EntryBlock block={each} id={`${id}-${index}`} />
      ))}
    </div>
  );
}

/** Without the script: headings one below the other. With it: tabs, and the later panels never appear first. */
function TabsBlock({ block, id }: { block: BlockOf<'tabs'>; id: string }) {
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

function LinksBlock({ block, id }: { block: BlockOf<'links'>; id: string }) {
  if (block.links.length === 0) return null;
  return (
    <section class="block" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} />
      <ul class="link-grid">
        {block.links.map((link) => (
          <li>
            <a href={link.url}>{link.name}</a>
            {link.note !== undefined && <p>{link.note}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ServicesBlock({ block, id }: { block: BlockOf<'services'>; id: string }) {
  if (block.links.length === 0) return null;
  return (
    <section class="block services" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <ul class="tiles">
        {block.links.map((link) => (
          <li>
            <a href={link.url}>
              <span class="tile-name">{link.name}</span>
              {link.note !== undefined && <span class="tile-note">{link.note}</span>}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProfileBlock({ block, id }: { block: BlockOf<'profile'>; id: string }) {
  return (
    <section class="block profile" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      <p>{block.text}</p>
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
