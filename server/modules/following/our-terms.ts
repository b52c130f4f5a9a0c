import type { ResourceContent } from '../../../contracts/library.ts';
import { termsIn, withTerms } from '../../../contracts/term-values.ts';
import type { Db } from '../../platform/db.ts';
import { type LabelledTerm, termsLabelled } from '../vocabulary/index.ts';
import type { ContentAnswer } from './platform-answer.ts';

/** Our terms by what they are called, synonyms included: `topic:交通运输`. */
export type OurTerms = ReadonlyMap<string, string>;

/** Another platform has codes of its own: only a name says that a term of ours is the same. */
export async function ourTermsFor(db: Db, theirs: readonly ContentAnswer[]): Promise<OurTerms> {
  const named = new Map<string, LabelledTerm>();
  for (const { terms = [] } of theirs)
    for (const { vocabulary, label } of terms) named.set(`${vocabulary}:${label}`, { vocabulary, label });
  return termsLabelled(db, [...named.values()]);
}

/** What ours has no word for is left out; an issuer keeps its name as a text. */
export function withOurTerms(
  content: ResourceContent,
  { terms = [] }: Pick<ContentAnswer, 'terms'>,
  ours: OurTerms,
): ResourceContent {
  if (termsIn(content).length === 0) return content;
  const theirs = new Map(terms.map((one) => [`${one.vocabulary}:${one.code}`, one]));
  return withTerms(content, (reference) => {
    const { vocabulary, label } = theirs.get(reference) ?? {};
    if (vocabulary === undefined || label === undefined) return undefined;
    return ours.get(`${vocabulary}:${label}`) ?? (vocabulary === 'issuer' ? label.slice(0, 100) : undefined);
  });
}
