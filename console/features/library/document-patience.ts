/** What is being drawn is asked for ever more seldom, and not for ever: behind a backlog it may take a night. */
const soonest = 3_000;
const latest = 30_000;
const patience = 300_000;

/** When to ask again after so many milliseconds of waiting; false: not any more. */
export function pauseAfter(waited: number): number | false {
  return waited >= patience ? false : Math.min(latest, Math.max(soonest, waited / 3));
}
