import {
  countOfLevel,
  GramLooks,
  type GramTable,
  levelAt,
  longestGram,
  markStep,
  slotStep,
} from './gram-table.ts';
import { boundary } from './spelling-text.ts';

/** Places before and after a text that are boundaries, so that no look goes beyond it. */
export const margin = 6;

/** A text with the levels of all stretches that begin at each of its places. */
export interface KnownStretches {
  readonly codes: Uint16Array;
  /** By length − 2. */
  readonly levels: readonly Uint8Array[];
}

const lengths = [2, 3, 4, 5] as const;

export function lookUpStretches(grams: GramTable, text: Uint16Array): KnownStretches {
  const codes = new Uint16Array(text.length + 2 * margin).fill(boundary);
  codes.set(text, margin);
  const known = { codes, levels: lengths.map(() => new Uint8Array(codes.length)) };
  refresh(grams, known, 0, codes.length);
  return known;
}

/** Puts another character in the place of one. */
export function putCharacter(grams: GramTable, known: KnownStretches, at: number, code: number): void {
  known.codes[at] = code;
  refresh(grams, known, at - longestGram + 1, at + 1);
}

/** Length after length for all places together, so that the looks of one length are made at once. */
function refresh(grams: GramTable, { codes, levels }: KnownStretches, from: number, to: number): void {
  const first = Math.max(0, from);
  const growing = beginAt(codes, first, to);
  const looks = new GramLooks(growing.count);
  for (const [at, length] of lengths.entries()) {
    const row = levels[at] ?? new Uint8Array(codes.length);
    row.fill(0, first, to);
    lookFurther(looks, codes, growing, length);
    looks.make(grams);
    keepKnown(looks.levels, growing, row);
  }
}

/** Stretches that become longer, with what they have stepped to. */
interface Growing {
  readonly starts: Uint32Array;
  readonly slots: Int32Array;
  readonly marks: Int32Array;
  count: number;
}

function beginAt(codes: Uint16Array, first: number, end: number): Growing {
  const count = Math.max(0, end - first);
  const [starts, slots, marks] = [new Uint32Array(count), new Int32Array(count), new Int32Array(count)];
  for (let at = 0; at < count; at += 1) {
    const code = codes[first + at] ?? boundary;
    starts[at] = first + at;
    slots[at] = slotStep(0, code);
    marks[at] = markStep(0, code);
  }
  return { starts, slots, marks, count };
}

/** Each of them one longer; those that would go beyond the end are none any more. */
function lookFurther(looks: GramLooks, codes: Uint16Array, growing: Growing, length: number): void {
  const { starts, slots, marks } = growing;
  while (growing.count > 0 && (starts[growing.count - 1] ?? 0) + length > codes.length) growing.count -= 1;
  for (let at = 0; at < growing.count; at += 1) {
    const code = codes[(starts[at] ?? 0) + length - 1] ?? boundary;
    const slot = slotStep(slots[at] ?? 0, code);
    const mark = markStep(marks[at] ?? 0, code);
    slots[at] = slot;
    marks[at] = mark;
    looks.add(slot, mark);
  }
}

/** What is longer than something unknown is unknown. */
function keepKnown(found: Uint8Array, growing: Growing, row: Uint8Array): void {
  const { starts, slots, marks, count } = growing;
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const start = starts[at] ?? 0;
    const level = found[at] ?? 0;
    row[start] = level;
    starts[kept] = start;
    slots[kept] = slots[at] ?? 0;
    marks[kept] = marks[at] ?? 0;
    if (level > 0) kept += 1;
  }
  growing.count = kept;
}

/** Characters on each side of a place that are looked at with it. */
export const reach = longestGram - 1;
const rowLength = 2 * reach + 4;

/** One or two characters and what stands around them, as it is or as it could have been meant. */
export interface Passage {
  readonly codes: Uint16Array;
  /** How often each stretch within was seen: `counts[(length − 1) * rowLength + start]`. */
  readonly counts: Float64Array;
  /** How many characters are in question; they begin at `reach`. */
  width: number;
}

export const createPassage = (): Passage => ({
  codes: new Uint16Array(rowLength),
  counts: new Float64Array(longestGram * rowLength),
  width: 1,
});

export const seen = (passage: Passage, length: number, start: number): number =>
  passage.counts[(length - 1) * rowLength + start] ?? 0;

export function readPassage(
  grams: GramTable,
  known: KnownStretches,
  { at, width }: { readonly at: number; readonly width: number },
  into: Passage,
): void {
  into.width = width;
  const size = width + 2 * reach;
  for (let start = 0; start < size; start += 1) {
    const code = known.codes[at - reach + start] ?? boundary;
    into.codes[start] = code;
    into.counts[start] = grams.singles[code] ?? 0;
    for (let length = 2; length <= longestGram; length += 1) {
      const level = start + length <= size ? (known.levels[length - 2]?.[at - reach + start] ?? 0) : 0;
      into.counts[(length - 1) * rowLength + start] = countOfLevel[level] ?? 0;
    }
  }
}

/** The passage with other characters in question. */
export function replacePassage(grams: GramTable, from: Passage, by: ArrayLike<number>, into: Passage): void {
  const { codes, counts } = into;
  codes.set(from.codes);
  counts.set(from.counts);
  into.width = from.width;
  const { width } = from;
  const size = width + 2 * reach;
  for (let at = 0; at < width; at += 1) {
    const code = by[at] ?? boundary;
    codes[reach + at] = code;
    counts[reach + at] = grams.singles[code] ?? 0;
  }
  for (let length = 2; length <= longestGram; length += 1) {
    const end = Math.min(reach + width, size - length + 1);
    for (let start = Math.max(0, reach - length + 1); start < end; start += 1) {
      // What holds something unknown is unknown.
      const isPossible =
        length === 2 || (seen(into, length - 1, start) > 0 && seen(into, length - 1, start + 1) > 0);
      const level = isPossible ? levelAt(grams, codes, start, length) : 0;
      counts[(length - 1) * rowLength + start] = countOfLevel[level] ?? 0;
    }
  }
}

/** How strongly a longer stretch gives way to the shorter one within it. */
const yielding = 3;

/** The logarithm of how likely the passage is, read forward. */
export function forwardLikelihood(passage: Passage, total: number): number {
  const end = reach + passage.width + reach;
  let product = 1;
  for (let at = reach; at < end; at += 1) {
    let chance = (seen(passage, 1, at) + 0.5) / total;
    for (let length = 2; length <= longestGram; length += 1) {
      const start = at - length + 1;
      const before = seen(passage, length - 1, start);
      if (before === 0) break;
      chance = (seen(passage, length, start) + yielding * chance) / (before + yielding);
    }
    product *= chance;
  }
  return Math.log(product);
}

/** The same, read from the end to the beginning: what follows tells as much as what goes before. */
export function backwardLikelihood(passage: Passage, total: number): number {
  const size = passage.width + 2 * reach;
  let product = 1;
  for (let at = reach + passage.width - 1; at >= 0; at -= 1) {
    let chance = (seen(passage, 1, at) + 0.5) / total;
    for (let length = 2; length <= longestGram && at + length <= size; length += 1) {
      const after = seen(passage, length - 1, at + 1);
      if (after === 0) break;
      chance = (seen(passage, length, at) + yielding * chance) / (after + yielding);
    }
    product *= chance;
  }
  return Math.log(product);
}
