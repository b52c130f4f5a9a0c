import type { Finding } from '../../../contracts/proofreading.ts';

/** A finding, and why the text goes on in spite of it. */
export interface Explained {
  readonly finding: Finding;
  readonly reason: string;
}
