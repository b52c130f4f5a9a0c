import { areBlocksWhole, blockProblems } from '../../../contracts/block-problems.ts';
import { type Block, tidyBlocks } from '../../../contracts/blocks.ts';
import { fieldValue, isOwnField } from '../../../contracts/field-values.ts';
import {
  type FieldDescription,
  linedFields,
  type ResourceContent,
  type ResourceType,
} from '../../../contracts/library.ts';
import { AppError } from '../../platform/errors.ts';
import { type ContentStage, formProblem } from './field-form.rules.ts';

export type { ContentStage } from './field-form.rules.ts';

/** Why one field is refused, in a sentence for the editor. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/**
 * Trimmed, and without what is empty: two ways of writing nothing are one revision. Which version of the type it is
 * written by is not the writer's to say.
 */
export function normaliseContent(content: ResourceContent, type?: ResourceType): ResourceContent {
  const texts = (type?.fields ?? []).filter((field) => field.kind === 'text').map((field) => field.key);
  const lined = new Set([...linedFields, ...texts]);
  const { values, ...others } = content;
  const own = normaliseEntries(values ?? {}, lined);
  const rest = normaliseEntries(others, lined);
  return { title: '', ...rest, ...(Object.keys(own).length === 0 ? {} : { values: own }) } as ResourceContent;
}

function normaliseEntries(values: object, lined: ReadonlySet<string>): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    const clean = normaliseValue(key, value, lined);
    return isNothing(clean) || key === 'typeVersion' ? [] : [[key, clean] as const];
  });
  return Object.fromEntries(entries);
}

function normaliseValue(key: string, value: unknown, lined: ReadonlySet<string>): unknown {
  if (typeof value === 'string') {
    return (lined.has(key) ? value : value.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/gu, ' ')).trim();
  }
  if (key === 'blocks' && Array.isArray(value)) return tidyBlocks(value as Block[]);
  if ((key !== 'keywords' && !isOwnField(key)) || !Array.isArray(value)) return value;
  return [...new Set((value as string[]).map((word) => word.trim()).filter((word) => word !== ''))];
}

function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** What a content may hold that no field describes. */
const undescribed: ReadonlySet<string> = new Set(['values', 'typeVersion']);

/** The one validator of content: what the type's description asks for at this stage, and nothing else. */
export function contentProblems(
  type: ResourceType,
  content: ResourceContent,
  stage: ContentStage,
): readonly FieldProblem[] {
  const keys = Object.keys(content).filter((key) => !undescribed.has(key));
  return [
    ...strangers(type, [...keys, ...Object.keys(content.values ?? {})]),
    ...type.fields.flatMap((field) => fieldProblems(field, fieldValue(content, field.key), stage)),
  ];
}

/** The same for the fields that only the type's description knows. */
export function ownValueProblems(
  type: ResourceType,
  values: Readonly<Record<string, unknown>>,
  stage: ContentStage,
): readonly FieldProblem[] {
  return [
    ...strangers(type, Object.keys(values)),
    ...type.fields
      .filter((field) => isOwnField(field.key))
      .flatMap((field) => fieldProblems(field, values[field.key], stage)),
  ];
}

function strangers(type: ResourceType, keys: readonly string[]): readonly FieldProblem[] {
  const known = new Set(type.fields.map((field) => field.key));
  return keys
    .filter((key) => !known.has(key))
    .map((key) => ({ field: key, message: `“${type.name}”没有这个字段。` }));
}

function fieldProblems(field: FieldDescription, value: unknown, stage: ContentStage): FieldProblem[] {
  const needed =
    field.requiredAt === 'draft' || (stage === 'submission' && field.requiredAt === 'submission');
  if (isBlank(field, value)) return needed ? [{ field: field.key, message: `请填写${field.name}。` }] : [];
  if (field.maxItems !== undefined && Array.isArray(value) && value.length > field.maxItems) {
    return [{ field: field.key, message: `${field.name}最多选${field.maxItems}个。` }];
  }
  if (field.kind === 'blocks') return blocksProblems(field, value as Block[], stage);
  const message = formProblem(field, value, stage);
  return message === undefined ? [] : [{ field: field.key, message }];
}

/** Half-written blocks may be kept; only whole ones are handed on. */
function blocksProblems(
  field: FieldDescription,
  blocks: readonly Block[],
  stage: ContentStage,
): FieldProblem[] {
  const twice = blocks.find(({ key }, at) => blocks.findIndex((other) => other.key === key) < at);
  if (stage === 'draft')
    return twice ? [{ field: field.key, message: '有两个区块编号相同，请删除其中一个。' }] : [];
  const told = blockProblems(blocks).map(({ message }) => ({ field: field.key, message }));
  // What the sentences do not know of is refused all the same.
  if (told.length > 0 || areBlocksWhole(blocks)) return told;
  return [{ field: field.key, message: '有区块的格式不对，请删除后重新添加。' }];
}

function isBlank(field: FieldDescription, value: unknown): boolean {
  if (isNothing(value)) return true;
  if (field.kind === 'rich-text') return !hasContent(value);
  if (field.kind === 'blocks') return (value as readonly Block[]).length === 0;
  return false;
}

/** A body says something when it holds any text, image or table cell with text. */
function hasContent(value: unknown): boolean {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const node = open.pop() as { type?: unknown; text?: unknown; content?: unknown };
    if (node.type === 'image') return true;
    if (typeof node.text === 'string' && node.text.trim() !== '') return true;
    if (Array.isArray(node.content)) open.push(...(node.content as unknown[]));
  }
  return false;
}

/** Throws with every problem at once, so that the editor mends them in one go. */
export function requireContent(type: ResourceType, content: ResourceContent, stage: ContentStage): void {
  const problems = contentProblems(type, content, stage);
  if (problems.length === 0) return;
  const code = stage === 'draft' ? 'library.content-invalid' : 'library.content-incomplete';
  const first = problems[0]?.message ?? '';
  const message = problems.length === 1 ? first : `还有${problems.length}处需要完善：${first}`;
  throw new AppError('invalid', code, message, { details: { problems } });
}
