import {
  type Facets,
  type FacetValue,
  type ResourceQuery,
  type TermFilter,
  termFilterKeys,
  termFilters,
} from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { type FoundUnder, withBroader, withNarrower } from '../vocabulary/index.ts';

/** What a list is narrowed by, term by term: each with what is narrower and what it replaced. */
export async function termWishes(
  db: Db,
  query: Partial<Pick<ResourceQuery, TermFilter>>,
): Promise<readonly (readonly string[])[]> {
  const wishes: (readonly string[])[] = [];
  for (const key of termFilterKeys) {
    const reference = query[key];
    // A term that there is not is on no resource.
    if (reference !== undefined) wishes.push([reference, ...(await withNarrower(db, [reference]))]);
  }
  return wishes;
}

/** How many of the rows stand under each term: a row counts once, for its terms and for all that is broader. */
export async function countTerms(
  db: Db,
  rows: readonly (readonly string[])[],
  most: number,
): Promise<Pick<Facets, TermFilter>> {
  const above = Map.groupBy(await withBroader(db, [...new Set(rows.flat())]), (one) => one.term as string);
  const counted = new Map<string, { readonly term: FoundUnder; number: number }>();
  for (const terms of rows) {
    const found = terms.flatMap((term) => above.get(term) ?? []);
    for (const term of new Map(found.map((one) => [one.reference, one])).values()) {
      const known = counted.get(term.reference);
      if (known) known.number += 1;
      else counted.set(term.reference, { term, number: 1 });
    }
  }
  const all = [...counted.values()].sort((one, other) => other.number - one.number);
  const of = (key: TermFilter): FacetValue[] =>
    all
      .filter(({ term }) => term.reference.startsWith(`${termFilters[key]}:`))
      .slice(0, most)
      .map(({ term, number }) => ({ value: term.reference, name: term.label, number }));
  return Object.fromEntries(termFilterKeys.map((key) => [key, of(key)])) as Pick<Facets, TermFilter>;
}
