import type { Table } from '@lancedb/lancedb';

const columns = ['kind', 'unit', 'unitName', 'year', 'publishedAt'];

/** How many pages there are of each kind, year and unit. */
export interface FacetCounts {
  readonly kinds: Map<string, number>;
  readonly years: Map<number, number>;
  readonly units: Map<string, number>;
  readonly unitNames: Map<string, string>;
}

/**
 * The few facts of a row that counting and sorting need, in memory, 15 bytes a row. A row is never changed
 * in place and its id never used twice, so they stay right as long as the table exists; reading those of ten
 * thousand rows from the table for every query would take longer than the search.
 */
export interface FacetColumns {
  /** Reads what is not known yet. False when a row is gone meanwhile. */
  ensure(rowIds: BigUint64Array): Promise<boolean>;
  timesOf(rowIds: BigUint64Array): Float64Array;
  countInto(counts: FacetCounts, rowIds: BigUint64Array): void;
}

/** The rows of one fragment; the lower half of a row id is the place in its fragment. */
interface Fragment {
  readonly known: Uint8Array;
  readonly kind: Uint16Array;
  readonly unit: Uint16Array;
  readonly year: Uint16Array;
  readonly publishedAt: Float64Array;
}

interface Names {
  readonly list: string[];
  numberOf(name: string): number;
}

function createNames(): Names {
  const numbers = new Map<string, number>();
  const list: string[] = [];
  return {
    list,
    numberOf(name) {
      const seen = numbers.get(name);
      if (seen !== undefined) return seen;
      numbers.set(name, list.length);
      return list.push(name) - 1;
    },
  };
}

function createFragment(size: number, old?: Fragment): Fragment {
  const fragment = {
    known: new Uint8Array(size),
    kind: new Uint16Array(size),
    unit: new Uint16Array(size),
    year: new Uint16Array(size),
    publishedAt: new Float64Array(size),
  };
  if (old) {
    fragment.known.set(old.known);
    fragment.kind.set(old.kind);
    fragment.unit.set(old.unit);
    fragment.year.set(old.year);
    fragment.publishedAt.set(old.publishedAt);
  }
  return fragment;
}

interface ColumnBatch {
  readonly numRows: number;
  getChild(name: string): { get(i: number): unknown } | null;
}

/** Row ids as pairs of place and fragment number, without a copy. */
function pairsOf(rowIds: BigUint64Array): Uint32Array {
  return new Uint32Array(rowIds.buffer, rowIds.byteOffset, rowIds.length * 2);
}

/** Every write of the small table makes a fragment, and its compaction makes them history. */
const fragmentsKept = 4_000;

export function createFacetColumns(table: Table, isLarge: boolean): FacetColumns {
  const fragments = new Map<number, Fragment>();
  const kinds = createNames();
  const units = createNames();
  const unitNames = new Map<string, string>();
  let warming: Promise<void> | undefined;

  function fragmentFor(number: number, place: number): Fragment {
    const old = fragments.get(number);
    if (old && place < old.known.length) return old;
    const fragment = createFragment(Math.max(16, place + 1, (old?.known.length ?? 0) * 2), old);
    fragments.set(number, fragment);
    return fragment;
  }

  function rememberBatch(batch: ColumnBatch): void {
    const column = (name: string): ((i: number) => unknown) => {
      const values = batch.getChild(name);
      if (!values) throw new Error(`the search index has no column ${name}`);
      return (i) => values.get(i);
    };
    const [id, kind, unit, unitName] = [column('_rowid'), column('kind'), column('unit'), column('unitName')];
    const [year, at] = [column('year'), column('publishedAt')];
    for (let i = 0; i < batch.numRows; i += 1) {
      const rowId = id(i) as bigint;
      const place = Number(rowId & 0xffffffffn);
      const fragment = fragmentFor(Number(rowId >> 32n), place);
      fragment.known[place] = 1;
      fragment.kind[place] = kinds.numberOf(kind(i) as string);
      fragment.unit[place] = units.numberOf(unit(i) as string);
      unitNames.set(unit(i) as string, unitName(i) as string);
      fragment.year[place] = Number(year(i));
      fragment.publishedAt[place] = Number(at(i));
    }
  }

  async function warm(): Promise<void> {
    for await (const batch of table.query().select(columns).withRowId()) rememberBatch(batch);
  }

  function missingOf(rowIds: BigUint64Array): bigint[] {
    const pairs = pairsOf(rowIds);
    const missing: bigint[] = [];
    for (let i = 0; i < rowIds.length; i += 1) {
      if (!fragments.get(pairs[2 * i + 1] ?? 0)?.known[pairs[2 * i] ?? 0]) missing.push(rowIds[i] ?? 0n);
    }
    return missing;
  }

  return {
    async ensure(rowIds) {
      if (isLarge) {
        warming ??= warm().catch((error: unknown) => {
          warming = undefined;
          throw error;
        });
        await warming;
      } else if (fragments.size > fragmentsKept) fragments.clear();
      const missing = missingOf(rowIds);
      if (missing.length === 0) return true;
      const rows = await table.takeRowIds(missing).withRowId().select(columns).toArrow();
      // An answer without rows has no columns either.
      if (rows.numRows === 0) return false;
      rememberBatch(rows);
      return missingOf(rowIds).length === 0;
    },
    timesOf(rowIds) {
      const pairs = pairsOf(rowIds);
      return Float64Array.from(
        { length: rowIds.length },
        (_, i) => fragments.get(pairs[2 * i + 1] ?? 0)?.publishedAt[pairs[2 * i] ?? 0] ?? 0,
      );
    },
    countInto(counts, rowIds) {
      const pairs = pairsOf(rowIds);
      const byKind = new Uint32Array(kinds.list.length);
      const byUnit = new Uint32Array(units.list.length);
      for (let i = 0; i < rowIds.length; i += 1) {
        const fragment = fragments.get(pairs[2 * i + 1] ?? 0);
        const place = pairs[2 * i] ?? 0;
        if (!fragment) continue;
        addOne(byKind, fragment.kind[place]);
        addOne(byUnit, fragment.unit[place]);
        const year = fragment.year[place] ?? 0;
        counts.years.set(year, (counts.years.get(year) ?? 0) + 1);
      }
      addNamed(counts.kinds, kinds.list, byKind);
      addNamed(counts.units, units.list, byUnit);
      for (const unit of counts.units.keys()) {
        counts.unitNames.set(unit, unitNames.get(unit) ?? counts.unitNames.get(unit) ?? unit);
      }
    },
  };
}

function addOne(counts: Uint32Array, number = 0): void {
  counts[number] = (counts[number] ?? 0) + 1;
}

function addNamed(into: Map<string, number>, names: readonly string[], counts: Uint32Array): void {
  names.forEach((name, number) => {
    const count = counts[number] ?? 0;
    if (count > 0) into.set(name, (into.get(name) ?? 0) + count);
  });
}
