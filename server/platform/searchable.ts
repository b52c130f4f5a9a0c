import type { Db } from './db.ts';

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
  /** What pages are filtered by besides: `name:value`, without vertical bars. */
  readonly facts?: readonly string[];
  /** Other sites that show it under an address of their own: who asks there finds it and is led to that. */
  readonly elsewhere?: readonly { readonly site: string; readonly path: string }[] | undefined;
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
