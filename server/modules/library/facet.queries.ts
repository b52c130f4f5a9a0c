import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { firstIds, type ResourceFilter, sortColumn } from './resource-list.queries.ts';

/** What lists are narrowed by, as columns of the table. */
export const facetColumns = ['unit_id', 'type', 'stage', 'open_mode', 'validity', 'year'] as const;
export type FacetColumn = (typeof facetColumns)[number];

export interface FacetCount {
  readonly facet: FacetColumn;
  readonly value: string;
  readonly number: number;
}

export interface FacetWindow {
  readonly ids: readonly string[];
  readonly counts: readonly FacetCount[];
  /** The terms of each row that has any. */
  readonly terms: readonly (readonly string[])[];
  /** More rows pass the filter than were counted. */
  readonly capped: boolean;
}

/**
 * How often each value occurs among the first rows of the list, all facets in one pass. Counting no further than `cap`
 * keeps the cost the same however large the library is; a count is then "at least".
 */
export async function countFacets(
  db: Db,
  scope: Scope,
  filter: ResourceFilter,
  cap: number,
): Promise<FacetWindow> {
  const rows = await db
    .selectFrom('library.resource')
    .where(inScope(scope, 'library.resource.unit_id'))
    .where(
      sql<boolean>`library.resource.id in ${firstIds(db, scope, { ...filter, after: undefined }, cap + 1)}`,
    )
    .select([
      'library.resource.id',
      sql<string>`library.resource.unit_id::text`.as('unit_id'),
      'library.resource.type',
      'library.resource.stage',
      'library.resource.open_mode',
      'library.resource.validity',
      sql<string | null>`library.resource.year::text`.as('year'),
      'library.resource.terms',
    ])
    .orderBy(sortColumn(filter), filter.order)
    .orderBy('library.resource.id', filter.order)
    .execute();
  const counted = rows.slice(0, cap);
  const counts = facetColumns.flatMap((facet) => {
    const numbers = new Map<string, number>();
    for (const row of counted) {
      const value = row[facet];
      if (value !== null) numbers.set(value, (numbers.get(value) ?? 0) + 1);
    }
    return [...numbers].map(([value, number]): FacetCount => ({ facet, value, number }));
  });
  return {
    ids: counted.map((row) => row.id),
    counts,
    terms: counted.flatMap((row) => (row.terms ? [row.terms] : [])),
    capped: rows.length > cap,
  };
}
