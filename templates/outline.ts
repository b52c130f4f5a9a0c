import { anchorPattern, type RichDocument, type RichInline } from '../contracts/rich-text.ts';
import type { OutlineEntry } from './page-types.ts';

/** The headings of a text that can be linked to, as `renderRichText` writes them: an anchor counts once. */
export function outlineOf(document: RichDocument): readonly OutlineEntry[] {
  const seen = new Set<string>();
  const outline: OutlineEntry[] = [];
  for (const block of document.content) {
    if (block.type !== 'heading') continue;
    const { level, anchor } = block.attrs;
    const text = textOf(block.content);
    if (!anchor || text === '' || seen.has(anchor) || !anchorPattern.test(anchor)) continue;
    seen.add(anchor);
    outline.push({ level, anchor, text });
  }
  return outline;
}

function textOf(content: readonly RichInline[] | undefined): string {
  const parts = (content ?? []).map((node) => (node.type === 'text' ? node.text : ' '));
  return parts.join('').replace(/\s+/g, ' ').trim();
}
