import type { FacetCounts } from './facet-columns.ts';
import type { Count, SearchAnswer } from './search.types.ts';

const unitsShown = 20;

export function emptyCounts(): FacetCounts {
  return { kinds: new Map(), years: new Map(), units: new Map(), unitNames: new Map() };
}

function mostFirst<T>(counts: ReadonlyMap<T, number>): Count<T>[] {
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export function presentCounts(counts: FacetCounts): Pick<SearchAnswer, 'kinds' | 'years' | 'units'> {
  return {
    kinds: mostFirst(counts.kinds),
    years: mostFirst(counts.years).sort((a, b) => b.value - a.value),
    units: mostFirst(counts.units)
      .slice(0, unitsShown)
      .map((unit) => ({ ...unit, name: counts.unitNames.get(unit.value) ?? unit.value })),
  };
}
