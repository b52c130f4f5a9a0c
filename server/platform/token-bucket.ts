export interface TokenBucketOptions {
  /** How many may come at once. */
  readonly burst: number;
  /** Milliseconds after which one more may come. */
  readonly every: number;
  /** Senders remembered at a time. */
  readonly remembered?: number;
}

/** Counts what comes from each sender within this process: a brake, not a lock. */
export interface TokenBucket {
  /** False when the sender has used up what it has. `now` in milliseconds of a clock that never goes back. */
  take(sender: string, now: number): boolean;
}

export function createTokenBucket({ burst, every, remembered = 20_000 }: TokenBucketOptions): TokenBucket {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (sender, now) => {
      const known = buckets.get(sender);
      const left = known ? Math.min(burst, known.left + (now - known.at) / every) : burst;
      // Put at the end, so that the first ones are those that have been quiet for longest.
      buckets.delete(sender);
      buckets.set(sender, { left: left >= 1 ? left - 1 : left, at: now });
      if (buckets.size > remembered) {
        const [quietest] = buckets.keys();
        if (quietest !== undefined) buckets.delete(quietest);
      }
      return left >= 1;
    },
  };
}
