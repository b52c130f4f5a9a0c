import type { Block } from '../../../contracts/blocks.ts';
import { bodyText } from '../../../contracts/body-text.ts';
import { fieldValue } from '../../../contracts/field-values.ts';
import type { ResourceContent, ResourceType, ResourceTypeKey } from '../../../contracts/library.ts';
import type { Finding, PartKey, Severity } from '../../../contracts/proofreading.ts';

/** A part of a content as plain text. */
export interface TextPart {
  readonly part: PartKey;
  /** 标题, 正文, the name of a field or of a file. */
  readonly name: string;
  readonly text: string;
}

/** What is known beside the text itself; loaded for many texts at once. What is absent is not known, and nothing is said of it. */
export interface CheckFacts {
  /** The day in China that the text is of, `YYYY-MM-DD`: today, or of what is published the day on which it last came out. */
  readonly today: string;
  /** Of a policy: how many published interpretations name it. */
  readonly interpretations?: number;
}

/** A revision, or a draft on its way, as checkers see it. */
export interface CheckedText {
  readonly type: ResourceTypeKey;
  /** For what is no text: links, pictures, dates, relations. */
  readonly content: ResourceContent;
  readonly parts: readonly TextPart[];
  readonly facts: CheckFacts;
}

/** One thing that a checker looks for. */
export interface CheckRule {
  readonly key: string;
  readonly name: string;
  readonly severity: Severity;
}

/**
 * Looks through a text, and asks nobody: what it knows was handed to whoever made it. That of misspellings alone is
 * brought up to date between texts, because its model is too large to be made for each of them.
 */
export interface Checker {
  readonly key: string;
  readonly name: string;
  /** Empty when the rules are data of their own. */
  readonly rules: readonly CheckRule[];
  /** What it has to see at once: all of a text, one part of it, or one line of a part. */
  readonly reach: 'text' | 'part' | 'line';
  run(text: CheckedText): readonly Finding[];
}

/** What was read in an attached file. */
export interface FileText {
  readonly assetId: string;
  readonly name: string;
  readonly text: string;
}

const partNames: readonly (readonly ['title' | 'subtitle' | 'summary', string])[] = [
  ['title', '标题'],
  ['subtitle', '副标题'],
  ['summary', '摘要'],
];
const textKinds: ReadonlySet<string> = new Set(['line', 'text', 'words', 'choice', 'choices']);

/** The parts of a content, in the order in which they are read. Empty ones are left out. */
export function partsOf(
  content: ResourceContent,
  type: Pick<ResourceType, 'fields'>,
  files: readonly FileText[] = [],
): readonly TextPart[] {
  const parts: TextPart[] = partNames.map(([part, name]) => ({ part, name, text: content[part] ?? '' }));
  if (content.body) parts.push({ part: 'body', name: '正文', text: bodyText(content.body).text });
  if (content.blocks?.length) {
    parts.push({ part: 'field:blocks', name: '版块', text: content.blocks.flatMap(wordsOfBlock).join('\n') });
  }
  for (const { key, name, kind } of type.fields) {
    if (!textKinds.has(kind) || partNames.some(([part]) => part === key)) continue;
    parts.push({ part: `field:${key}`, name, text: wordsOf(fieldValue(content, key)) });
  }
  for (const { assetId, name, text } of files) parts.push({ part: `file:${assetId}`, name, text });
  return parts.filter((part) => part.text.trim() !== '');
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join('\n') : '';
}

/** What is no words: names of blocks, of files, of columns, addresses. */
const wordless: ReadonlySet<string> = new Set([
  'key',
  'kind',
  'url',
  'form',
  'asOf',
  'assetId',
  'posterAssetId',
  'columnId',
  'secondColumnId',
  'columnIds',
]);

function wordsOfBlock(block: Block): readonly string[] {
  const words: string[] = [];
  const collect = (value: unknown, key: string): void => {
    if (wordless.has(key)) return;
    if (key === 'body' && block.kind === 'text') words.push(bodyText(block.body).text);
    else if (typeof value === 'string') words.push(value);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) collect(inner, name);
    }
  };
  collect(block, '');
  return words.filter((one) => one !== '');
}
