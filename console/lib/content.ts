import { type Block, tidyBlocks } from '../../contracts/blocks.ts';
import type { FieldDescription, ResourceContent, ResourceType } from '../../contracts/library.ts';
import { emptyDocument } from '../../contracts/rich-text.ts';
import { richDocumentFrom } from './rich-document.ts';

/** Field values by key: the type's description says which keys there are. */
export type FieldValues = Readonly<Record<string, unknown>>;

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** One writing for one content: trimmed, without what is empty, keys in order. */
export function canonicalContent(content: ResourceContent): ResourceContent {
  const entries = Object.entries(content)
    .map(([key, value]: [string, unknown]): [string, unknown] => {
      if (key === 'body') return [key, richDocumentFrom(value)];
      if (key === 'blocks') return [key, tidyBlocks((value ?? []) as Block[])];
      return [key, typeof value === 'string' ? value.trim() : value];
    })
    .filter(([key, value]) => key === 'title' || key === 'body' || !isEmpty(value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries) as ResourceContent;
}

export function isSameContent(a: ResourceContent, b: ResourceContent): boolean {
  return JSON.stringify(sorted(canonicalContent(a))) === JSON.stringify(sorted(canonicalContent(b)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

/** What a new resource starts with: its title and the initial values of its type. */
export function initialContent(type: ResourceType, title: string): ResourceContent {
  const initial = type.fields
    .filter((field) => field.initial !== undefined)
    .map((field) => [field.key, field.initial]);
  const body = type.fields.some(({ kind }) => kind === 'rich-text') ? { body: emptyDocument } : {};
  return { ...Object.fromEntries(initial), title, ...body } as ResourceContent;
}

export function fieldsOf(type: ResourceType, group: FieldDescription['group']): readonly FieldDescription[] {
  return type.fields.filter((field) => field.group === group);
}
