import type { AlikeCharacters } from './alike-characters.ts';
import { bitInRow, GramLooks, type GramTable, markStep, rowStart, slotStep } from './gram-table.ts';
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

/** The few best of many, as the numbers that they were offered by. The earlier one goes before its equals. */
class BestFew {
  readonly numbers = new Int32Array(weighed);
  readonly hints = new Float64Array(weighed);
  size = 0;

  clear(): void {
    this.size = 0;
  }

  map<T>(make: (number: number) => T): readonly T[] {
    const made: T[] = [];
    for (let at = 0; at < this.size; at += 1) made.push(make(this.numbers[at] ?? 0));
    return made;
  }

  offer(number: number, hint: number): void {
    const { numbers, hints } = this;
    if (this.size === weighed && hint <= (hints[weighed - 1] ?? 0)) return;
    let at = this.size < weighed ? this.size++ : weighed - 1;
    for (; at > 0 && (hints[at - 1] ?? 0) < hint; at -= 1) {
      numbers[at] = numbers[at - 1] ?? 0;
      hints[at] = hints[at - 1] ?? 0;
    }
    numbers[at] = number;
    hints[at] = hint;
  }
}

export interface ChoiceSources {
  readonly grams: GramTable;
  readonly alike: AlikeCharacters;
  readonly sounds: WordSounds;
}

/** How a character fits its neighbours; written in bits. */
const fitsAfter = 1;
const fitsBefore = 2;
const fitsBoth = fitsBefore | fitsAfter;

/** A place in a text, and what steps to the stretches that begin before it. */
interface Place {
  readonly asIs: number;
  readonly slotOfOne: number;
  readonly markOfOne: number;
  readonly slotOfTwo: number;
  readonly markOfTwo: number;
  readonly after: number;
  readonly afterNext: number;
  /** How well known the two before it are, and the two behind it. */
  readonly levelBefore: number;
  readonly levelAfter: number;
}

function placeAt({ codes, levels }: KnownStretches, at: number): Place {
  const [first = boundary, before = boundary] = [codes[at - 2], codes[at - 1]];
  return {
    asIs: hintOfCharacter(levels, at),
    slotOfOne: slotStep(0, before),
    markOfOne: markStep(0, before),
    slotOfTwo: slotStep(slotStep(0, first), before),
    markOfTwo: markStep(markStep(0, first), before),
    after: codes[at + 1] ?? boundary,
    afterNext: codes[at + 2] ?? boundary,
    levelBefore: levels[0]?.[at - 2] ?? 0,
    levelAfter: levels[0]?.[at + 1] ?? 0,
  };
}

/** Looks quickly through all that characters could have been meant as. */
export class ChoiceRanker {
  readonly #sources: ChoiceSources;
  readonly #best = new BestFew();
  readonly #pairs: GramLooks;
  readonly #threes: GramLooks;
  #words = new GramLooks(0);
  /** Those that fit, as places in the list of all that are alike, and how. */
  readonly #fitting: Uint32Array;
  readonly #fits: Uint8Array;
  /** What a fitting one's two pairs are worth. */
  readonly #two: Float64Array;

  constructor(sources: ChoiceSources) {
    this.#sources = sources;
    const longest = longestList(sources.alike);
    this.#pairs = new GramLooks(longest * 2);
    this.#threes = new GramLooks(longest * 3);
    this.#fitting = new Uint32Array(longest);
    this.#fits = new Uint8Array(longest);
    this.#two = new Float64Array(longest);
  }

  rankCharacters(known: KnownStretches, at: number): Choices {
    const { grams, alike } = this.#sources;
    const place = placeAt(known, at);
    const all = this.#findFitting(known, at);
    this.#lookForPairs(place, all);
    this.#pairs.make(grams);
    const promising = this.#lookForThrees(place, all);
    this.#threes.make(grams);
    const best = this.#best;
    best.clear();
    let count = 0;
    let look = 0;
    for (let one = 0; one < promising; one += 1) {
      const isBoth = this.#fits[one] === fitsBoth;
      const hint = isBoth ? this.#hintOfBoth(one, look) : this.#hintOfOne(one, look);
      look += isBoth ? 3 : 1;
      if (hint <= place.asIs) continue;
      count += 1;
      const number = this.#fitting[one] ?? 0;
      best.offer(number, hint + priorInHint * priorOf(alike.sounds[number] ?? 0, shapeOf(alike, number)));
    }
    return { best: best.map((one) => choiceOf(alike, one)), count };
  }

