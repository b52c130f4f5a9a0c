import type { Segment } from '../../platform/marked-text.ts';
import type { SearchDocument } from '../../platform/searchable.ts';

export type { Searchable, SearchDocument } from '../../platform/searchable.ts';

export interface IndexBatch {
  readonly upserts: readonly SearchDocument[];
  readonly deletes: readonly string[];
}

/** Pages of any of these units that have any of these facts; null sets no limit. */
export interface SearchWithin {
  readonly units: readonly string[] | null;
  readonly facts: readonly string[] | null;
}

export type SearchOrder = 'relevance' | 'time';

export interface SearchQuery {
  readonly q: string;
  readonly scope: { readonly site: string } | null;
  /** The site on which it is asked: hits lead to its own page of what it shows of others. */
  readonly from?: string | null;
  readonly kind: string | null;
  readonly unit: string | null;
  readonly year: number | null;
  /** Facts that a page must all have. With any, no words need to be asked for. */
  readonly facts?: readonly string[];
  /** Who asks may see nothing outside of this: it counts for what is found, counted and quoted alike. */
  readonly within?: SearchWithin | undefined;
  /** 1 to 50. */
  readonly page: number;
  readonly size: number;
  readonly order: SearchOrder;
}

export interface SearchHit {
  readonly key: string;
  readonly url: string;
  readonly kind: string;
  readonly site: string;
  readonly siteName: string;
  readonly unit: string;
  readonly unitName: string;
  readonly documentNumber: string | null;
  readonly validity: string | null;
  readonly publishedAt: Date;
  readonly title: readonly Segment[];
  readonly snippet: readonly Segment[];
}

export interface Count<T> {
  readonly value: T;
  readonly count: number;
}

export interface SearchAnswer {
  readonly total: number;
  /** There are more than `total`; counting stopped there. */
  readonly capped: boolean;
  /** `some` when no page held every word and the nearest ones are shown. */
  readonly matched: 'all' | 'some';
  readonly hits: readonly SearchHit[];
  readonly kinds: readonly Count<string>[];
  readonly years: readonly Count<number>[];
  readonly units: readonly (Count<string> & { readonly name: string })[];
  /** Of the pages found, when facts were asked for. */
  readonly facts: readonly Count<string>[];
}

export interface IndexStatistics {
  /** Identity of the content; a new one after every rebuild from the database. */
  readonly id: string;
  readonly documents: number;
  readonly recent: number;
}
