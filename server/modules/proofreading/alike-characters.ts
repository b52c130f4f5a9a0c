import { isHan } from './spelling-text.ts';

/** What a character is read as (no tones) and how it is written (a letter for each stroke, in order). */
export interface CharacterLore {
  readonly readings: ReadonlyMap<number, readonly string[]>;
  readonly strokes: ReadonlyMap<number, string>;
}

/** For each character those that can be taken for it. */
export interface AlikeCharacters {
  /** Where the list of a character begins, by code; the next one's beginning ends it. */
  readonly starts: Uint32Array;
  readonly codes: Uint16Array;
  /** 2: read the same (tones apart), 1: nearly the same, 0: otherwise. */
  readonly sounds: Uint8Array;
  /** 0–100: how much of their strokes they share, in order; 0 also where it is less than `leastShape`. */
  readonly shapes: Uint8Array;
}

/** Below this, characters are not taken for each other by their look. */
const leastShape = 0.5;

const nearInitials: readonly (readonly [string, string])[] = [
  ['zh', 'z'],
  ['ch', 'c'],
  ['sh', 's'],
  ['n', 'l'],
  ['r', 'l'],
  ['h', 'f'],
];

/** Readings that many dialects do not tell apart have one near form. */
export function nearSound(reading: string): string {
  const initial = nearInitials.find(([from]) => reading.startsWith(from));
  const near = initial ? initial[1] + reading.slice(initial[0].length) : reading;
  return near.replace(/(?<=[aei])ng$/u, 'n');
}

/** 1 − edit distance of the strokes / length of the longer. */
export function shapeLikeness(one: string, other: string): number {
  const longest = Math.max(one.length, other.length);
  if (longest === 0) return 0;
  let row = Uint8Array.from({ length: other.length + 1 }, (_, at) => at);
  let next = new Uint8Array(other.length + 1);
  for (let i = 1; i <= one.length; i += 1) {
    next[0] = i;
    const stroke = one.charCodeAt(i - 1);
    for (let j = 1; j <= other.length; j += 1) {
      const swapped = (row[j - 1] ?? 0) + (stroke === other.charCodeAt(j - 1) ? 0 : 1);
      next[j] = Math.min(swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
    }
    [row, next] = [next, row];
  }
  return 1 - (row[other.length] ?? longest) / longest;
}

/** 2: a reading is the same, 1: nearly the same, 0: none. */
export function soundLikeness({ readings }: CharacterLore, one: number, other: number): number {
  const mine = readings.get(one) ?? [];
  const theirs = readings.get(other) ?? [];
  if (mine.some((reading) => theirs.includes(reading))) return 2;
  const near = theirs.map(nearSound);
  return mine.some((reading) => near.includes(nearSound(reading))) ? 1 : 0;
}

interface Look {
  readonly code: number;
  readonly strokes: string;
  /** How often each stroke occurs: tells quickly that two cannot be alike. */
  readonly tally: Uint8Array;
}

function lookOf(code: number, strokes: string): Look {
  const tally = new Uint8Array(26);
  for (let at = 0; at < strokes.length; at += 1) {
    const letter = strokes.charCodeAt(at) - 0x61;
    tally[letter] = (tally[letter] ?? 0) + 1;
  }
  return { code, strokes, tally };
}

function looksLike(one: Look, other: Look): number {
  const longest = Math.max(one.strokes.length, other.strokes.length);
  if (Math.min(one.strokes.length, other.strokes.length) < leastShape * longest) return 0;
  let apart = 0;
  for (let letter = 0; letter < 26; letter += 1) {
    apart += Math.abs((one.tally[letter] ?? 0) - (other.tally[letter] ?? 0));
  }
  if (1 - apart / 2 / longest < leastShape) return 0;
  const likeness = shapeLikeness(one.strokes, other.strokes);
  return likeness < leastShape ? 0 : likeness;
}

function grouped<K>(keysOf: (code: number) => Iterable<K>, codes: readonly number[]): Map<K, Set<number>> {
  const groups = new Map<K, Set<number>>();
  for (const code of codes) {
    for (const key of keysOf(code)) {
      const group = groups.get(key);
      if (group) group.add(code);
      else groups.set(key, new Set([code]));
    }
  }
  return groups;
}

/** What each known character could have been meant as: one of the `usual` ones. */
export function findAlike(lore: CharacterLore, usual: readonly number[]): AlikeCharacters {
  const search = searchAmong(lore, usual);
  const starts = new Uint32Array(65_537);
  const codes: number[] = [];
  const sounds: number[] = [];
  const shapes: number[] = [];
  for (let code = 0; code < 65_536; code += 1) {
    starts[code] = codes.length;
    if (!isHan(code) || !lore.strokes.has(code)) continue;
    for (const [other, { sound, shape }] of [...search(code)].sort(([one], [two]) => one - two)) {
      codes.push(other);
      sounds.push(sound);
      shapes.push(Math.round(shape * 100));
    }
  }
  starts[65_536] = codes.length;
  return {
    starts,
    codes: Uint16Array.from(codes),
    sounds: Uint8Array.from(sounds),
    shapes: Uint8Array.from(shapes),
  };
}

interface Likeness {
  readonly sound: number;
  readonly shape: number;
}

function searchAmong(
  lore: CharacterLore,
  usual: readonly number[],
): (code: number) => ReadonlyMap<number, Likeness> {
  const readingsOf = (code: number): readonly string[] => lore.readings.get(code) ?? [];
  const lookAt = (code: number): Look => lookOf(code, lore.strokes.get(code) ?? '');
  const bySound = grouped(readingsOf, usual);
  const byNearSound = grouped((code) => readingsOf(code).map(nearSound), usual);
  const looks = usual.map(lookAt);
  return (code) => {
    const found = new Map<number, Likeness>();
    const add = (codes: Iterable<number> | undefined, sound: number): void => {
      for (const one of codes ?? []) found.set(one, { sound, shape: 0 });
    };
    for (const reading of readingsOf(code)) add(byNearSound.get(nearSound(reading)), 1);
    for (const reading of readingsOf(code)) add(bySound.get(reading), 2);
    const mine = lookAt(code);
    for (const other of looks) {
      const shape = looksLike(mine, other);
      if (shape > 0) found.set(other.code, { sound: found.get(other.code)?.sound ?? 0, shape });
    }
    found.delete(code);
    return found;
  };
}
