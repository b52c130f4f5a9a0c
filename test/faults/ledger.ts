/** An act that the server said it had done. */
export type Acknowledged =
  | {
      readonly act: 'create' | 'save';
      readonly resourceId: string;
      readonly number: number;
      readonly digest: string;
    }
  | { readonly act: 'place'; readonly resourceId: string; readonly columnId: string }
  | { readonly act: 'submit'; readonly resourceId: string; readonly digest: string }
  | { readonly act: 'decide'; readonly reviewId: string; readonly step: number; readonly login: string }
  | {
      readonly act: 'sign';
      readonly resourceId: string;
      readonly indexNumber: string;
      readonly digest: string;
    }
  | { readonly act: 'withdraw'; readonly resourceId: string }
  | { readonly act: 'upload'; readonly assetId: string; readonly digest: string }
  | { readonly act: 'pin'; readonly resourceId: string; readonly columnId: string; readonly until: string };

/** What a resource's page must say in the end. */
export interface Expected {
  readonly resourceId: string;
  /** Word that nothing else holds. */
  readonly token: string;
  readonly host: string;
  readonly siteId: string;
  path: string;
  state: 'draft' | 'live' | 'withdrawn';
  /** Which revision of the title is live. */
  mark: string;
}

/** One change that citizens wait for. */
export interface Waiting {
  readonly expected: Expected;
  /** The version of the title, or `withdrawn`. */
  readonly mark: string;
  readonly acknowledgedAt: number;
  /** When last there was no worker or no database. */
  unableAt?: number;
  liveAt?: number;
}

export interface Ledger {
  readonly acknowledged: Acknowledged[];
  readonly expected: Map<string, Expected>;
  readonly waiting: Waiting[];
  /** Answers that should never be: a 500, a conflict that nobody caused. */
  readonly wrongs: string[];
  /** Acts whose answer was lost, and how they were found to have ended. */
  lost: { done: number; repeated: number };
}

export function aLedger(): Ledger {
  return { acknowledged: [], expected: new Map(), waiting: [], wrongs: [], lost: { done: 0, repeated: 0 } };
}
