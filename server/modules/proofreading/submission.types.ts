import type { Finding, Proofreading, Severity } from '../../../contracts/proofreading.ts';

/** What was found in a text, as much of it as an answer holds. */
export interface Checked extends Proofreading {
  /** The weight of the heaviest finding that the answer has no room for; null when all are told. */
  readonly heaviestLeftOut: Severity | null;
}

/** Why a work went on in spite of a finding when it was handed in before, and who said so. */
export interface FormerReason {
  readonly revisionId: string;
  readonly finding: Finding;
  readonly reason: string;
  readonly givenBy: string;
  readonly givenByName: string;
  readonly givenAt: Date;
}

/** A finding, and why the text goes on in spite of it. */
export interface Explained {
  readonly finding: Finding;
  readonly reason: string;
  /** Where it was said when the work was handed in before. */
  readonly former: FormerReason | null;
}
