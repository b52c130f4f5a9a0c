import { diffArrays } from 'diff';

import type { Block } from '../../contracts/blocks.ts';
import type { Attachment, ResourceContent, ResourceType } from '../../contracts/library.ts';
import type { RichBlock, RichDocument, RichInline, TableRow } from '../../contracts/rich-text.ts';
import { fieldValue } from '../../contracts/field-values.ts';
import { blockText } from './block-text.ts';
import { canonicalContent } from './content.ts';
import { richDocumentFrom } from './rich-document.ts';

export interface Change {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

export interface FieldDifference {
  readonly key: string;
  readonly name: string;
  readonly changes: readonly Change[];
  /** The words are the same, bold or alignment is not. */
  readonly onlyForm: boolean;
}

// Chinese has no spaces: the browser's dictionary finds the words.
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text), (one) => one.segment);
}

const kindOf = (part: { readonly added?: boolean; readonly removed?: boolean }): Change['kind'] =>
  part.added === true ? 'added' : part.removed === true ? 'removed' : 'same';

/** Lines with their ends, so that joined they are the text again. */
function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/u);
}

/** Longer than this, two lines that differ have hardly a word at its old place, and looking for one takes for ever. */
const mostEdits = 4_000;

function compareWords(before: string, after: string): readonly Change[] {
  const parts = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostEdits });
  if (parts === undefined) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  return parts.map((part) => ({ kind: kindOf(part), text: part.value.join('') }));
}

/** Neighbours of one kind are one change. */
function joined(changes: readonly Change[]): readonly Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (change.text === '') continue;
    if (last?.kind === change.kind) {
      result[result.length - 1] = { kind: last.kind, text: last.text + change.text };
    } else result.push(change);
  }
  return result;
}

/**
 * Word by word, with neighbouring changes of one kind joined. Lines that stayed are found first: the time grows with
 * what changed, not with how long a law is.
 */
export function compareText(before: string, after: string): readonly Change[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  const changes: Change[] = [];
  let removed = '';
  let added = '';
  const settle = (): void => {
    if (removed !== '' || added !== '') changes.push(...compareWords(removed, added));
    [removed, added] = ['', ''];
  };
  for (const part of diffArrays(linesOf(before), linesOf(after))) {
    const text = part.value.join('');
    const kind = kindOf(part);
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      settle();
      changes.push({ kind, text });
    }
  }
  settle();
  return joined(changes);
}

function inlineText(content: readonly RichInline[] | undefined): string {
  return (content ?? []).map((node) => (node.type === 'text' ? markedText(node) : '\n')).join('');
}

/** A link's address is part of what a reviewer answers for, so it is compared as text. */
function markedText(node: Extract<RichInline, { type: 'text' }>): string {
  const link = node.marks?.find((mark) => mark.type === 'link');
  return link ? `${node.text}（链接：${link.attrs.href}）` : node.text;
}

function rowText(row: TableRow): string {
  return (row.content ?? []).map((cell) => blocksText(cell.content).replaceAll('\n', ' ')).join(' ｜ ');
}

function richBlockText(block: RichBlock): string {
  switch (block.type) {
    case 'paragraph':
      return inlineText(block.content);
    case 'heading':
      return `${'#'.repeat(block.attrs.level - 1)} ${inlineText(block.content)}`;
    case 'bulletList':
      return block.content.map((item) => `· ${blocksText(item.content)}`).join('\n');
    case 'orderedList':
      return block.content
        .map((item, index) => `${(block.attrs?.start ?? 1) + index}. ${blocksText(item.content)}`)
        .join('\n');
    case 'blockquote':
      return `“${blocksText(block.content)}”`;
    case 'horizontalRule':
      return '――――';
    case 'table':
      return block.content.map(rowText).join('\n');
    case 'image':
      return `［图片 ${block.attrs.assetId}：${block.attrs.alt}${block.attrs.title ? ` — ${block.attrs.title}` : ''}］`;
  }
}

function blocksText(blocks: readonly RichBlock[]): string {
  return blocks.map(richBlockText).join('\n');
}

/** A body as plain lines, for comparing and for counting. */
export function textOfDocument(document: RichDocument): string {
  return blocksText(richDocumentFrom(document).content);
}

function holdsBlocks(list: readonly unknown[]): boolean {
  const [first] = list;
  return typeof first === 'object' && first !== null && 'kind' in first && 'key' in first;
}

function textOfValue(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return textOfDocument(value as RichDocument);
  if (holdsBlocks(value))
    return (value as Block[]).map((block) => blockText(block, textOfDocument)).join('\n\n');
  return value
    .map((one: unknown) => (typeof one === 'string' ? one : (one as Attachment).name))
    .join(value.some((one) => typeof one !== 'string') ? '\n' : '、');
}

/** The fields that differ, in the order of the type's description. */
export function compareContent(
  type: ResourceType,
  before: ResourceContent,
  after: ResourceContent,
): readonly FieldDifference[] {
  const [first, second] = [canonicalContent(before), canonicalContent(after)];
  return type.fields.flatMap(({ key, name }) => {
    const [old, now] = [fieldValue(first, key), fieldValue(second, key)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    const [textBefore, textAfter] = [textOfValue(old), textOfValue(now)];
    return [{ key, name, changes: compareText(textBefore, textAfter), onlyForm: textBefore === textAfter }];
  });
}
