import type { Entry, EntryBlock as Block } from '../../page-types.ts';
import { MediumTag } from '../medium-tag/medium-tag.tsx';
import { ValidityTag } from '../validity/validity.tsx';

export interface EntryBlockProps {
  readonly block: Block;
  /** Unique on the page. */
  readonly id: string;
}

/** The newest entries of a column with the way to the rest. */
export function EntryBlock({ block, id }: EntryBlockProps) {
  return (
    <section class="block" aria-labelledby={id}>
      <BlockHeading id={id} title={block.title} url={block.url} />
      {block.entries.length > 0 && <EntryLines entries={block.entries} />}
    </section>
  );
}

export function BlockHeading({ id, title, url }: { id: string; title: string; url?: string | undefined }) {
  return (
    <div class="block-heading">
      <h2 id={id}>{title}</h2>
      {url !== undefined && (
        <a class="more" href={url}>
          更多<span class="visually-hidden">{title}</span>
        </a>
      )}
    </div>
  );
}

export function EntryLines({ entries }: { readonly entries: readonly Entry[] }) {
  return (
    <ul class="entry-lines">
      {entries.map((entry) => (
        <li>
          <span>
            {entry.pinned === true && <span class="tag tag-pinned">置顶</span>}
            <MediumTag medium={entry.medium} />
            <a href={entry.url}>{entry.title}</a>
            <ValidityTag validity={entry.validity} />
          </span>
          <time datetime={entry.day}>{entry.day}</time>
        </li>
      ))}
    </ul>
  );
}
