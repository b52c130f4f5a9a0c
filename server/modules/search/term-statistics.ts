/** How rare each token is, estimated from a sample of the indexed pages. */
export interface TermStatistics {
  weightOf(token: string): number;
}

export function createTermStatistics(sample: Iterable<string>): TermStatistics {
  const pagesWith = new Map<string, number>();
  let pages = 0;
  for (const tokens of sample) {
    pages += 1;
    for (const token of new Set(tokens.split(' '))) pagesWith.set(token, (pagesWith.get(token) ?? 0) + 1);
  }
  // Half of all tokens of a sample occur once; not to find one says the same.
  for (const [token, count] of pagesWith) if (count === 1 && pages > 100) pagesWith.delete(token);
  return {
    weightOf(token) {
      const count = pagesWith.get(token) ?? (pages > 100 ? 1 : 0);
      return Math.log(1 + (pages - count + 0.5) / (count + 0.5));
    },
  };
}
