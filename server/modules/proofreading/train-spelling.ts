import { type CharacterLore, findAlike } from './alike-characters.ts';
import { MisspellingFinder, type SpellingModel } from './find-misspellings.ts';
import type { Forest } from './forest.ts';
import { rowLength } from './describe-proposal.ts';
import {
  countGrams,
  countWord,
  createCounter,
  type GramCounter,
  levelAt,
  packCounter,
} from './gram-table.ts';
import { createChance, findHomophones, type WrongWriting, writeWrong } from './inject-errors.ts';
import { lookUpStretches, margin } from './known-stretches.ts';
import type { Knowledge } from './propose-correction.ts';
import { isHan, readCodes, sentencesIn } from './spelling-text.ts';
import { trainForest } from './train-forest.ts';
import { indexSounds } from './word-sounds.ts';

export interface TrainingGround {
  readonly lore: CharacterLore;
  /** Words of two to four characters, with how frequent they are in general writing. */
  readonly dictionary: ReadonlyMap<string, number>;
}

export interface TrainingLimits {
  /** Places of the table of stretches; a power of two. */
  readonly places: number;
  readonly trees: number;
  readonly depth: number;
  /** Sentences from which errors are learned. */
  readonly sentences: number;
  /** Of clean sentences that were not learned from so large a share may be found fault with. */
  readonly falseAlarms: number;
}

export const usualLimits: TrainingLimits = {
  places: 2 ** 24,
  trees: 100,
  depth: 5,
  sentences: 20_000,
  falseAlarms: 0.0015,
};

/** A character that was seen less often, and less than once in so many characters, is nobody's correction. */
const leastSeen = 8;
const oftenEnough = 500_000;
/** A word that was seen less often is not proposed whole. */
const leastSeenWord = 3;
/** Of the sentences kept apart one in so many measures, the others teach. */
const measuring = 5;

export interface Trained {
  readonly model: SpellingModel;
  readonly characters: number;
  /** Clean sentences that measured the threshold. */
  readonly measured: number;
  readonly examples: number;
}

/**
 * Learns from texts. Most are counted at once; some are kept apart, because how an error shows can only be learned, and
 * how often a clean sentence is suspected only be measured, in sentences that were not counted. In the end all are.
 */
export class SpellingTraining {
  readonly #ground: TrainingGround;
  readonly #limits: TrainingLimits;
  readonly #counter: GramCounter;
  readonly #sentences = new SentenceSet();
  readonly #apart: string[] = [];
  #characters = 0;

  constructor(ground: TrainingGround, limits: TrainingLimits = usualLimits) {
    this.#ground = ground;
    this.#limits = limits;
    this.#counter = createCounter(limits.places);
  }

  get characters(): number {
    return this.#characters;
  }

