import { boundary } from './spelling-text.ts';

/** The longest stretch of characters that is counted. */
export const longestGram = 5;

/**
 * How often stretches of two to five characters were seen. A place of the open-addressing table holds 24 bits that tell
 * the stretch from others and 8 that say how often, in steps of 7 %: one cache line answers a look.
 */
export interface GramTable {
  /** A power of two of them; zero is free. */
  readonly places: Uint32Array;
  /** How often each single character was seen. */
  readonly singles: Uint32Array;
  /** A bit for each pair that was seen, those with one first character in one row. */
  readonly followers: Uint32Array;
  /** The same, those with one second character together. */
  readonly leaders: Uint32Array;
}

/** The same while it is counted. */
export interface GramCounter {
  readonly marks: Uint32Array;
  readonly counts: Uint32Array;
  readonly singles: Uint32Array;
  readonly followers: Uint32Array;
  readonly leaders: Uint32Array;
  /** Places taken. */
  taken: number;
}

const exactLevels = 24;
const step = Math.log(1.07);
/** How often what has a level was seen. */
export const countOfLevel = Float64Array.from({ length: 256 }, (_, level) =>
  level <= exactLevels ? level : exactLevels * Math.exp((level - exactLevels) * step),
);

const levelOf = (count: number): number =>
  count <= exactLevels
    ? count
    : Math.min(255, exactLevels + Math.round(Math.log(count / exactLevels) / step));

/** Where a stretch lies, and what tells it from others: each code takes both a step on from those before it. */
export const slotStep = (hash: number, code: number): number => {
  const mixed = Math.imul((hash ^ code) + 0x7ed55d16, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
};
export const markStep = (hash: number, code: number): number => {
  const mixed = Math.imul((hash + code) ^ 0x165667b1, 0x85ebca6b);
  return mixed ^ (mixed >>> 13);
};

/** Characters share a row with a few others: a bit may be set by another pair, but never missing. */
const rowBits = 13;
const inRow = (1 << rowBits) - 1;
const bitOf = (row: number, column: number): number => ((row & inRow) << rowBits) | (column & inRow);

/** Where a row begins; in it, whether a pair may have been seen: quick for many columns of one row. */
export const rowStart = (row: number): number => (row & inRow) << (rowBits - 5);
export const bitInRow = (bits: Uint32Array, start: number, column: number): number =>
  ((bits[start + ((column & inRow) >>> 5)] ?? 0) >>> (column & 31)) & 1;

function setBit(bits: Uint32Array, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31));
}

export function createCounter(places: number): GramCounter {
  return {
    marks: new Uint32Array(places),
    counts: new Uint32Array(places),
    singles: new Uint32Array(65_536),
    followers: new Uint32Array(2 ** (2 * rowBits - 5)),
    leaders: new Uint32Array(2 ** (2 * rowBits - 5)),
    taken: 0,
  };
}

/** A table that is fuller than this would make every look long. */
const fullest = 0.72;

/** Adds to one stretch. When the table is full, only what it knows is counted on: its size is bounded. */
function addTo(counter: GramCounter, slot: number, mark: number, by: number): void {
  const { marks, counts } = counter;
  const last = marks.length - 1;
  let place = slot & last;
  while (counts[place] !== 0 && marks[place] !== mark) place = (place + 1) & last;
  if (counts[place] === 0) {
    if (counter.taken > marks.length * fullest) return;
    counter.taken += 1;
    marks[place] = mark;
  }
  counts[place] = (counts[place] ?? 0) + by;
}

