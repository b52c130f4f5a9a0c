import { useQueries, useQuery } from '@tanstack/react-query';

import type { ResourceContent } from '../../contracts/library.ts';
import { termsIn } from '../../contracts/term-values.ts';
import {
  referenceTo,
  type Term,
  type Vocabulary,
  vocabularyApi,
  vocabularyOf,
} from '../../contracts/vocabulary.ts';
import { queryFor } from './queries.ts';
import { useClient } from './services.tsx';

const none: readonly Term[] = [];
const staleTime = 60_000;

/** The terms of a vocabulary, also those that ended; none until they are known. */
export function useTerms(vocabulary: Vocabulary): readonly Term[] {
  const client = useClient();
  const terms = useQuery({
    ...queryFor(client, vocabularyApi.listTerms, { query: { vocabulary } }),
    staleTime,
  });
  return terms.data ?? none;
}

/** What the terms in the contents are called, by reference. */
export function useTermLabels(...contents: readonly ResourceContent[]): ReadonlyMap<string, string> {
  const client = useClient();
  const vocabularies = [...new Set(contents.flatMap(termsIn).map(vocabularyOf))].sort();
  return useQueries({
    queries: vocabularies.map((vocabulary) => ({
      ...queryFor(client, vocabularyApi.listTerms, { query: { vocabulary } }),
      staleTime,
    })),
    combine: (results) =>
      new Map(
        results
          .flatMap(({ data }) => data ?? none)
          .map((term) => [referenceTo(term.vocabulary, term.code), term.label]),
      ),
  });
}