  take(text: string, isKeptApart: boolean): void {
    this.#characters += text.length;
    if (isKeptApart) {
      this.#apart.push(text);
      return;
    }
    countGrams(this.#counter, readCodes(`\n${text}\n`));
    for (const sentence of sentencesIn(text)) this.#sentences.add(sentence);
  }

  finish(): Trained {
    const { lore, dictionary } = this.#ground;
    const { trees, depth, falseAlarms } = this.#limits;
    const knowledge = this.#knowledge();
    const unseen = this.#unseenSentences();
    const homophones = findHomophones(lore, wordsOfTwo(dictionary));
    const { alike, grams } = knowledge;
    const writing = { alike, singles: grams.singles, homophones, chance: createChance(1) };
    const teaching = unseen.filter((_, at) => at % measuring !== 0);
    const examples = gatherExamples(knowledge, writing, teaching);
    const forest = trainForest(examples, { trees, depth });
    const clean = unseen.filter((_, at) => at % measuring === 0);
    const threshold = thresholdFor({ ...knowledge, forest, threshold: 0 }, clean, falseAlarms);
    for (const text of this.#apart) countGrams(this.#counter, readCodes(`\n${text}\n`));
    const whole = { ...knowledge, grams: packCounter(this.#counter), total: this.#characters };
    const model = { ...whole, forest, threshold };
    const { characters } = this;
    return { model, characters, measured: clean.length, examples: examples.answers.length };
  }

  #knowledge(): Knowledge {
    const { lore, dictionary } = this.#ground;
    const grams = packCounter(this.#counter);
    const least = Math.max(leastSeen, this.#characters / oftenEnough);
    const usual: number[] = [];
    grams.singles.forEach((count, code) => {
      if (count >= least && isHan(code)) usual.push(code);
    });
    const counted = createCounter(2 ** 20);
    for (const [word, frequency] of dictionary) countWord(counted, word, frequency + 1);
    const isSeen = (word: string): boolean =>
      levelAt(grams, readCodes(word), 0, word.length) >= leastSeenWord;
    const sounds = indexSounds(lore, [...wordsOfTwo(dictionary).keys()].filter(isSeen));
    const total = grams.singles.reduce((sum, count) => sum + count, 0);
    return { grams, total, words: packCounter(counted), alike: findAlike(lore, usual), sounds };
  }

  /** Sentences kept apart that do not stand in what was counted, each once. */
  #unseenSentences(): readonly string[] {
    const found: string[] = [];
    for (const text of this.#apart) {
      for (const sentence of sentencesIn(text)) {
        if (readCodes(sentence).filter(isHan).length < 4 || this.#sentences.has(sentence)) continue;
        this.#sentences.add(sentence);
        found.push(sentence.trim());
      }
    }
    const every = Math.max(1, found.length / this.#limits.sentences);
    return Array.from(
      { length: Math.floor(found.length / every) },
      (_, at) => found[Math.floor(at * every)] ?? '',
    );
  }
}

const wordsOfTwo = (dictionary: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
  new Map([...dictionary].filter(([word]) => word.length === 2));

/** Which sentences were seen, their signs and figures apart; may rarely say so of one that was not. */
class SentenceSet {
  readonly #bits = new Uint32Array(2 ** 21);

  add(sentence: string): void {
    const place = this.#placeOf(sentence);
    this.#bits[place >>> 5] = (this.#bits[place >>> 5] ?? 0) | (1 << (place & 31));
  }

  has(sentence: string): boolean {
    const place = this.#placeOf(sentence);
    return (((this.#bits[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
  }

  #placeOf(sentence: string): number {
    let hash = 0x811c9dc5;
    for (const code of readCodes(sentence)) if (isHan(code)) hash = Math.imul(hash ^ code, 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 6;
  }
}

const emptyForest: Forest = {
  base: 0,
  roots: new Uint32Array(0),
  features: new Int16Array(0),
  cuts: new Float32Array(0),
  next: new Uint32Array(0),
};

/** Every sentence as it is and once written wrong: what is proposed, and whether that is what had stood there. */
function gatherExamples(
  knowledge: Knowledge,
  writing: WrongWriting,
  sentences: readonly string[],
): { readonly width: number; readonly rows: Float32Array; readonly answers: Uint8Array } {
  const finder = new MisspellingFinder({ ...knowledge, forest: emptyForest, threshold: 0 });
  const rows: Float32Array[] = [];
  const answers: number[] = [];
  for (const sentence of sentences) {
    const right = readCodes(sentence);
    for (const text of [right, writeWrong(writing, right)]) {
      const known = lookUpStretches(knowledge.grams, text);
      for (const { at, codes, row } of finder.proposals(known, margin, known.codes.length - margin)) {
        const from = at - margin;
        const isError = codes.some((_, offset) => text[from + offset] !== right[from + offset]);
        const isMended = codes.every((code, offset) => code === right[from + offset]);
        // An error that would be mended wrongly teaches neither: that something is wrong there is true.
        if (isError && !isMended) continue;
        rows.push(row);
        answers.push(isMended ? 1 : 0);
      }
    }
  }
  const joined = new Float32Array(rows.length * rowLength);
  rows.forEach((row, at) => {
    joined.set(row, at * rowLength);
  });
  return { width: rowLength, rows: joined, answers: Uint8Array.from(answers) };
}

/** The least log-odds at which no more than the share of clean sentences is found fault with. */
function thresholdFor(model: SpellingModel, clean: readonly string[], share: number): number {
  const finder = new MisspellingFinder(model);
  const highest = clean
    .map((sentence) => Math.max(-10, ...finder.find(sentence, { threshold: -2 }).map((one) => one.score)))
    .sort((one, other) => other - one);
  return (highest[Math.floor(clean.length * share)] ?? 0) + 1e-6;
}
