import type { Table } from '@lancedb/lancedb';

/** The few facts of a row that counting and sorting need. */
export interface Facets {
  readonly kind: string;
  readonly unit: string;
  readonly unitName: string;
  readonly year: number;
  readonly publishedAt: number;
}

export const facetColumns = ['kind', 'unit', 'unitName', 'year', 'publishedAt'];

export function facetsOf(row: Readonly<Record<string, unknown>>): Facets {
  return {
    kind: row['kind'] as string,
    unit: row['unit'] as string,
    unitName: row['unitName'] as string,
    year: Number(row['year']),
    publishedAt: Number(row['publishedAt']),
  };
}

/**
 * The facets of the large table, kept in memory by row: 15 bytes each. Its rows are never changed in place
 * and a row id is never used twice, so an entry stays right as long as the table exists; reading ten
 * thousand of them from the table for every query would take longer than the search.
 */
export interface FacetColumns {
  facetsFor(rowIds: readonly bigint[]): Promise<readonly (Facets | undefined)[]>;
}

/** The rows of one fragment; the lower half of a row id is the place in its fragment. */
interface Fragment {
  known: Uint8Array;
  kind: Uint16Array;
  unit: Uint16Array;
  year: Uint16Array;
  publishedAt: Float64Array;
}

function createNames(): { numberOf: (name: string) => number; nameOf: (number: number) => string } {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    numberOf(name) {
      const seen = numbers.get(name);
      if (seen !== undefined) return seen;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
    nameOf: (number) => names[number] ?? '',
  };
}

function emptyFragment(size: number): Fragment {
  return {
    known: new Uint8Array(size),
    kind: new Uint16Array(size),
    unit: new Uint16Array(size),
    year: new Uint16Array(size),
    publishedAt: new Float64Array(size),
  };
}

function grownFragment(old: Fragment, place: number): Fragment {
  const grown = emptyFragment(Math.max(place + 1, old.known.length * 2));
  grown.known.set(old.known);
  grown.kind.set(old.kind);
  grown.unit.set(old.unit);
  grown.year.set(old.year);
  grown.publishedAt.set(old.publishedAt);
  return grown;
}

export function createFacetColumns(table: Table): FacetColumns {
  const fragments = new Map<number, Fragment>();
  const kinds = createNames();
  const units = createNames();
  const unitNames = new Map<string, string>();
  let warming: Promise<void> | undefined;

  function remember(rowId: bigint, facets: Facets): void {
    const number = Number(rowId >> 32n);
    const place = Number(rowId & 0xffffffffn);
    let fragment = fragments.get(number) ?? emptyFragment(1024);
    if (place >= fragment.known.length) fragment = grownFragment(fragment, place);
    fragments.set(number, fragment);
    fragment.known[place] = 1;
    fragment.kind[place] = kinds.numberOf(facets.kind);
    fragment.unit[place] = units.numberOf(facets.unit);
    unitNames.set(facets.unit, facets.unitName);
    fragment.year[place] = facets.year;
    fragment.publishedAt[place] = facets.publishedAt;
  }

  function recall(rowId: bigint): Facets | undefined {
    const fragment = fragments.get(Number(rowId >> 32n));
    const place = Number(rowId & 0xffffffffn);
    if (!fragment?.known[place]) return undefined;
    const unit = units.nameOf(fragment.unit[place] ?? 0);
    return {
      kind: kinds.nameOf(fragment.kind[place] ?? 0),
      unit,
      unitName: unitNames.get(unit) ?? '',
      year: fragment.year[place] ?? 0,
      publishedAt: fragment.publishedAt[place] ?? 0,
    };
  }

  async function warm(): Promise<void> {
    for await (const batch of table.query().select(facetColumns).withRowId()) {
      const [ids, kind, unit, unitName, year, at] = ['_rowid', ...facetColumns].map((name) =>
        batch.getChild(name),
      );
      for (let i = 0; i < batch.numRows; i += 1) {
        remember(ids?.get(i) as bigint, {
          kind: kind?.get(i) as string,
          unit: unit?.get(i) as string,
          unitName: unitName?.get(i) as string,
          year: Number(year?.get(i)),
          publishedAt: Number(at?.get(i)),
        });
      }
    }
  }

  return {
    async facetsFor(rowIds) {
      warming ??= warm();
      await warming;
      return rowIds.map(recall);
    },
  };
}
