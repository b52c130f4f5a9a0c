import type { BlockProps } from '../blocks/block-of.ts';

/** More than these are read in the column itself. */
const MOST = 4;

/** 通知公告 as a bar. It stands still: what moves by itself cannot be read by everyone (WCAG 2.2.2). */
export function NoticesBlock({ block, id }: BlockProps<'notices'>) {
  const entries = block.entries.slice(0, MOST);
  if (entries.length === 0) return null;
  return (
    <section class="block notices" aria-labelledby={id}>
      <h2 id={id}>{block.title}</h2>
      <ul class="notices-list">
        {entries.map((entry) => (
          <li>
            <a href={entry.url}>{entry.title}</a>
            <time datetime={entry.day}>{entry.day}</time>
          </li>
        ))}
      </ul>
      <a class="more" href={block.url}>
        更多<span class="visually-hidden">{block.title}</span>
      </a>
    </section>
  );
}
