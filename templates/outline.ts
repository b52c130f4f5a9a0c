import { anchorPattern, type RichDocument, type RichInline } from '../contracts/rich-text.ts';
import { clauseLabelOf, nameClauses } from './clauses.ts';
import type { OutlineEntry } from './page-types.ts';

/** Below every heading. */
const clauseLevel = 7;
/** As much of a clause as tells it from the others. */
const clauseBeginning = 14;

/**
 * The headings of a text that can be linked to, as `renderRichText` writes them: an anchor counts once. With
 * `clauses` also its numbered clauses.
 */
export function outlineOf(
  document: RichDocument,
  { clauses = false }: { readonly clauses?: boolean } = {},
): readonly OutlineEntry[] {
  const seen = new Set<string>();
  const clauseOf = nameClauses();
  const outline: OutlineEntry[] = [];
  for (const block of document.content) {
    if (clauses && block.type === 'paragraph') {
      const label = clauseLabelOf(block);
      if (label !== undefined) {
        const text = beginningOf(textOf(block.content).slice(label.length));
        outline.push({ level: clauseLevel, anchor: clauseOf(label), text: `${label} ${text}`.trim() });
      }
    }
    if (block.type !== 'heading') continue;
    const { level, anchor } = block.attrs;
    const text = textOf(block.content);
    if (!anchor || text === '' || seen.has(anchor) || !anchorPattern.test(anchor)) continue;
    seen.add(anchor);
    outline.push({ level, anchor, text });
  }
  return outline;
}

/** To the first stop, and not longer than a line of the contents. */
function beginningOf(text: string): string {
  const sentence = text.trim().split(/[，。；：,;]/)[0] ?? '';
  const signs = Array.from(sentence);
  return signs.length > clauseBeginning ? `${signs.slice(0, clauseBeginning).join('')}…` : sentence;
}

function textOf(content: readonly RichInline[] | undefined): string {
  const parts = (content ?? []).map((node) => (node.type === 'text' ? node.text : ' '));
  return parts.join('').replace(/\s+/g, ' ').trim();
}