/** Counts every stretch of a text. A boundary may begin or end one, but never stands inside. */
export function countGrams(counter: GramCounter, codes: Uint16Array): void {
  const { singles, followers, leaders } = counter;
  for (let start = 0; start < codes.length; start += 1) {
    const first = codes[start] ?? boundary;
    singles[first] = (singles[first] ?? 0) + 1;
    let slot = slotStep(0, first);
    let mark = markStep(0, first);
    for (let length = 2; length <= longestGram && start + length <= codes.length; length += 1) {
      const code = codes[start + length - 1] ?? boundary;
      if (codes[start + length - 2] === boundary && (length > 2 || code === boundary)) break;
      slot = slotStep(slot, code);
      mark = markStep(mark, code);
      addTo(counter, slot, mark >>> 0, 1);
      if (length > 2) continue;
      setBit(followers, bitOf(first, code));
      setBit(leaders, bitOf(code, first));
    }
  }
}

/** Counts a word as such, however long. */
export function countWord(counter: GramCounter, word: string, by: number): void {
  let slot = 0;
  let mark = 0;
  for (let at = 0; at < word.length; at += 1) {
    slot = slotStep(slot, word.charCodeAt(at));
    mark = markStep(mark, word.charCodeAt(at));
  }
  addTo(counter, slot, mark >>> 0, by);
}

export function packCounter({ marks, counts, singles, followers, leaders }: GramCounter): GramTable {
  const places = new Uint32Array(marks.length);
  for (let place = 0; place < marks.length; place += 1) {
    const count = counts[place] ?? 0;
    if (count > 0) places[place] = ((marks[place] ?? 0) & 0xffffff00) | levelOf(count);
  }
  return { places, singles: singles.slice(), followers: followers.slice(), leaders: leaders.slice() };
}

/** The level of a stretch of two or more characters; 0 when it was never seen. */
export function levelAt({ places }: GramTable, codes: Uint16Array, start: number, length: number): number {
  let slot = 0;
  let mark = 0;
  for (let at = start; at < start + length; at += 1) {
    const code = codes[at] ?? boundary;
    slot = slotStep(slot, code);
    mark = markStep(mark, code);
  }
  return levelFrom(places, slot, mark & markBits);
}

const markBits = 0xffffff00 | 0;

function levelFrom(places: Uint32Array, slot: number, mark: number): number {
  const last = places.length - 1;
  for (let place = slot & last; ; place = (place + 1) & last) {
    const entry = places[place] ?? 0;
    if (entry === 0) return 0;
    if ((entry & markBits) === mark) return entry & 0xff;
  }
}

/**
 * Looks into the table that are made together. Almost every look waits for the memory; those of one round wait beside
 * each other, where each would wait for the one before it.
 */
export class GramLooks {
  /** So many fit into one round. */
  readonly most: number;
  readonly #slots: Int32Array;
  readonly #marks: Int32Array;
  readonly #entries: Uint32Array;
  /** Of each look, in the order in which they were added. */
  readonly levels: Uint8Array;
  #count = 0;

  constructor(most: number) {
    this.most = most;
    this.#slots = new Int32Array(most);
    this.#marks = new Int32Array(most);
    this.#entries = new Uint32Array(most);
    this.levels = new Uint8Array(most);
  }

  /** Another stretch, by what its codes step to. */
  add(slot: number, mark: number): void {
    this.#slots[this.#count] = slot;
    this.#marks[this.#count] = mark & markBits;
    this.#count += 1;
  }

  /** Finds the levels of all that were added, and begins anew. */
  make({ places }: GramTable): void {
    const count = this.#count;
    const slots = this.#slots;
    const marks = this.#marks;
    const entries = this.#entries;
    const last = places.length - 1;
    // Nothing is decided here, so that no look keeps the next one from being begun.
    for (let at = 0; at < count; at += 1) entries[at] = places[(slots[at] ?? 0) & last] ?? 0;
    for (let at = 0; at < count; at += 1) {
      const entry = entries[at] ?? 0;
      const mark = marks[at] ?? 0;
      const isThere = (entry & markBits) === mark && entry !== 0;
      this.levels[at] = isThere || entry === 0 ? entry & 0xff : levelFrom(places, (slots[at] ?? 0) + 1, mark);
    }
    this.#count = 0;
  }
}
