import type { HostTable } from './page.types.ts';

/** Where public pages lie. Names are relative to the site's folder and already checked (page-path.ts). */
export interface PageStore {
  /** The folder, when pages are files on this machine. */
  readonly directory?: string;
  read(site: string, name: string): Promise<Buffer | undefined>;
  has(site: string, name: string): Promise<boolean>;
  /** SHA-256 in hexadecimal, without holding the file in memory: it may be a film. */
  digest(site: string, name: string): Promise<string | undefined>;
  /** Whole or not at all: nobody ever reads half of it. */
  put(site: string, name: string, bytes: Uint8Array): Promise<void>;
  /** Puts a copy of a local file, so that nothing done to the page can reach the original. */
  putCopy(site: string, name: string, source: string): Promise<void>;
  /** Removing what is not there is no mistake. */
  remove(site: string, name: string): Promise<void>;
  sites(): Promise<readonly string[]>;
  list(site: string): AsyncIterable<string>;
  /** Forgets what processes that were killed left half written. */
  sweep(): Promise<void>;
  readHosts(): Promise<Buffer | undefined>;
  putHosts(bytes: Uint8Array): Promise<void>;
  /** Lets a web server find a site's folder by the name of the host, and by no name that is not in the table. */
  linkHosts(table: HostTable): Promise<void>;
}
