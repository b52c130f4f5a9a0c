import type { Entry } from '../../page-types.ts';
import { MediumTag } from '../medium-tag/medium-tag.tsx';
import { ValidityTag } from '../validity/validity.tsx';

/** The list of a column page: one line per entry, with what helps to choose. */
export function EntryList({ entries }: { readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return <p class="empty">本栏目暂无内容。</p>;
  return (
    <ul class="entry-list">
      {entries.map((entry) => (
        <li>
          <div class="entry-text">
            <p class="entry-title">
              {entry.pinned === true && <span class="tag tag-pinned">置顶</span>}
              <MediumTag medium={entry.medium} />
              <a href={entry.url}>{entry.title}</a>
              <ValidityTag validity={entry.validity} />
              {entry.archived === true && <span class="tag">已归档</span>}
            </p>
            {entry.summary !== undefined && <p class="entry-summary">{entry.summary}</p>}
            {(entry.documentNumber !== undefined || entry.origin !== undefined) && (
              <p class="entry-facts">
                {entry.documentNumber !== undefined && <span>{entry.documentNumber}</span>}
                {entry.origin !== undefined && <span>来自：{entry.origin}</span>}
              </p>
            )}
          </div>
          <time datetime={entry.day}>{entry.day}</time>
        </li>
      ))}
    </ul>
  );
}
