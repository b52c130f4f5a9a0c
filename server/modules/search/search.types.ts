import type { Db } from '../../platform/db.ts';

/** One page as the index knows it. Text only; what is not in here cannot be found or shown in a snippet. */
export interface SearchDocument {
  readonly key: string;
  readonly version: number;
  readonly site: string;
  readonly unit: string;
  readonly unitName: string;
  readonly siteName: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly summary: string;
  readonly documentNumber: string | null;
  /** Absolute path or absolute address. */
  readonly url: string;
  readonly publishedAt: Date;
  readonly year: number;
}

/** What a module contributes so that its pages are found. */
export interface Searchable {
  readonly kind: string;
  /** Keys that a changed tag calls for, whether or not they were ever indexed. */
  keysForTag(tag: string): readonly string[];
  /** Keyset paged, in a stable order, for a full rebuild. */
  allKeys(db: Db, after: string | null, limit: number): Promise<readonly string[]>;
  /** The live state; a key missing from the answer is not (any more) findable. */
  load(db: Db, keys: readonly string[]): Promise<readonly SearchDocument[]>;
}

export interface IndexBatch {
  readonly upserts: readonly SearchDocument[];
  readonly deletes: readonly string[];
}

export type SearchOrder = 'relevance' | 'time';

export interface SearchQuery {
  readonly q: string;
  readonly scope: { readonly site: string } | null;
  readonly kind: string | null;
  readonly unit: string | null;
  readonly year: number | null;
  /** 1 to 50. */
  readonly page: number;
  readonly size: number;
  readonly order: SearchOrder;
}

export interface Segment {
  readonly text: string;
  readonly hit: boolean;
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
}

export interface IndexStatistics {
  /** Identity of the content; a new one after every rebuild from the database. */
  readonly id: string;
  readonly documents: number;
  readonly recent: number;
}
