import { withFieldValue } from '../../contracts/field-values.ts';
import type {
  DefinedField,
  FieldDescription,
  ResourceContent,
  ResourceType,
  TypeDefinition,
} from '../../contracts/library.ts';
import { aBody } from './sites.ts';

/** Things that a field may name; each exists and may be used. */
export interface Namable {
  readonly assetId: string;
  readonly filmId: string;
  readonly policyId: string;
  readonly olderPolicyId: string;
}

type Fill = (field: FieldDescription, named: Namable) => unknown;

const fills: Readonly<Record<FieldDescription['kind'], Fill>> = {
  line: (field) => wordsFor(field),
  text: (field) => `${field.name}第一行。\n${field.name}第二行。`,
  day: () => '2026-11-20',
  number: (field) => String(field.minimum ?? 1),
  link: () => 'https://example.org/page',
  choice: (field) => field.choices?.[0],
  choices: (field) => field.choices?.slice(0, 2),
  words: () => ['关键词'],
  'rich-text': () => aBody('正文的第一段。', '正文的第二段。'),
  attachments: (_field, { assetId }) => [{ assetId, name: '附件一' }],
  image: (_field, { assetId }) => assetId,
  film: (_field, { filmId }) => filmId,
  // What replaces a document cannot be what it amends or repeals.
  resources: ({ key, resourceType }, { policyId, olderPolicyId }) => {
    // The first report of an emergency reports the progress of none.
    if (resourceType === 'emergency') return [];
    return [key === 'replacedBy' ? policyId : olderPolicyId];
  },
  blocks: () => [],
  site: () => '1',
  term: (field) => (field.orText === true ? wordsFor(field) : `${field.vocabulary ?? 'topic'}:01`),
  terms: (field) => [`${field.vocabulary ?? 'topic'}:01`],
};

/** A line of the form that the field asks for. */
function wordsFor({ name, pattern, maxLength = 100 }: FieldDescription): string {
  const known = ['2026', '100', '332000', 'https://example.org/', '浔府办发〔2026〕1号'];
  const fitting =
    pattern === undefined
      ? `${name}的内容`
      : known.find((one) => one.length <= maxLength && new RegExp(pattern, 'u').test(one));
  if (fitting === undefined) throw new Error(`nothing known fits ${name}`);
  return fitting;
}

/** Every field of a type filled in as its description asks. */
export function filledFor(type: ResourceType, named: Namable, title: string): ResourceContent {
  const empty: ResourceContent = { title };
  return type.fields
    .filter((field) => field.key !== 'title')
    .reduce((content, field) => withFieldValue(content, field.key, fills[field.kind](field, named)), empty);
}

export function aField(name: string, part: Partial<DefinedField> = {}): DefinedField {
  const kind = part.kind ?? 'line';
  const lettered = kind === 'line' || kind === 'text';
  return {
    key: 'x.f1',
    name,
    kind,
    requiredAt: 'never',
    onPage: true,
    searchable: true,
    inList: false,
    ...(lettered ? { maxLength: 100 } : {}),
    ...part,
  };
}

export function aDefinition(
  name: string,
  fields: readonly DefinedField[],
  shape: Partial<NonNullable<TypeDefinition['shape']>> = {},
): TypeDefinition {
  return {
    shape: { name, template: 'article', body: 'needed', retired: false, ...shape },
    fields: [...fields],
  };
}

/** Fields besides those of a built-in type. */
export function anExtension(...fields: readonly DefinedField[]): TypeDefinition {
  return { shape: null, fields: [...fields] };
}
