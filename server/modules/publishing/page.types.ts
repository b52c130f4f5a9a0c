export type {
  HostTable,
  LoadedPage,
  PageDefinition,
  Provenance,
  RenderablePage,
} from '../../platform/page-definition.ts';

/** What stands at an address: a page, a note that it was withdrawn (410), a redirect (301) or an asset. */
export type Outcome = 'page' | 'gone' | 'moved' | 'file';

/** 0: a person waits for it. 1: it can wait. */
export type Priority = 0 | 1;

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
  /** A page is recorded when its file is there; what is announced may be there already, and need not be. */
  readonly knownFrom: 'page' | 'redirect' | 'announcement';
}

/** A page's file is not there, says something else, has a wrong compressed form; or nobody published it. */
export type StoreProblem = 'missing' | 'changed' | 'form' | 'stray';
