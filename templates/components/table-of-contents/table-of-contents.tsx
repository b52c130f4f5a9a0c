import type { OutlineEntry } from '../../page-types.ts';

/** Fewer headings than this are seen at a glance. */
const WORTH_A_TABLE = 3;
/** A law with two hundred articles is found by its chapters. */
const TOO_MANY = 40;

/** The headings that a table of contents shows: all, or the upper levels when there are too many. */
export function entriesWorthListing(outline: readonly OutlineEntry[] | undefined): readonly OutlineEntry[] {
  if (outline === undefined || outline.length < WORTH_A_TABLE) return [];
  if (outline.length <= TOO_MANY) return outline;
  const highest = Math.min(...outline.map((entry) => entry.level));
  const chapters = outline.filter((entry) => entry.level <= highest);
  return chapters.length < WORTH_A_TABLE ? outline : chapters;
}

/** Open without the script; on a narrow screen it stands before the text and can be folded. */
export function TableOfContents({ entries }: { readonly entries: readonly OutlineEntry[] }) {
  if (entries.length === 0) return null;
  const highest = Math.min(...entries.map((entry) => entry.level));
  return (
    <nav class="contents" aria-label="本文目录" data-contents>
      <details open>
        <summary>本文目录</summary>
        <ol>
          {entries.map((entry) => (
            <li class={entry.level > highest ? 'contents-lower' : undefined}>
              <a href={`#${entry.anchor}`}>{entry.text}</a>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  );
}
