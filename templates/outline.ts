import { nameAnchors, type RichDocument, type RichInline } from '../contracts/rich-text.ts';
import { clauseLabelOf, nameClauses } from './clauses.ts';
import type { OutlineEntry } from './page-types.ts';

/** Below every heading. */
const clauseLevel = 7;
/** As much of a clause as tells it from the others. */
const clauseBeginning = 14;

/** What may hold headings, however deep. */
interface Part {
  readonly type: string;
  readonly attrs?: { readonly anchor?: string | null } | undefined;
  readonly content?: readonly Part[] | undefined;
}

/**
 * The headings of a text under the anchors that `renderRichText` gives them. With `clauses` also its numbered clauses.
 * Headings in quotations and tables are counted, as there, and not listed.
 */
export function outlineOf(
  document: RichDocument,
  { clauses = false }: { readonly clauses?: boolean } = {},
): readonly OutlineEntry[] {
  const anchorOf = nameAnchors();
  const clauseOf = nameClauses();
  const countWithin = (part: Part): void => {
    if (part.type === 'heading') anchorOf(part.attrs?.anchor);
    else for (const inner of part.content ?? []) countWithin(inner);
  };
  const outline: OutlineEntry[] = [];
  for (const block of document.content) {
    if (clauses && block.type === 'paragraph') {
      const label = clauseLabelOf(block);
      if (label !== undefined) {
        const text = beginningOf(textOf(block.content).slice(label.length));
        outline.push({ level: clauseLevel, anchor: clauseOf(label), text: `${label} ${text}`.trim() });
      }
    }
    if (block.type !== 'heading') {
      countWithin(block as Part);
      continue;
    }
    const text = textOf(block.content);
    const anchor = anchorOf(block.attrs.anchor);
    if (text !== '') outline.push({ level: block.attrs.level, anchor, text });
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
