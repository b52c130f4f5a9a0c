import type { Db } from '../../platform/db.ts';

/** What stands at an address: a page, a note that it was withdrawn (410), a redirect (301) or an asset. */
export type Outcome = 'page' | 'gone' | 'moved' | 'file';

/** 0: a person waits for it. 1: it can wait. */
export type Priority = 0 | 1;

/**
 * A page as its definition loads it. `path` is written as in a link: percent-encoded or plain Chinese,
 * `/x/` for a folder's index. `tags` name everything the page was made from.
 */
export type LoadedPage<T = unknown> = {
  readonly key: string;
  readonly site: string;
  readonly path: string;
  readonly tags: readonly string[];
} & (
  | { readonly outcome: 'page'; readonly mediaType: string; readonly data: T }
  | { readonly outcome: 'gone'; readonly data: T }
  | { readonly outcome: 'moved'; readonly to: string }
  | { readonly outcome: 'file'; readonly mediaType: string; readonly digest: string }
);

export type RenderablePage<T = unknown> = Extract<LoadedPage<T>, { outcome: 'page' | 'gone' }>;

/** One kind of public page, contributed by the module that owns its data. */
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

export interface PublishingLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** A page's row: what the store must hold at its address. */
export interface PageRow {
  readonly key: string;
  readonly kind: string;
  readonly rank: number;
  readonly site: string;
  readonly path: string;
  readonly outcome: Outcome;
  readonly mediaType: string;
  /** SHA-256 of the identity bytes, in hexadecimal. */
  readonly digest: string;
  readonly size: number;
  readonly tags: readonly string[];
  readonly target: string | null;
}

/** A page somebody may build now: nobody else builds it until the transaction ends. */
export interface ClaimedPage {
  readonly key: string;
  /** The request that is being answered; null when the page was not asked for by an event. */
  readonly generation: string | null;
  /** Write even when the bytes are the same: the store is suspected to differ. */
  readonly forced: boolean;
}

/** One address in an announced batch of changes, with what will stand there. */
export interface IntendedForm {
  readonly key: string;
  readonly site: string;
  readonly path: string;
  readonly outcome: Outcome | 'absent';
  readonly mediaType: string;
  readonly digest: string | null;
}

/** Something that may rightfully stand at an address now. */
export interface ValidForm {
  readonly outcome: Outcome;
  readonly mediaType: string;
  readonly digest: string;
}
