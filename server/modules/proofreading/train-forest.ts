import type { Forest } from './forest.ts';

/** Rows of figures with what they should be judged as. */
export interface Examples {
  readonly width: number;
  /** Row after row. */
  readonly rows: Float32Array;
  /** 1 or 0 for each row. */
  readonly answers: Uint8Array;
}

export interface Growing {
  readonly trees: number;
  readonly depth: number;
}

const rate = 0.15;
/** Pulls leaves with few examples towards zero. */
const restraint = 5;
/** The least weight of a leaf. */
const leastWeight = 5;
const mostBins = 64;
/** Of each ten features so many are looked at for a level of a tree; which ones is fixed, so the forest is too. */
const lookedAt = 7;

interface Binned {
  /** By feature: the greatest value of each bin but the last. */
  readonly cuts: readonly Float32Array[];
  /** By feature: the bin of each row. */
  readonly bins: readonly Uint8Array[];
}

/** Gradient boosting of the logistic loss over binned features; the same examples give the same forest. */
export function trainForest(examples: Examples, { trees, depth }: Growing): Forest {
  const { answers } = examples;
  const size = answers.length;
  const binned = binExamples(examples);
  const hits = answers.reduce((sum, one) => sum + one, 0);
  const base = Math.log((hits + 1) / (size - hits + 1));
  const odds = new Float64Array(size).fill(base);
  const slopes = new Float64Array(size);
  const weights = new Float64Array(size);
  const growing = new GrowingForest(base);
  for (let tree = 0; tree < trees; tree += 1) {
    for (let row = 0; row < size; row += 1) {
      const chance = 1 / (1 + Math.exp(-(odds[row] ?? 0)));
      slopes[row] = (answers[row] ?? 0) - chance;
      weights[row] = Math.max(chance * (1 - chance), 1e-6);
    }
    growTree(growing, { binned, slopes, weights, odds, tree, depth });
  }
  return growing.finished();
}

function binExamples({ width, rows, answers }: Examples): Binned {
  const size = answers.length;
  const every = Math.max(1, Math.floor(size / 20_000));
  const cuts: Float32Array[] = [];
  const bins: Uint8Array[] = [];
  for (let feature = 0; feature < width; feature += 1) {
    const sample = new Float32Array(Math.ceil(size / every));
    for (let at = 0; at < sample.length; at += 1) sample[at] = rows[at * every * width + feature] ?? 0;
    sample.sort();
    const marks = new Set<number>();
    for (let bin = 1; bin < mostBins; bin += 1) {
      marks.add(sample[Math.floor((bin * sample.length) / mostBins)] ?? 0);
    }
    const ends = Float32Array.from(marks);
    const places = new Uint8Array(size);
    for (let row = 0; row < size; row += 1) places[row] = binOf(ends, rows[row * width + feature] ?? 0);
    cuts.push(ends);
    bins.push(places);
  }
  return { cuts, bins };
}

