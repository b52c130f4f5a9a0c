import type { Facets } from './facet-columns.ts';
import type { Count, SearchAnswer } from './types.ts';

export type CountedPage = Facets;

const unitsShown = 20;

function countBy<T>(pages: readonly CountedPage[], valueOf: (page: CountedPage) => T): Count<T>[] {
  const counts = new Map<T, number>();
  for (const page of pages) {
    const value = valueOf(page);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

/** How many of the pages found are of each kind, year and unit. */
export function countPages(pages: readonly CountedPage[]): Pick<SearchAnswer, 'kinds' | 'years' | 'units'> {
  const names = new Map(pages.map((page) => [page.unit, page.unitName]));
  return {
    kinds: countBy(pages, (page) => page.kind),
    years: countBy(pages, (page) => page.year).sort((a, b) => b.value - a.value),
    units: countBy(pages, (page) => page.unit)
      .slice(0, unitsShown)
      .map((unit) => ({ ...unit, name: names.get(unit.value) ?? unit.value })),
  };
}
