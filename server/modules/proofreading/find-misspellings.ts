import { type Forest, judge } from './forest.ts';
import { type KnownStretches, lookUpStretches, margin, putCharacter } from './known-stretches.ts';
import { isSuspicious, type Knowledge, type Proposal, Proposer } from './propose-correction.ts';
import { readCodes } from './spelling-text.ts';

/** What a process needs to find misspellings; made by training, read from one file. */
export interface SpellingModel extends Knowledge {
  readonly forest: Forest;
  /** From these log-odds on a correction is proposed to people. */
  readonly threshold: number;
}

export interface Misspelling {
  /** UTF-16 offsets, the end excluded. */
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly suggestion: string;
  /** Log-odds that the suggestion is what was meant. */
  readonly score: number;
}

export interface FindingWishes {
  /** Words that are right, whatever the model thinks: what lies within one is left alone. */
  readonly knownWords?: KnownWords;
  /** Instead of the model's own. */
  readonly threshold?: number;
}

/** Finds misspellings in text after text; keeps its working memory between them. */
export class MisspellingFinder {
  readonly #model: SpellingModel;
  readonly #proposer: Proposer;

  constructor(model: SpellingModel) {
    this.#model = model;
    this.#proposer = new Proposer(model);
  }

  /** In the order of the text. What touches is one finding. */
  find(
    text: string,
    { knownWords = noWords, threshold = this.#model.threshold }: FindingWishes = {},
  ): Misspelling[] {
    const { grams, forest } = this.#model;
    const known = lookUpStretches(grams, readCodes(text));
    const isRight = (at: number): boolean => isWithin(knownWords, text, at);
    const scores = new Map<number, number>();
    const judged = (one: Proposal): Judged[] => {
      const score = judge(forest, one.row);
      return score < threshold || isRight(one.at - margin) || isRight(one.at - margin + one.codes.length - 1)
        ? []
        : [{ ...one, score }];
    };
    let waiting = this.proposals(known, margin, known.codes.length - margin).flatMap(judged);
    // The surest first: once it stands, its neighbours are read anew in a passage that is less wrong.
    while (waiting.length > 0) {
      const best = waiting.reduce((one, other) => (other.score > one.score ? other : one));
      best.codes.forEach((code, offset) => {
        putCharacter(grams, known, best.at + offset, code);
        scores.set(best.at + offset, best.score);
      });
      const from = Math.max(margin, best.at - nearby);
      const to = Math.min(known.codes.length - margin, best.at + best.codes.length + nearby);
      const anew = this.proposals(known, from, to).filter(({ at, codes }) =>
        codes.every((_, offset) => !scores.has(at + offset)),
      );
      waiting = [
        ...waiting.filter(({ at, codes }) => at + codes.length <= from || at >= to),
        ...anew.flatMap(judged),
      ];
    }
    return joined(text, known.codes, scores);
  }

  /** What could have been meant otherwise, from one place up to another. */
  proposals(known: KnownStretches, from: number, to: number): Proposal[] {
    const found: Proposal[] = [];
    let wasSuspicious = false;
    for (let at = from; at < to; at += 1) {
      const suspicious = isSuspicious(known, at);
      const one = suspicious ? this.#proposer.propose(known, at, 1) : undefined;
      const two = suspicious && wasSuspicious ? this.#proposer.propose(known, at - 1, 2) : undefined;
      if (one) found.push(one);
      if (two) found.push(two);
      wasSuspicious = suspicious;
    }
    return found;
  }
}

/** How far a correction changes what is thought of its neighbours. */
const nearby = 6;

type Judged = Proposal & { readonly score: number };

function joined(text: string, codes: Uint16Array, scores: ReadonlyMap<number, number>): Misspelling[] {
  const found: Misspelling[] = [];
  for (const at of [...scores.keys()].sort((one, other) => one - other)) {
    const start = at - margin;
    const letter = String.fromCharCode(codes[at] ?? 0);
    const score = scores.get(at) ?? 0;
    const before = found.at(-1);
    if (before?.end === start) {
      found[found.length - 1] = {
        ...{ start: before.start, end: start + 1, found: text.slice(before.start, start + 1) },
        suggestion: before.suggestion + letter,
        score: Math.min(before.score, score),
      };
    } else
      found.push({ start, end: start + 1, found: text.slice(start, start + 1), suggestion: letter, score });
  }
  return found;
}

/** Words by each of their letters, with where in the word it stands. */
export type KnownWords = ReadonlyMap<string, readonly (readonly [word: string, offset: number])[]>;

const noWords: KnownWords = new Map();

export function indexKnownWords(words: readonly string[]): KnownWords {
  const byLetter = new Map<string, (readonly [string, number])[]>();
  for (const word of words) {
    for (let offset = 0; offset < word.length; offset += 1) {
      const letter = word.charAt(offset);
      const uses = byLetter.get(letter);
      if (uses) uses.push([word, offset]);
      else byLetter.set(letter, [[word, offset]]);
    }
  }
  return byLetter;
}

const isWithin = (words: KnownWords, text: string, at: number): boolean =>
  words.get(text.charAt(at))?.some(([word, offset]) => text.startsWith(word, at - offset)) ?? false;