function binOf(ends: Float32Array, value: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= (ends[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The nodes of all trees, one after the other. */
class GrowingForest {
  readonly features: number[] = [];
  readonly cuts: number[] = [];
  readonly next: number[] = [];
  readonly #roots: number[] = [];
  readonly #base: number;

  constructor(base: number) {
    this.#base = base;
  }

  plant(): number {
    const root = this.addLeaf();
    this.#roots.push(root);
    return root;
  }

  addLeaf(): number {
    this.cuts.push(0);
    this.next.push(0);
    return this.features.push(-1) - 1;
  }

  finished(): Forest {
    return {
      base: this.#base,
      roots: Uint32Array.from(this.#roots),
      features: Int16Array.from(this.features),
      cuts: Float32Array.from(this.cuts),
      next: Uint32Array.from(this.next),
    };
  }
}

interface Season {
  readonly binned: Binned;
  readonly slopes: Float64Array;
  readonly weights: Float64Array;
  readonly odds: Float64Array;
  readonly tree: number;
  readonly depth: number;
}

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

function growTree(forest: GrowingForest, season: Season): void {
  const root = forest.plant();
  const leaves = new Uint32Array(season.slopes.length).fill(root);
  let open = [root];
  for (let level = 0; level < season.depth && open.length > 0; level += 1) {
    const splits = bestSplits(open, leaves, season, level);
    open = splitNodes(forest, season, open, splits);
    moveRows(forest, season, leaves, splits);
  }
  fillLeaves(forest, season, root, leaves);
}

/** By node: where it is split. */
type Splits = ReadonlyMap<number, Split>;

/** Answers with the new nodes, one after the other. */
function splitNodes(
  forest: GrowingForest,
  { binned }: Season,
  open: readonly number[],
  splits: Splits,
): number[] {
  return open.flatMap((node) => {
    const split = splits.get(node);
    if (!split) return [];
    const left = forest.addLeaf();
    forest.features[node] = split.feature;
    forest.cuts[node] = binned.cuts[split.feature]?.[split.bin] ?? 0;
    forest.next[node] = left;
    return [left, forest.addLeaf()];
  });
}

function moveRows(forest: GrowingForest, { binned }: Season, leaves: Uint32Array, splits: Splits): void {
  for (const [row, node] of leaves.entries()) {
    const split = splits.get(node);
    if (!split) continue;
    const isRight = (binned.bins[split.feature]?.[row] ?? 0) > split.bin;
    leaves[row] = (forest.next[node] ?? 0) + (isRight ? 1 : 0);
  }
}

const addAt = (sums: Float64Array, place: number, by: number): void => {
  sums[place] = (sums[place] ?? 0) + by;
};

function fillLeaves(
  forest: GrowingForest,
  { slopes, weights, odds }: Season,
  root: number,
  leaves: Uint32Array,
): void {
  const end = forest.features.length;
  const sums = new Float64Array(end - root);
  const masses = new Float64Array(end - root);
  for (const [row, leaf] of leaves.entries()) {
    addAt(sums, leaf - root, slopes[row] ?? 0);
    addAt(masses, leaf - root, weights[row] ?? 0);
  }
  for (let node = root; node < end; node += 1) {
    if (forest.features[node] !== -1) continue;
    forest.cuts[node] = (rate * (sums[node - root] ?? 0)) / ((masses[node - root] ?? 0) + restraint);
  }
  for (const [row, leaf] of leaves.entries()) addAt(odds, row, forest.cuts[leaf] ?? 0);
}

/** For each open node the split that tells most; none where nothing tells enough. */
function bestSplits(open: readonly number[], leaves: Uint32Array, season: Season, level: number): Splits {
  const { binned, tree } = season;
  // Open nodes stand one after the other, so a place among them is a subtraction.
  const first = open[0] ?? 0;
  const best = new Map<number, Split>();
  const slope = new Float64Array(open.length * mostBins);
  const weight = new Float64Array(open.length * mostBins);
  for (const [feature, bins] of binned.bins.entries()) {
    const turn = Math.imul(tree + 1, 7_919) + Math.imul(feature + 1, 104_729) + level * 31;
    if ((turn >>> 0) % 10 >= lookedAt) continue;
    slope.fill(0);
    weight.fill(0);
    sumBins(season, { leaves, first, bins, slope, weight });
    const splits = binned.cuts[feature]?.length ?? 0;
    for (const [at, node] of open.entries()) {
      const [from, to] = [at * mostBins, (at + 1) * mostBins];
      const found = bestBin(slope.subarray(from, to), weight.subarray(from, to), splits);
      if (found && found.gain > (best.get(node)?.gain ?? 0)) best.set(node, { feature, ...found });
    }
  }
  return best;
}

interface BinSums {
  readonly leaves: Uint32Array;
  readonly first: number;
  readonly bins: Uint8Array;
  readonly slope: Float64Array;
  readonly weight: Float64Array;
}

function sumBins({ slopes, weights }: Season, { leaves, first, bins, slope, weight }: BinSums): void {
  for (let row = 0; row < leaves.length; row += 1) {
    const node = (leaves[row] ?? 0) - first;
    if (node < 0) continue;
    const place = node * mostBins + (bins[row] ?? 0);
    addAt(slope, place, slopes[row] ?? 0);
    addAt(weight, place, weights[row] ?? 0);
  }
}

function bestBin(
  slope: Float64Array,
  weight: Float64Array,
  splits: number,
): { readonly bin: number; readonly gain: number } | undefined {
  let [allSlope, allWeight] = [0, 0];
  for (let bin = 0; bin <= splits; bin += 1) {
    allSlope += slope[bin] ?? 0;
    allWeight += weight[bin] ?? 0;
  }
  const whole = allSlope ** 2 / (allWeight + restraint);
  let [leftSlope, leftWeight, gain, best] = [0, 0, 1e-6, -1];
  for (let bin = 0; bin < splits; bin += 1) {
    leftSlope += slope[bin] ?? 0;
    leftWeight += weight[bin] ?? 0;
    const rightWeight = allWeight - leftWeight;
    if (leftWeight < leastWeight || rightWeight < leastWeight) continue;
    const apart =
      leftSlope ** 2 / (leftWeight + restraint) + (allSlope - leftSlope) ** 2 / (rightWeight + restraint);
    if (apart - whole > gain) [gain, best] = [apart - whole, bin];
  }
  return best < 0 ? undefined : { bin: best, gain };
}
