import type { Db } from './db.ts';

/** Where what a page shows comes from, for the record of what was published when. */
export interface Provenance {
  readonly resource: string;
  readonly revision: string | null;
  readonly firstPublishedAt: Date;
  /** First published elsewhere: the time is what was told, not what was seen. */
  readonly imported: boolean;
}

/**
 * A page as its definition loads it. `path` is written as in a link: percent-encoded or plain Chinese,
 * `/x/` for a folder's index. `tags` name everything the page was made from.
 */
export type LoadedPage<T = unknown> = {
  readonly key: string;
  readonly site: string;
  readonly path: string;
  readonly tags: readonly string[];
  /** Of pages that show one piece of information. */
  readonly provenance?: Provenance;
} & (
  | { readonly outcome: 'page'; readonly mediaType: string; readonly data: T }
  | { readonly outcome: 'gone'; readonly data: T }
  | { readonly outcome: 'moved'; readonly to: string }
  | { readonly outcome: 'file'; readonly mediaType: string; readonly digest: string }
);

export type RenderablePage<T = unknown> = Extract<LoadedPage<T>, { outcome: 'page' | 'gone' }>;

/** One kind of public page, contributed by the module that owns its data and built by the page engine. */
export interface PageDefinition<T = unknown> {
  /** Page keys are `<kind>/…`. */
  readonly kind: string;
  /** Order inside a priority: what citizens see first has the smallest. */
  readonly rank: number;
  /** Keys a changed tag calls for even when no such page exists yet. */
  keysForTag(tag: string): readonly string[];
  /** Every key of this kind, in a stable order, for a full rebuild. */
  allKeys(db: Db, after: string | null, limit: number): Promise<readonly string[]>;
  /** A key that is missing from the answer does not exist: its page is removed. */
  load(db: Db, keys: readonly string[]): Promise<readonly LoadedPage<T>[]>;
  /** Must give the same text for the same page: no clock, no chance. */
  render(page: RenderablePage<T>): string;
}

/** Which site answers for which host name. */
export type HostTable = Readonly<Record<string, string>>;

export const htmlType = 'text/html; charset=utf-8';
