import type { RichInline } from '../../../contracts/rich-text.ts';
import { allowedHref, type Table } from '../../../contracts/rich-text.ts';
import { settleRuns, type InlineRun } from './html-inline.ts';
import { markBits } from './html-names.ts';
import { tableFrom, type DraftRow } from './table-grid.ts';

// No class admits what begins the construct, so that a failed match costs no more than what it skipped.
const emphasis = /\*\*([^*\n]{1,500})\*\*|\[([^[\]\n]{1,300})\]\(([^()\s]{1,1000})\)/g;

/** The paragraphs of one line of plain text (one, or none when nothing is left). */
export function inlineFrom(text: string): RichInline[] {
  return settleRuns([{ text, mask: 0, href: null }])[0] ?? [];
}

/** One line of Markdown: `**bold**` and `[text](address)`. An address that is not allowed stays text. */
export function inlineFromMarkdown(text: string): RichInline[] {
  const runs: InlineRun[] = [];
  let end = 0;
  for (const match of text.matchAll(emphasis)) {
    const [all, bold, label, href] = match;
    if (bold === undefined && !allowedHref(href ?? '')) continue;
    runs.push({ text: text.slice(end, match.index), mask: 0, href: null });
    if (bold === undefined) runs.push({ text: label ?? '', mask: 0, href: href ?? null });
    else runs.push({ text: bold, mask: markBits.bold, href: null });
    end = match.index + all.length;
  }
  runs.push({ text: text.slice(end), mask: 0, href: null });
  return settleRuns(runs)[0] ?? [];
}

export const isTableLine = (line: string): boolean => line.startsWith('|');
const isRule = (line: string): boolean => /^[\s|:-]+$/.test(line) && line.includes('-');

/** Lines of `| a | b |` as a table; the rows above a `|---|` line are its head. */
export function tableFromLines(lines: readonly string[]): Table | null {
  const rule = lines.findIndex(isRule);
  const rows: DraftRow[] = [];
  lines.forEach((line, index) => {
    if (isRule(line)) return;
    const cells = line
      .replace(/^\|/, '')
      .replace(/\|\s*$/, '')
      .split('|');
    rows.push(
      cells.map((cell) => {
        const content = inlineFromMarkdown(cell);
        const blocks = content.length === 0 ? [] : [{ type: 'paragraph' as const, content }];
        return { isHeader: index < rule, colspan: 1, rowspan: 1, blocks };
      }),
    );
  });
  return tableFrom(rows);
}
