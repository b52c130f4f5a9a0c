import type { ResourceContent } from '../../../contracts/library.ts';
import type { TermReference } from '../../../contracts/term-reference.ts';
import { termsIn, withTermLabels } from '../../../contracts/term-values.ts';
import type { Db } from '../../platform/db.ts';
import { termsNamed } from '../vocabulary/index.ts';

/** What a content says to people, and by what it is classified. */
export interface Labelled {
  readonly content: ResourceContent;
  readonly terms: readonly TermReference[];
}

/** What terms are called today. */
export async function labelsOf(db: Db, terms: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const named = await termsNamed(db, terms);
  return new Map(named.map(({ vocabulary, code, label }) => [`${vocabulary}:${code}`, label]));
}

/** Contents as people read them now: terms by their labels, in one statement for all. */
export async function labelContents<R extends { readonly content: ResourceContent }>(
  db: Db,
  rows: readonly R[],
): Promise<(R & Labelled)[]> {
  const terms = rows.map(({ content }) => termsIn(content));
  const labels = await labelsOf(db, [...new Set(terms.flat())]);
  return rows.map((row, at) => ({
    ...row,
    content: withTermLabels(row.content, labels),
    terms: terms[at] ?? [],
  }));
}

export async function labelContent(db: Db, content: ResourceContent): Promise<Labelled> {
  const [labelled] = await labelContents(db, [{ content }]);
  return labelled ?? { content, terms: [] };
}
