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
