/** A stretch of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** How many of ascending numbers are less than a limit. */
export function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Finds stretches that touch another one, without looking at all of them. They must not overlap each other. */
export function spanFinder<S extends Span>(
  spans: readonly S[],
): (start: number, end: number) => S | undefined {
  const sorted = spans.toSorted((one, other) => one.start - other.start);
  const ends = sorted.map((one) => one.end);
  return (start, end) => {
    const first = sorted[countBelow(ends, start + 1)];
    return first !== undefined && first.start < end ? first : undefined;
  };
}
