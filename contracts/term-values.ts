import type { ResourceContent } from './library.ts';
import { isTermReference, type TermReference } from './term-reference.ts';

/** Fields of every type that hold terms; those of a single type lie in `values`. */
export const termFields = ['topics', 'genre', 'audiences', 'lifeEvents', 'regions', 'issuer'] as const;

type Held = string | readonly string[] | undefined;

function heldIn(content: ResourceContent): readonly Held[] {
  return [...termFields.map((key): Held => content[key]), ...Object.values(content.values ?? {})];
}

/** The terms by which a content is classified, each once, in one order. */
export function termsIn(content: ResourceContent): readonly TermReference[] {
  const found = heldIn(content)
    .flatMap((value) => value ?? [])
    .filter(isTermReference);
  return [...new Set(found)].sort();
}

/** The content with each term read as something else; what is read as nothing is left out. */
export function withTerms(
  content: ResourceContent,
  read: (term: TermReference) => string | undefined,
): ResourceContent {
  const one = (value: string): string | undefined => (isTermReference(value) ? read(value) : value);
  const entries = (held: object): [string, unknown][] =>
    Object.entries(held).flatMap(([key, value]: [string, Held]): [string, unknown][] => {
      if (Array.isArray(value)) return [[key, value.flatMap((each: string) => one(each) ?? [])]];
      const text = typeof value === 'string' ? one(value) : value;
      return text === undefined ? [] : [[key, text]];
    });
  const { values, ...others } = content;
  const shared = termFields.filter((key) => key in content);
  return {
    ...Object.fromEntries(Object.entries(others).filter(([key]) => !shared.some((field) => field === key))),
    ...Object.fromEntries(entries(Object.fromEntries(shared.map((key) => [key, content[key]])))),
    ...(values ? { values: Object.fromEntries(entries(values)) } : {}),
  } as ResourceContent;
}

/** The content as people read it: each term by its label. What no label is known of stays. */
export function withTermLabels(
  content: ResourceContent,
  labels: ReadonlyMap<string, string>,
): ResourceContent {
  return withTerms(content, (term) => labels.get(term) ?? term);
}
