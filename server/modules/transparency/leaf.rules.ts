/** What happened at an address: a page, its withdrawal (410), a redirect, a file; or nothing stands there any more. */
export type LoggedOutcome = 'page' | 'gone' | 'moved' | 'file' | 'absent';

/**
 * What the time of first publication is worth. `new`: it reached the log within a day, which confirms it. `imported`:
 * it was first published elsewhere. `adopted`: it lies before the beginning of this log. `late`: neither, and yet it
 * reached the log more than a day later. `repeated`: claimed before, see the resource's first leaf. `null`: none is
 * claimed, the first leaf of the address counts.
 */
export type FirstClaim = 'new' | 'imported' | 'adopted' | 'late' | 'repeated' | null;

export interface Leaf {
  /** When the log took it in. */
  readonly at: Date;
  readonly site: string;
  readonly path: string;
  readonly outcome: LoggedOutcome;
  /** SHA-256 of the bytes without compression, in hexadecimal; null where nothing stands. */
  readonly digest: string | null;
  readonly resource: string | null;
  readonly revision: string | null;
  readonly first: Date | null;
  readonly claim: FirstClaim;
}

const VERSION = 1;
/** A claim that reaches the log later than this is not confirmed by it. */
export const CONFIRMED_WITHIN_MS = 86_400_000;

/** The bytes that are hashed: JSON without spaces, these keys in this order, UTF-8. */
export function leafText(leaf: Leaf): string {
  const { at, site, path, outcome, digest, resource, revision, first, claim } = leaf;
  return JSON.stringify({
    v: VERSION,
    at: at.toISOString(),
    site,
    path,
    outcome,
    digest,
    resource,
    revision,
    first: first === null ? null : first.toISOString(),
    claim,
  });
}

export interface ClaimedFirst {
  readonly resource: string | null;
  readonly first: Date | null;
  readonly imported: boolean;
}

export interface LogMoment {
  readonly at: Date;
  /** When the log began. */
  readonly since: Date;
  /** Whether the resource stands in the log already. */
  readonly isKnown: boolean;
}

export function claimOf(claimed: ClaimedFirst, { at, since, isKnown }: LogMoment): FirstClaim {
  if (claimed.resource === null || claimed.first === null) return null;
  if (isKnown) return 'repeated';
  if (claimed.imported) return 'imported';
  if (at.getTime() - claimed.first.getTime() <= CONFIRMED_WITHIN_MS) return 'new';
  return claimed.first < since ? 'adopted' : 'late';
}
