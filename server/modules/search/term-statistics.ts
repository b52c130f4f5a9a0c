/** How rare each token is, estimated from a sample of the indexed pages. */
export interface TermStatistics {
  weightOf(token: string): number;
}

export interface TermSample {
  add(tokens: string): void;
  finish(): TermStatistics;
}

/** Half of all tokens of a large sample occur once; not to find one says the same. */
const largeSample = 100;

export function startTermSample(): TermSample {
  const pagesWith = new Map<string, number>();
  let pages = 0;
  return {
    add(tokens) {
      pages += 1;
      for (const token of new Set(tokens.split(' '))) pagesWith.set(token, (pagesWith.get(token) ?? 0) + 1);
    },
    finish() {
      const unseen = pages > largeSample ? 1 : 0;
      for (const [token, count] of pagesWith) if (count === unseen) pagesWith.delete(token);
      return {
        weightOf(token) {
          const count = pagesWith.get(token) ?? unseen;
          return Math.log(1 + (pages - count + 0.5) / (count + 0.5));
        },
      };
    },
  };
}
