import { type Block, tidyBlocks } from '../../contracts/blocks.ts';
import { withFieldValue } from '../../contracts/field-values.ts';
import type { FieldDescription, ResourceContent, ResourceType } from '../../contracts/library.ts';
import { emptyDocument } from '../../contracts/rich-text.ts';
import { richDocumentFrom } from './rich-document.ts';

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
      if (key === 'values') return [key, canonicalValues(value as ResourceContent['values'])];
      return [key, typeof value === 'string' ? value.trim() : value];
    })
    .filter(([key, value]) => key === 'title' || key === 'body' || !isEmpty(value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries) as ResourceContent;
}

function canonicalValues(values: ResourceContent['values']): ResourceContent['values'] {
  const entries = Object.entries(values ?? {})
    .map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value] as const)
    .filter(([, value]) => !isEmpty(value));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** An older content as the type has it now: without the fields that it has lost since. */
export function contentForType(type: ResourceType, content: ResourceContent): ResourceContent {
  const known = new Set(type.fields.map((field) => field.key));
  const values = Object.fromEntries(Object.entries(content.values ?? {}).filter(([key]) => known.has(key)));
  return { ...content, values };
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
  const body = type.fields.some(({ kind }) => kind === 'rich-text') ? { body: emptyDocument } : {};
  const content: ResourceContent = type.fields
    .filter((field) => field.initial !== undefined)
    .reduce<ResourceContent>((made, field) => withFieldValue(made, field.key, field.initial), { title });
  return { ...content, title, ...body };
}

export function fieldsOf(type: ResourceType, group: FieldDescription['group']): readonly FieldDescription[] {
  return type.fields.filter((field) => field.group === group);
}
