/** Boosted trees, laid out flat. The answer is the sum of the leaf of each tree: the log-odds. */
export interface Forest {
  readonly base: number;
  /** The root of each tree. */
  readonly roots: Uint32Array;
  /** Which feature decides at a node; −1 at a leaf. */
  readonly features: Int16Array;
  /** A feature up to this goes to `next`, a greater one to the node after; at a leaf the value. */
  readonly cuts: Float32Array;
  readonly next: Uint32Array;
}

export function judge({ base, roots, features, cuts, next }: Forest, row: ArrayLike<number>): number {
  let sum = base;
  for (const root of roots) {
    let node = root;
    for (;;) {
      const feature = features[node] ?? -1;
      if (feature < 0) break;
      node = (next[node] ?? 0) + ((row[feature] ?? 0) <= (cuts[node] ?? 0) ? 0 : 1);
    }
    sum += cuts[node] ?? 0;
  }
  return sum;
}
