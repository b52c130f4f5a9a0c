import type { ResourceContent } from './library.ts';
import { isTermReference, type TermReference } from './term-reference.ts';

/** Fields of every type that hold terms; those of a single type lie in `values`. */
const termFields = ['topics', 'genre', 'audiences', 'lifeEvents', 'regions', 'issuer'] as const;

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

/** The content as people read it: each term by its label. What no label is known of stays. */
export function withTermLabels(
  content: ResourceContent,
  labels: ReadonlyMap<string, string>,
): ResourceContent {
  const read = (value: Held): Held => {
    if (typeof value !== 'string') return value?.map((one) => labels.get(one) ?? one);
    return labels.get(value) ?? value;
  };
  const entries = (held: object): [string, unknown][] =>
    Object.entries(held).map(([key, value]) => [key, read(value as Held)]);
  const shared = Object.fromEntries(
    termFields.flatMap((key) => (key in content ? [[key, content[key]]] : [])),
  );
  return {
    ...content,
    ...Object.fromEntries(entries(shared)),
    ...(content.values ? { values: Object.fromEntries(entries(content.values)) } : {}),
  } as ResourceContent;
}
