/*
 * The shape of a Merkle tree in the manner of RFC 9162 (RFC 6962), section 2.1. What a hash is, is said by whoever
 * calls; here stands only which subtrees a proof consists of, and how a proof is checked.
 */

/** Hash of an inner node from those of its two children. */
export type JoinHashes = (left: Uint8Array, right: Uint8Array) => Uint8Array;

/** The subtree over the leaves from `start` up to, and without, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A full subtree: 2^level leaves, the index-th of its size. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

function largestPowerBelow(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The full subtrees that make up a range, from left to right. A range of a proof always begins where one can. */
export function fullNodes({ start, end }: LeafRange): readonly TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** The hash of a range from those of its full subtrees: the last two are joined first. */
export function joinNodes(hashes: readonly Uint8Array[], join: JoinHashes): Uint8Array | undefined {
  return hashes.reduceRight<Uint8Array | undefined>(
    (right, left) => (right === undefined ? left : join(left, right)),
    undefined,
  );
}

/** What leads from a leaf to the root of a tree of that size, from the leaf upwards. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const ranges: LeafRange[] = [];
  for (let start = 0, end = size; end - start > 1;) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
    }
  }
  return ranges.reverse();
}

/** What shows that a tree of `first` leaves is the beginning of one of `second`. */
export function consistencyRanges(first: number, second: number): readonly LeafRange[] {
  if (first === 0 || first === second) return [];
  const ranges: LeafRange[] = [];
  let isWholeOldTree = true;
  for (let start = 0, end = second; ;) {
    if (first === end) {
      if (!isWholeOldTree) ranges.push({ start, end });
      return ranges.reverse();
    }
    const middle = start + largestPowerBelow(end - start);
    if (first <= middle) {
      ranges.push({ start: middle, end });
      end = middle;
    } else {
      ranges.push({ start, end: middle });
      start = middle;
      isWholeOldTree = false;
    }
  }
}

const isOdd = (value: number): boolean => value % 2 === 1;
/** Whether what is joined next lies to the left: always so at the right edge of the tree. */
const isRight = (at: number, last: number): boolean => isOdd(at) || at === last;
const half = (value: number): number => Math.floor(value / 2);

/** Along the right edge of the tree nothing is joined until there is a left neighbour. */
function climbEdge(at: number, last: number): readonly [at: number, last: number] {
  return isOdd(at) || at === 0 ? [at, last] : climbEdge(half(at), half(last));
}

/** The root that a proof of inclusion leads to (RFC 9162, 2.1.3.2); undefined when it has not the right length. */
export function rootFromInclusion(
  leaf: Uint8Array,
  place: { readonly index: number; readonly size: number },
  proof: readonly Uint8Array[],
  join: JoinHashes,
): Uint8Array | undefined {
  if (place.index < 0 || place.index >= place.size) return undefined;
  let at = place.index;
  let last = place.size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return undefined;
    if (isRight(at, last)) {
      hash = join(sibling, hash);
      [at, last] = climbEdge(at, last);
    } else hash = join(hash, sibling);
    at = half(at);
    last = half(last);
  }
  return last === 0 ? hash : undefined;
}

export interface Growth {
  readonly first: number;
  readonly firstRoot: Uint8Array;
  readonly second: number;
}

export interface GrowthRoots {
  readonly first: Uint8Array;
  readonly second: Uint8Array;
}

/** Both roots that a proof of consistency leads to (RFC 9162, 2.1.4.2); undefined when it has not the right length. */
export function rootsFromConsistency(
  { first, firstRoot, second }: Growth,
  proof: readonly Uint8Array[],
  join: JoinHashes,
): GrowthRoots | undefined {
  if (first < 1 || first > second) return undefined;
  if (first === second) return proof.length === 0 ? { first: firstRoot, second: firstRoot } : undefined;
  let at = first - 1;
  let last = second - 1;
  while (isOdd(at)) {
    at = half(at);
    last = half(last);
  }
  // An old tree that is full stands in the new one as it was, and need not be told.
  const [start, ...rest] = at === 0 ? [firstRoot, ...proof] : proof;
  if (start === undefined) return undefined;
  let old = start;
  let grown = start;
  for (const sibling of rest) {
    if (last === 0) return undefined;
    if (isRight(at, last)) {
      old = join(sibling, old);
      grown = join(sibling, grown);
      [at, last] = climbEdge(at, last);
    } else grown = join(grown, sibling);
    at = half(at);
    last = half(last);
  }
  return last === 0 ? { first: old, second: grown } : undefined;
}

/** The full subtrees that come into being when leaves are added, level by level. `edge` gives those that wait for one. */
export function grownNodes(
  size: number,
  leaves: readonly Uint8Array[],
  edge: ReadonlyMap<number, Uint8Array>,
  join: JoinHashes,
): readonly (TreeNode & { readonly hash: Uint8Array })[] {
  const grown: (TreeNode & { hash: Uint8Array })[] = [];
  const waiting = new Map(edge);
  leaves.forEach((leaf, offset) => {
    let hash = leaf;
    let index = size + offset;
    let level = 0;
    grown.push({ level, index, hash });
    for (; isOdd(index); index = half(index)) {
      const left = waiting.get(level);
      if (left === undefined) throw new Error(`the log lacks a node of level ${String(level)}`);
      waiting.delete(level);
      hash = join(left, hash);
      level += 1;
      grown.push({ level, index: half(index), hash });
    }
    waiting.set(level, hash);
  });
  return grown;
}
