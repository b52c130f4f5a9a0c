import type { AlikeCharacters } from './alike-characters.ts';
import { type GramTable, levelAt, mayFollow, mayPrecede } from './gram-table.ts';
import type { KnownStretches } from './known-stretches.ts';
import { boundary } from './spelling-text.ts';
import { wordsSounding, type WordSounds } from './word-sounds.ts';

/** What one or two characters could have been meant as. */
export interface Choice {
  readonly codes: ArrayLike<number>;
  /** What the kind of likeness is worth, as a logarithm. */
  readonly prior: number;
  readonly sound: number;
  readonly shape: number;
  /** How well known it makes the passage at a quick look. */
  readonly hint: number;
}

export interface Choices {
  /** The few that are to be weighed in full, the most promising first. */
  readonly best: readonly Choice[];
  /** How many there were. */
  readonly count: number;
}

/** So many of the choices are weighed in full. */
const weighed = 4;

/** A quick look at how well known the stretches around a place are: what is not better known is not weighed. */
const hintOf = (sides: number, middle: number, two: number): number => sides + 1.5 * middle + 0.5 * two;
const hintOfWord = (sides: number, two: number): number => sides + 0.2 * two;
/** What a likeness is worth, in the levels of the hint. */
const priorInHint = 6;

const priorOfWord = -3;

function priorOf(sound: number, shape: number): number {
  if (sound === 2) return 0;
  return sound === 1 ? -2.5 : -6 + 4 * shape;
}

function keepBest(best: Choice[], one: Choice): void {
  const last = best[weighed - 1];
  if (last && one.hint <= last.hint) return;
  let at = best.length;
  while (at > 0 && (best[at - 1]?.hint ?? 0) < one.hint) at -= 1;
  best.splice(at, 0, one);
  if (best.length > weighed) best.pop();
}

export interface ChoiceSources {
  readonly grams: GramTable;
  readonly alike: AlikeCharacters;
  readonly sounds: WordSounds;
}

function choiceOf(code: number, known: number, sound = 0, percent = 0): Choice {
  const shape = percent / 100;
  const prior = priorOf(sound, shape);
  return { codes: [code], prior, sound, shape, hint: known + priorInHint * prior };
}

interface Needs {
  readonly before: boolean;
  readonly after: boolean;
}

/** Looks quickly through all that characters could have been meant as. */
export class ChoiceRanker {
  readonly #sources: ChoiceSources;
  /** The place in question and two on each side of it. */
  readonly #around = new Uint16Array(5);

  constructor(sources: ChoiceSources) {
    this.#sources = sources;
  }

  rankCharacters({ codes, levels }: KnownStretches, at: number): Choices {
    const { starts, codes: others, sounds, shapes } = this.#sources.alike;
    this.#around.set(codes.subarray(at - 2, at + 3));
    const code = codes[at] ?? boundary;
    const end = starts[code + 1] ?? 0;
    const asIs = hintOfCharacter(levels, at);
    // Where a neighbour fits what stands there, it has to fit another character too.
    const needs = { before: (levels[0]?.[at - 1] ?? 0) > 0, after: (levels[0]?.[at] ?? 0) > 0 };
    const best: Choice[] = [];
    let count = 0;
    for (let one = starts[code] ?? 0; one < end; one += 1) {
      const other = others[one] ?? 0;
      const known = this.#hintOf(other, needs);
      if (known <= asIs) continue;
      count += 1;
      keepBest(best, choiceOf(other, known, sounds[one], shapes[one]));
    }
    return { best, count };
  }

  #hintOf(other: number, needs: Needs): number {
    const { grams } = this.#sources;
    const around = this.#around;
    const fitsBefore = mayFollow(grams, around[1] ?? boundary, other);
    if (!fitsBefore && needs.before) return 0;
    const fitsAfter = mayPrecede(grams, other, around[3] ?? boundary);
    if (!fitsAfter && (needs.after || !fitsBefore)) return 0;
    around[2] = other;
    return fitsBefore && fitsAfter ? this.#hintOfBoth() : this.#hintOfOne(fitsBefore);
  }

  /** Known on one side only, it must be well known there. */
  #hintOfOne(isBefore: boolean): number {
    const { grams } = this.#sources;
    const side = levelAt(grams, this.#around, isBefore ? 0 : 2, 3);
    return side === 0 ? 0 : hintOf(side, 0, levelAt(grams, this.#around, isBefore ? 1 : 2, 2));
  }

  #hintOfBoth(): number {
    const { grams } = this.#sources;
    const around = this.#around;
    const two = levelAt(grams, around, 1, 2) + levelAt(grams, around, 2, 2);
    const sides = levelAt(grams, around, 0, 3) + levelAt(grams, around, 2, 3);
    return hintOf(sides, levelAt(grams, around, 1, 3), two);
  }

  rankWords({ codes, levels }: KnownStretches, at: number): Choices {
    const { grams, sounds } = this.#sources;
    const around = this.#around;
    const before = codes[at - 1] ?? boundary;
    const after = codes[at + 2] ?? boundary;
    around[0] = before;
    around[3] = after;
    const [twos, threes] = levels;
    const asIs = hintOfWord(twoLevels(threes, at - 1, at), twos?.[at] ?? 0);
    const best: Choice[] = [];
    let count = 0;
    for (const word of wordsSounding(sounds, codes[at] ?? boundary, codes[at + 1] ?? boundary)) {
      around.set(word, 1);
      const left = mayFollow(grams, before, word[0]) ? levelAt(grams, around, 0, 3) : 0;
      const right = mayPrecede(grams, word[1], after) ? levelAt(grams, around, 1, 3) : 0;
      if (left + right === 0) continue;
      const hint = hintOfWord(left + right, levelAt(grams, around, 1, 2));
      if (hint <= asIs) continue;
      count += 1;
      keepBest(best, { codes: word, prior: priorOfWord, sound: 1, shape: 0, hint });
    }
    return { best, count };
  }
}

type Levels = KnownStretches['levels'];

const twoLevels = (levels: Uint8Array | undefined, one: number, other: number): number =>
  (levels?.[one] ?? 0) + (levels?.[other] ?? 0);

/** The same look at what stands there. */
function hintOfCharacter([twos, threes]: Levels, at: number): number {
  return hintOf(twoLevels(threes, at - 2, at), threes?.[at - 1] ?? 0, twoLevels(twos, at - 1, at));
}
