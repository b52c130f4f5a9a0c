import type { ColumnFilter } from '../contracts/search.ts';
import type { Address, Day, Path, Validity } from './page-types.ts';

export type SearchScope = 'site' | 'all';

export interface SearchQuery extends Readonly<Partial<Record<ColumnFilter, string | undefined>>> {
  readonly q: string;
  readonly scope: SearchScope;
  readonly kind?: string | undefined;
  readonly year?: number | undefined;
  /** Inside one column: its number, and what else was chosen. */
  readonly column?: string | undefined;
}

/** A stretch of text; `hit` when it matched the question. */
export interface Segment {
  readonly text: string;
  readonly hit: boolean;
}

export interface SearchHit {
  readonly title: readonly Segment[];
  readonly snippet: readonly Segment[];
  readonly url: Address;
  readonly kindName: string;
  readonly day: Day;
  readonly siteName: string;
  readonly unitName?: string | undefined;
  readonly documentNumber?: string | undefined;
  readonly validity?: Validity | undefined;
}

export interface SearchFacet {
  /** Empty: no restriction. */
  readonly value: string;
  readonly name: string;
  readonly count?: number | undefined;
}

/** A field by which the entries of a column are filtered. */
export interface ColumnChoice {
  readonly field: 'year' | ColumnFilter;
  readonly name: string;
  readonly options: readonly SearchFacet[];
}

export interface SearchResults {
  readonly query: SearchQuery;
  /** Where the form leads; default `/search`. */
  readonly action?: Path | undefined;
  /** Absent when nothing was asked yet. */
  readonly total?: number | undefined;
  /** The count stopped there: 「1000 多条」. */
  readonly totalIsFloor?: boolean | undefined;
  readonly hits: readonly SearchHit[];
  /** In the order to show, 全部 first. */
  readonly kinds: readonly SearchFacet[];
  readonly years: readonly number[];
  /** Inside one column: what can be chosen, by the name of the field. */
  readonly choices?: readonly ColumnChoice[] | undefined;
  readonly page: number;
  readonly hasNext: boolean;
  /** Nearest terms for an empty result. */
  readonly suggestions?: readonly string[] | undefined;
  /** A problem to say instead of results, e.g. search being unavailable. */
  readonly problem?: string | undefined;
}
