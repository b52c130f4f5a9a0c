import { describeSide, describeSurroundings, RowWriter } from './describe-proposal.ts';
import type { GramTable } from './gram-table.ts';
import {
  backwardLikelihood,
  createPassage,
  forwardLikelihood,
  type KnownStretches,
  type Passage,
  readPassage,
  replacePassage,
} from './known-stretches.ts';
import { type Choice, ChoiceRanker, type ChoiceSources } from './rank-choices.ts';
import { boundary, isHan } from './spelling-text.ts';

/** What the texts and the dictionary tell. */
export interface Knowledge extends ChoiceSources {
  /** Characters in all texts together. */
  readonly total: number;
  /** The dictionary's words, with how frequent they are in general writing. */
  readonly words: GramTable;
}

/** One or two characters that could have been meant as others. */
export interface Proposal {
  /** Where, in the codes of the known stretches. */
  readonly at: number;
  readonly codes: readonly number[];
  /** What speaks for and against it, for the forest. */
  readonly row: Float32Array;
}

/** Whether something about a character is unusual: most of a clean text is not, and costs nothing more. */
export function isSuspicious({ codes, levels }: KnownStretches, at: number): boolean {
  if (!isHan(codes[at] ?? boundary)) return false;
  const [, threes, fours] = levels;
  return isStrangeIn(threes, at, threesKnown) && isStrangeIn(fours, at, foursKnown);
}

interface KnownEnough {
  readonly length: number;
  /** So many stretches that hold the character are known, one of them at least this well. */
  readonly stretches: number;
  readonly level: number;
}

const threesKnown: KnownEnough = { length: 3, stretches: 3, level: 1 };
const foursKnown: KnownEnough = { length: 4, stretches: 2, level: 3 };

function isStrangeIn(levels: Uint8Array | undefined, at: number, enough: KnownEnough): boolean {
  let [stretches, best] = [0, 0];
  for (let start = at - enough.length + 1; start <= at; start += 1) {
    const level = levels?.[start] ?? 0;
    if (level > 0) stretches += 1;
    if (level > best) best = level;
  }
  return stretches < enough.stretches || best < enough.level;
}

/** What is not at least this much likelier is not worth a judgement; a logarithm. */
const leastGain = 1;
/** A choice that is alone is as far ahead of the next as it gets. */
const farthestAhead = 50;

interface Weighed {
  readonly choice: Choice;
  readonly forward: number;
  readonly backward: number;
  /** How much likelier it is than the next best. */
  readonly ahead: number;
}

/** Weighs proposals; keeps its working memory, so a process makes one and uses it for text after text. */
export class Proposer {
  readonly #knowledge: Knowledge;
  readonly #ranker: ChoiceRanker;
  readonly #asIs = createPassage();
  readonly #trial = createPassage();

  constructor(knowledge: Knowledge) {
    this.#knowledge = knowledge;
    this.#ranker = new ChoiceRanker(knowledge);
  }

  /** The likeliest other reading of one or two characters; undefined when none is likelier than what stands there. */
  propose(known: KnownStretches, at: number, width: 1 | 2): Proposal | undefined {
    const { grams, total, words } = this.#knowledge;
    const { best, count } =
      width === 1 ? this.#ranker.rankCharacters(known, at) : this.#ranker.rankWords(known, at);
    if (best.length === 0) return undefined;
    readPassage(grams, known, { at, width }, this.#asIs);
    const forward = forwardLikelihood(this.#asIs, total);
    const backward = backwardLikelihood(this.#asIs, total);
    const weighed = this.#weigh(best);
    if (!weighed || weighed.forward + weighed.backward < forward + backward + leastGain) return undefined;
    const { choice, ahead } = weighed;
    const writer = new RowWriter();
    const figures = [weighed.forward - forward, weighed.backward - backward, forward, backward];
    figures.push(Math.min(farthestAhead, ahead), count, width, choice.sound, choice.shape);
    for (const figure of figures) writer.add(figure);
    describeSide(words, this.#asIs, writer);
    describeSide(words, this.#with(choice), writer);
    describeSurroundings(known, at, this.#asIs, writer);
    return { at, codes: Array.from(choice.codes), row: writer.row };
  }

  #with({ codes }: Choice): Passage {
    replacePassage(this.#knowledge.grams, this.#asIs, codes, this.#trial);
    return this.#trial;
  }

  #weigh(choices: readonly Choice[]): Weighed | undefined {
    const { total } = this.#knowledge;
    let [best, second] = [-Infinity, -Infinity];
    let found: Omit<Weighed, 'ahead'> | undefined;
    for (const choice of choices) {
      const passage = this.#with(choice);
      const forward = forwardLikelihood(passage, total);
      const backward = backwardLikelihood(passage, total);
      const likelihood = forward + backward + choice.prior;
      if (likelihood > best) {
        [second, best] = [best, likelihood];
        found = { choice, forward, backward };
      } else second = Math.max(second, likelihood);
    }
    return found && { ...found, ahead: best - second };
  }
}
