const firstWait = 2_000;
const longestWait = 1_800_000;
/** How long somebody who has read everything waits before asking again. */
export const restMilliseconds = 10_000;
/** Answers in a row that hold nothing and promise more: a feed of a hundred million changes has fewer. */
export const mostIdlePages = 20_000;

/** How long to leave a platform alone after so many failures in a row. */
export function waitAfter(failures: number): number {
  return Math.min(longestWait, firstWait * 2 ** Math.min(20, Math.max(0, failures - 1)));
}

const firstRetry = 60_000;
const longestRetry = 21_600_000;

/** How long to leave a resource alone that could not be taken so many times in a row: a minute, then up to six hours. */
export function retryAfter(tries: number): number {
  return Math.min(longestRetry, firstRetry * 2 ** Math.min(20, Math.max(0, tries - 1)));
}

/** Where patience ends. Times are in milliseconds. */
export interface FollowLimits {
  /** For one answer. */
  readonly answer: number;
  /** For one resource with its files; what came of them is not fetched again by the next try. */
  readonly resource: number;
  /** Begun after that, resources of one answer are left to the next turn. */
  readonly begin: number;
  /** For everything that is asked in one turn: however slowly it answers, the others come after it. */
  readonly turn: number;
  /** More resources of a subscription that cannot be taken are no trouble of theirs: it stops and says so. */
  readonly mostSetAside: number;
}

export const usualLimits: FollowLimits = {
  answer: 60_000,
  resource: 300_000,
  begin: 60_000,
  turn: 600_000,
  mostSetAside: 100,
};
