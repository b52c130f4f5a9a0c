import { type Static, Type } from 'typebox';

import { Closed } from './endpoint.ts';
import { fieldValue } from './field-values.ts';
import type { ResourceContent } from './library.ts';
import type { RichDocument, RichInline, RichNode } from './rich-text.ts';

/** Words of a content that somebody points at: a field, the paragraph in it, and the characters of that. */
export const TextAnchor = Closed({
  field: Type.String({ minLength: 1, maxLength: 100 }),
  path: Type.Array(Type.Integer({ minimum: 0, maximum: 50_000 }), {
    maxItems: 80,
    description:
      'Indices that lead from the document to a paragraph or heading; empty for a field of plain text.',
  }),
  start: Type.Integer({ minimum: 0, description: 'UTF-16 units from the beginning of the paragraph.' }),
  end: Type.Integer({ minimum: 1, description: 'The unit after the last one.' }),
});
export type TextAnchor = Static<typeof TextAnchor>;

/** One paragraph, heading or field of plain text. */
export interface AnchoredLine {
  readonly field: string;
  readonly path: readonly number[];
  readonly text: string;
}

/** The words of a paragraph as offsets count them; a line break is one. */
export function inlineWords(content: readonly RichInline[] | undefined): string {
  return (content ?? []).map((node) => (node.type === 'text' ? node.text : '\n')).join('');
}

const childrenOf = (node: RichNode): readonly RichNode[] => ('content' in node ? (node.content ?? []) : []);

const isDocument = (value: unknown): value is RichDocument =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'doc';

/** The words at an anchor; undefined where there are none. */
export function anchoredWords(content: ResourceContent, anchor: TextAnchor): string | undefined {
  const line = lineAt(fieldValue(content, anchor.field), anchor.path);
  if (line === undefined || anchor.end > line.length || anchor.start >= anchor.end) return undefined;
  return line.slice(anchor.start, anchor.end);
}

function lineAt(value: unknown, path: readonly number[]): string | undefined {
  if (typeof value === 'string') return path.length === 0 ? value : undefined;
  if (!isDocument(value)) return undefined;
  let node: RichNode | undefined = value;
  for (const index of path) node = node && childrenOf(node)[index];
  return node?.type === 'paragraph' || node?.type === 'heading' ? inlineWords(node.content) : undefined;
}

/** Every line of the given fields, in reading order. */
export function linesOf(content: ResourceContent, fields: readonly string[]): readonly AnchoredLine[] {
  const lines: AnchoredLine[] = [];
  for (const field of fields) {
    const value = fieldValue(content, field);
    if (typeof value === 'string') lines.push({ field, path: [], text: value });
    else if (isDocument(value)) addLines(field, value, lines);
  }
  return lines;
}

function addLines(field: string, document: RichDocument, lines: AnchoredLine[]): void {
  const pending: { readonly node: RichNode; readonly path: readonly number[] }[] = [
    { node: document, path: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    if (node.type === 'paragraph' || node.type === 'heading') {
      lines.push({ field, path, text: inlineWords(node.content) });
      continue;
    }
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child !== undefined) pending.push({ node: child, path: [...path, index] });
    }
  }
}

/** Where the words stand first; undefined when no line has them. */
export function anchorOf(lines: readonly AnchoredLine[], words: string): TextAnchor | undefined {
  if (words === '') return undefined;
  for (const { field, path, text } of lines) {
    const start = text.indexOf(words);
    if (start >= 0) return { field, path: [...path], start, end: start + words.length };
  }
  return undefined;
}
