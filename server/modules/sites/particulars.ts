import { fieldValue } from '../../../contracts/field-values.ts';
import type { FieldDescription, ResourceContent, ResourceType } from '../../../contracts/library.ts';
import { type Fact, linkTarget } from '../../../templates/index.ts';

/** How links of a page are written. */
export interface LinkRules {
  readonly ownHosts: readonly string[];
  readonly withoutWarning: boolean;
}

/** What the type's description puts into the table over the text: what is filled in, in its order. */
export function particularsOf(
  type: ResourceType,
  content: ResourceContent,
  rules: LinkRules,
): readonly Fact[] {
  return type.fields.flatMap((field): Fact[] => {
    const value = field.onPage === true ? wordsOf(content, field) : '';
    if (value === '') return [];
    const isLink = field.kind === 'link' && URL.canParse(value);
    const classifies = field.vocabulary === undefined ? {} : { classifies: true };
    return [{ name: field.name, value, ...classifies, ...(isLink ? linkTarget(value, rules) : {}) }];
  });
}

/** What the search finds of a content besides its text, each with its name, so that a hit explains itself. */
export function searchableWords(type: ResourceType, content: ResourceContent): readonly string[] {
  return type.fields.flatMap((field) => {
    const value = field.searchable === true ? wordsOf(content, field) : '';
    return value === '' ? [] : [`${field.name}：${value}`];
  });
}

function wordsOf(content: ResourceContent, field: FieldDescription): string {
  const value = fieldValue(content, field.key);
  if (Array.isArray(value)) return value.join('、');
  return typeof value === 'string' ? value : '';
}
