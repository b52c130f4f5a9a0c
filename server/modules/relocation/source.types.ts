import type { PageProblem } from '../../../contracts/relocation.ts';
import type { OldAddress } from './old-address.rules.ts';

/** What is known of an address when it is asked for (again). */
export interface Asked {
  readonly address: OldAddress;
  readonly isFile: boolean;
  readonly digest: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type Fetched =
  | {
      readonly outcome: 'bytes';
      readonly digest: string;
      readonly mediaType: string;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  /** What came last time still stands. */
  | { readonly outcome: 'same' }
  | { readonly outcome: 'moved'; readonly to: OldAddress }
  | { readonly outcome: 'failed'; readonly problem: PageProblem; readonly detail: string };

/** Where the pages of an old site come from: a saved copy, or the site itself. Bytes end up in the store. */
export interface OldSource {
  fetch(asked: Asked, signal: AbortSignal): Promise<Fetched>;
}