  /** Says how many of those that are alike fit. Most do not: nothing is decided on the way, because nobody could guess it. */
  #findFitting({ codes, levels }: KnownStretches, at: number): number {
    const { alike, grams } = this.#sources;
    const { followers, leaders } = grams;
    const others = alike.codes;
    const fitting = this.#fitting;
    const fits = this.#fits;
    const code = codes[at] ?? boundary;
    const behind = rowStart(codes[at - 1] ?? boundary);
    const ahead = rowStart(codes[at + 1] ?? boundary);
    const isEnough = enoughAt(levels[0], at);
    const end = alike.starts[code + 1] ?? 0;
    let size = 0;
    for (let one = alike.starts[code] ?? 0; one < end; one += 1) {
      const other = others[one] ?? 0;
      const fit = (bitInRow(followers, behind, other) << 1) | bitInRow(leaders, ahead, other);
      fitting[size] = one;
      fits[size] = fit;
      size += (isEnough >>> fit) & 1;
    }
    return size;
  }

  /** With what stands before it, with what stands behind it. */
  #lookForPairs({ slotOfOne, markOfOne, after }: Place, size: number): void {
    const others = this.#sources.alike.codes;
    for (let one = 0; one < size; one += 1) {
      const other = others[this.#fitting[one] ?? 0] ?? 0;
      const fit = this.#fits[one] ?? 0;
      if (fit & fitsBefore) this.#pairs.add(slotStep(slotOfOne, other), markStep(markOfOne, other));
      if (fit & fitsAfter) {
        this.#pairs.add(slotStep(slotStep(0, other), after), markStep(markStep(0, other), after));
      }
    }
  }

  /**
   * Keeps those that could be better known than what stands there, and says how many: no stretch is better known than
   * what it holds. Of those, the three before, around and behind; of one that fits on one side only, that side.
   */
  #lookForThrees(place: Place, size: number): number {
    const { levels } = this.#pairs;
    const others = this.#sources.alike.codes;
    let kept = 0;
    let look = 0;
    for (let one = 0; one < size; one += 1) {
      const fit = this.#fits[one] ?? 0;
      const before = fit & fitsBefore ? (levels[look++] ?? 0) : 0;
      const after = fit & fitsAfter ? (levels[look++] ?? 0) : 0;
      const sides = Math.min(before, place.levelBefore) + Math.min(after, place.levelAfter);
      if (hintOf(sides, Math.min(before, after), before + after) <= place.asIs) continue;
      const number = this.#fitting[one] ?? 0;
      this.#fitting[kept] = number;
      this.#fits[kept] = fit;
      this.#two[kept] = before + after;
      kept += 1;
      this.#addThrees(place, others[number] ?? 0, fit);
    }
    return kept;
  }

  #addThrees(place: Place, other: number, fit: number): void {
    const { slotOfOne, markOfOne, slotOfTwo, markOfTwo, after, afterNext } = place;
    const threes = this.#threes;
    if (fit & fitsBefore) threes.add(slotStep(slotOfTwo, other), markStep(markOfTwo, other));
    if (fit === fitsBoth) {
      threes.add(slotStep(slotStep(slotOfOne, other), after), markStep(markStep(markOfOne, other), after));
    }
    if (fit & fitsAfter) {
      const slot = slotStep(slotStep(0, other), after);
      const mark = markStep(markStep(0, other), after);
      threes.add(slotStep(slot, afterNext), markStep(mark, afterNext));
    }
  }

  #hintOfBoth(one: number, look: number): number {
    const { levels } = this.#threes;
    return hintOf((levels[look] ?? 0) + (levels[look + 2] ?? 0), levels[look + 1] ?? 0, this.#two[one] ?? 0);
  }

  /** Known on one side only, it must be well known there. */
  #hintOfOne(one: number, look: number): number {
    const side = this.#threes.levels[look] ?? 0;
    return side === 0 ? 0 : hintOf(side, 0, this.#two[one] ?? 0);
  }

  rankWords({ codes, levels }: KnownStretches, at: number): Choices {
    const { grams, sounds } = this.#sources;
    const words = wordsSounding(sounds, codes[at] ?? boundary, codes[at + 1] ?? boundary);
    if (words.length === 0) return noChoices;
    const looks = this.#looksForWords(words.length / 2);
    lookForWords(looks, words, [codes[at - 1] ?? boundary, codes[at + 2] ?? boundary]);
    looks.make(grams);
    const asIs = hintOfWordAsIs(levels, at);
    const best = this.#best;
    best.clear();
    let count = 0;
    for (let word = 0; word * 2 < words.length; word += 1) {
      const look = word * looksForWord;
      const sides = twoLevels(looks.levels, look + 1, look + 2);
      const hint = hintOfWord(sides, looks.levels[look] ?? 0);
      if (sides === 0 || hint <= asIs) continue;
      count += 1;
      best.offer(word * 2, hint);
    }
    return { best: best.map((one) => wordAt(words, one)), count };
  }

  #looksForWords(words: number): GramLooks {
    const most = words * looksForWord;
    if (this.#words.most < most) this.#words = new GramLooks(2 * most);
    return this.#words;
  }
}

