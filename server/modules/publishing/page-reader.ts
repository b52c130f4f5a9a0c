import type { Readable } from 'node:stream';

/** Larger ones are sent from the store, piece by piece. */
export const LARGEST_IN_MEMORY = 2_000_000;

/** What lies at a name, as far as the store tells: any change of it changes this. */
export type Signature = string;

export interface StoredForm {
  readonly signature: Signature;
  readonly size: number;
  readonly modified: Date;
  /** SHA-256 in hexadecimal. */
  readonly digest: string;
  /** Undefined when it is too large to keep. */
  readonly bytes: Buffer | undefined;
}

export interface Part {
  readonly start: number;
  /** Included. */
  readonly end: number;
  readonly signature: Signature;
}

/** The page store as the public server sees it. What belongs to no site lies under the site ''. */
export interface PageReader {
  read(site: string, name: string): Promise<StoredForm | undefined>;
  signature(site: string, name: string): Promise<Signature | undefined>;
  /** Whether names begin with this path. */
  hasFolder(site: string, path: string): Promise<boolean>;
  /** A part of what was read; undefined when something else lies there by now. */
  stream(site: string, name: string, part: Part): Promise<Readable | undefined>;
}
