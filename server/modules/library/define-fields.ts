import type { BuiltInType, FieldDescription, ResourceType } from '../../../contracts/library.ts';
import type { Vocabulary } from '../../../contracts/term-reference.ts';

export type Wishes = Partial<Omit<FieldDescription, 'key' | 'name'>>;

/** One line of text; what else it is, in `wishes`. */
export function line(key: string, name: string, maxLength: number, wishes: Wishes = {}): FieldDescription {
  return { key, name, kind: 'line', maxLength, requiredAt: 'never', group: 'main', ...wishes };
}

/** Several lines of text. */
export function text(key: string, name: string, maxLength: number, wishes: Wishes = {}): FieldDescription {
  return line(key, name, maxLength, { kind: 'text', ...wishes });
}

/** Words of a managed vocabulary; one of them when the wishes say `term`. */
export function terms(
  key: string,
  name: string,
  vocabulary: Vocabulary,
  wishes: Wishes = {},
): FieldDescription {
  return {
    key,
    name,
    kind: 'terms',
    vocabulary,
    requiredAt: 'never',
    group: 'more',
    searchable: true,
    ...wishes,
  };
}

export const needed = { requiredAt: 'submission' } as const;

/** A term, or the name as it stands on an old document. */
export const issuedBy = terms('issuer', '发布机构', 'issuer', {
  kind: 'term',
  orText: true,
  maxLength: 100,
  ...needed,
  group: 'disclosure',
  searchable: false,
  help: '从发文机关词表选择；词表里没有的，例如历史上的机关，写全称。',
});

/** Fields that types of resource share. */
export interface SharedFields {
  readonly title: FieldDescription;
  readonly body: FieldDescription;
  readonly attachments: FieldDescription;
  readonly common: readonly FieldDescription[];
  readonly disclosure: readonly FieldDescription[];
}

/** In the words that fit the type. */
export function called(field: FieldDescription, name: string, wishes: Wishes = {}): FieldDescription {
  return { ...field, name, ...wishes };
}

/** A type as the program brings it: no version of anybody's, and never retired. */
export type BuiltInDescription = Omit<ResourceType, 'key' | 'version' | 'retired'> & {
  readonly key: BuiltInType;
};

/** Fields that only their type has; their values lie under the type's own name. */
export function fieldsUnder(space: BuiltInType) {
  const made = (kind: FieldDescription['kind']) => {
    return (name: string, label: string, wishes: Wishes = {}): FieldDescription => ({
      key: `${space}.${name}`,
      name: label,
      kind,
      requiredAt: 'never',
      group: 'main',
      onPage: true,
      ...wishes,
    });
  };
  const limited = (kind: 'line' | 'text') => {
    const make = made(kind);
    return (name: string, label: string, maxLength: number, wishes: Wishes = {}) =>
      make(name, label, { maxLength, searchable: true, ...wishes });
  };
  const chosen = (kind: 'choice' | 'choices') => {
    const make = made(kind);
    return (name: string, label: string, choices: readonly string[], wishes: Wishes = {}) =>
      make(name, label, { choices: [...choices], ...wishes });
  };
  return {
    line: limited('line'),
    text: limited('text'),
    day: made('day'),
    number: made('number'),
    link: made('link'),
    choice: chosen('choice'),
    choices: chosen('choices'),
  };
}

export const year = {
  pattern: '^(?:19|20)[0-9]{2}$',
  patternHint: '四位数字的年份，例如 2026',
} as const;
export const shown = { inList: true } as const;
export const neededAndShown = { ...needed, ...shown } as const;