const looksForWord = 3;

/** The word, with what stands behind it, and with what stands before it. */
function lookForWords(
  looks: GramLooks,
  words: readonly number[],
  [before, after]: readonly [number, number],
): void {
  const [slotBefore, markBefore] = [slotStep(0, before), markStep(0, before)];
  for (let one = 0; one < words.length; one += 2) {
    const [first = boundary, second = boundary] = [words[one], words[one + 1]];
    const slot = slotStep(slotStep(0, first), second);
    const mark = markStep(markStep(0, first), second);
    looks.add(slot, mark);
    looks.add(slotStep(slot, after), markStep(mark, after));
    looks.add(slotStep(slotStep(slotBefore, first), second), markStep(markStep(markBefore, first), second));
  }
}

const noChoices: Choices = { best: [], count: 0 };

function longestList({ starts }: AlikeCharacters): number {
  let longest = 0;
  for (let code = 1; code < starts.length; code += 1) {
    longest = Math.max(longest, (starts[code] ?? 0) - (starts[code - 1] ?? 0));
  }
  return longest;
}

const shapeOf = ({ shapes }: AlikeCharacters, number: number): number => (shapes[number] ?? 0) / 100;

function choiceOf(alike: AlikeCharacters, number: number): Choice {
  const sound = alike.sounds[number] ?? 0;
  const shape = shapeOf(alike, number);
  return { codes: [alike.codes[number] ?? 0], prior: priorOf(sound, shape), sound, shape };
}

/** Which ways of fitting are enough, a bit for each. Where a neighbour fits what stands there, it has to fit another too. */
function enoughAt(twos: Uint8Array | undefined, at: number): number {
  const beforeIsFree = (twos?.[at - 1] ?? 0) > 0 ? 0 : 1;
  const afterIsFree = (twos?.[at] ?? 0) > 0 ? 0 : 1;
  return (1 << fitsBoth) | (afterIsFree << fitsBefore) | (beforeIsFree << fitsAfter);
}

const wordAt = (words: readonly number[], at: number): Choice => ({
  ...{ codes: words.slice(at, at + 2), prior: priorOfWord, sound: 1, shape: 0 },
});

const hintOfWordAsIs = ([twos, threes]: Levels, at: number): number =>
  hintOfWord(twoLevels(threes, at - 1, at), twos?.[at] ?? 0);

type Levels = KnownStretches['levels'];

const twoLevels = (levels: Uint8Array | undefined, one: number, other: number): number =>
  (levels?.[one] ?? 0) + (levels?.[other] ?? 0);

/** The same look at what stands there. */
function hintOfCharacter([twos, threes]: Levels, at: number): number {
  return hintOf(twoLevels(threes, at - 2, at), threes?.[at - 1] ?? 0, twoLevels(twos, at - 1, at));
}
