import type {
  DefinedField,
  DefinedType,
  TypeDefinition,
  TypeVersion,
} from '../../../../contracts/library.ts';

/** A definition while somebody works on it: what is typed may be wrong still, the server judges it. */
export interface TypeDraft {
  readonly key: string;
  readonly definition: TypeDefinition;
  readonly note: string;
}

export const newTypeDraft: TypeDraft = {
  key: 'x-',
  definition: { shape: { name: '', template: 'article', body: 'needed', retired: false }, fields: [] },
  note: '',
};

export function draftOfType(type: DefinedType): TypeDraft {
  return { key: type.key, definition: type.definition, note: '' };
}

/** Codes that are or were in use: one that was taken away is never given to another field. */
export function usedKeys(versions: readonly TypeVersion[], definition: TypeDefinition): ReadonlySet<string> {
  return new Set(
    [...versions.map((one) => one.definition), definition].flatMap(({ fields }) =>
      fields.map(({ key }) => key),
    ),
  );
}

export function freeKey(used: ReadonlySet<string>): string {
  let number = 1;
  while (used.has(`x.f${number}`)) number += 1;
  return `x.f${number}`;
}

/** The field without parts that it may do without. */
export function without<K extends 'help' | 'maxLength' | 'minimum' | 'maximum' | 'choices' | 'vocabulary'>(
  field: DefinedField,
  ...keys: readonly K[]
): Omit<DefinedField, K> {
  return Object.fromEntries(
    Object.entries(field).filter(([key]) => !keys.some((one) => one === key)),
  ) as unknown as Omit<DefinedField, K>;
}

const lengths = { line: 100, text: 2_000 } as const;

/** The field as another kind, with the limits that this kind has and no others. */
export function asKind(field: DefinedField, kind: DefinedField['kind']): DefinedField {
  const { choices, vocabulary } = field;
  const common = without(field, 'maxLength', 'minimum', 'maximum', 'choices', 'vocabulary');
  if (kind === 'line' || kind === 'text') return { ...common, kind, maxLength: lengths[kind] };
  if (kind === 'choice' || kind === 'choices') return { ...common, kind, choices: choices ?? [] };
  if (kind === 'term' || kind === 'terms') return { ...common, kind, vocabulary: vocabulary ?? 'topic' };
  return { ...common, kind };
}

export function newField(key: string): DefinedField {
  return {
    key,
    name: '',
    kind: 'line',
    maxLength: lengths.line,
    requiredAt: 'never',
    onPage: true,
    searchable: true,
    inList: false,
  };
}

/** One place up or down; at the ends nothing moves. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  const [one, other] = [list[from], list[to]];
  if (one === undefined || other === undefined) return [...list];
  return list.map((each, at) => (at === from ? other : at === to ? one : each));
}

export function replaced<T>(list: readonly T[], at: number, by: T): T[] {
  return list.map((each, index) => (index === at ? by : each));
}

/** Choices as they are written, one a line. */
export function choicesFrom(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ];
}

/** What changed from one version to the next, in words. */
export function changesOf(before: TypeDefinition | undefined, after: TypeDefinition): readonly string[] {
  const old = new Map((before?.fields ?? []).map((field) => [field.key, field]));
  const now = new Set(after.fields.map(({ key }) => key));
  const added = after.fields.filter(({ key }) => !old.has(key)).map(({ name }) => `增加“${name}”`);
  const gone = [...old.values()].filter(({ key }) => !now.has(key)).map(({ name }) => `取消“${name}”`);
  const changed = after.fields
    .filter((field) => {
      const earlier = old.get(field.key);
      return earlier !== undefined && !isSame(earlier, field);
    })
    .map(({ name }) => `修改“${name}”`);
  const shape = before && !isSame(before.shape, after.shape) ? ['修改类型设置'] : [];
  return [...shape, ...added, ...changed, ...gone];
}

function isSame(one: object | null, other: object | null): boolean {
  const sorted = (value: object | null) =>
    JSON.stringify(Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}
