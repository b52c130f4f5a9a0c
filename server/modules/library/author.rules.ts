export interface WrittenRevision {
  readonly id: string;
  readonly digest: Buffer;
  readonly origin: string;
  /** Null for what no person wrote here. */
  readonly createdBy: string | null;
}

/**
 * Everybody who wrote what a review of the newest of these revisions (in the order of writing) looks at: those who
 * wrote since the live one and, where an older text came back, all who wrote up to it. A step back to the live text
 * brings nothing new.
 */
export function authorsOfWork(
  history: readonly WrittenRevision[],
  liveRevisionId: string | null,
): readonly string[] {
  const liveAt = history.findIndex((one) => one.id === liveRevisionId);
  const work = history.slice(liveAt + 1);
  const cameBack = Math.max(-1, ...work.map((_, at) => cameFrom(history, liveAt, liveAt + 1 + at)));
  const writers = [...history.slice(0, cameBack + 1), ...work].flatMap(({ createdBy }) => createdBy ?? []);
  return [...new Set(writers)];
}

/** Where, before the live revision, the text of this revision stood last; -1 when it is new, or what is live. */
function cameFrom(history: readonly WrittenRevision[], liveAt: number, at: number): number {
  const one = history[at];
  if (!one || liveAt < 0) return -1;
  const earlier = history.slice(0, at).findLastIndex(({ digest }) => digest.equals(one.digest));
  if (earlier >= 0) return earlier < liveAt ? earlier : -1;
  // Restored from something that is not stored like this any more: nobody before can be left out.
  return one.origin === 'restored' ? liveAt : -1;
}
