import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sentencesOfSmall, trainSmall } from '../../../test/factories/spelling.ts';
import { GramLooks, levelAt, longestGram, markStep, slotStep } from './gram-table.ts';
import { type KnownStretches, lookUpStretches, margin, putCharacter } from './known-stretches.ts';
import { type Choices, ChoiceRanker } from './rank-choices.ts';
import { readCodes } from './spelling-text.ts';
import { wordsSounding } from './word-sounds.ts';

const { grams, alike, sounds } = trainSmall().model;
const letters = [...new Set([...sentencesOfSmall()].join('') + '建检心喜欣工声官物社权证末')];
const anyText = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 30 })
  .map((one) => readCodes(one.join('')));
/** Beginnings and ends of sentences of the language with errors of its kind: most stretches are known. */
const aNearText = fc
  .record({
    sentences: fc.array(fc.constantFrom(...sentencesOfSmall()), { minLength: 1, maxLength: 4 }),
    lengths: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 4, maxLength: 4 }),
    errors: fc.array(fc.nat(), { minLength: 50, maxLength: 50 }),
  })
  .map(({ sentences, lengths, errors }) => {
    const codes = readCodes(
      sentences.map((one, at) => one.slice(0, lengths[at]) + one.slice(-(lengths[at] ?? 1))).join(''),
    );
    return codes.map((code, at) => {
      const others = alike.codes.subarray(alike.starts[code], alike.starts[code + 1]);
      const error = errors[at] ?? 0;
      return error % 3 === 0 ? (others[error % (others.length || 1)] ?? code) : code;
    });
  });
const text = fc.oneof(anyText, aNearText);

const level = (codes: readonly number[]): number => levelAt(grams, Uint16Array.from(codes), 0, codes.length);

interface Hinted {
  readonly codes: readonly number[];
  readonly hint: number;
  readonly prior: number;
}

/** All of them, one after the other, each looked at in full. */
function plainlyRanked(all: readonly Hinted[], asIs: number): unknown {
  const better = all.filter(({ hint }) => hint > asIs);
  const best = better.toSorted((one, other) => other.hint + 6 * other.prior - (one.hint + 6 * one.prior));
  return { count: better.length, best: best.slice(0, 4).map(({ codes }) => codes) };
}

function plainCharacters({ codes }: KnownStretches, at: number): unknown {
  const [a, b, own, d, e] = codes.subarray(at - 2, at + 3) as unknown as [
    number,
    number,
    number,
    number,
    number,
  ];
  const hint = (x: number): number =>
    level([a, b, x]) + level([x, d, e]) + 1.5 * level([b, x, d]) + 0.5 * (level([b, x]) + level([x, d]));
  const hintOfFitting = (x: number): number | undefined => {
    const [before, after] = [level([b, x]) > 0, level([x, d]) > 0];
    if ((!before && (level([b, own]) > 0 || !after)) || (!after && level([own, d]) > 0)) return undefined;
    const side = before ? level([a, b, x]) : level([x, d, e]);
    return (before && after) || side > 0 ? hint(x) : 0;
  };
  const others = alike.codes.slice(alike.starts[own], alike.starts[own + 1]);
  const all = [...others].flatMap((other, nth): Hinted[] => {
    const one = (alike.starts[own] ?? 0) + nth;
    const prior = [-6 + (4 * (alike.shapes[one] ?? 0)) / 100, -2.5, 0][alike.sounds[one] ?? 0] ?? 0;
    const found = hintOfFitting(other);
    return found === undefined ? [] : [{ codes: [other], prior, hint: found }];
  });
  return plainlyRanked(all, hint(own));
}

function plainWords({ codes }: KnownStretches, at: number): unknown {
  const [before = 0, one = 0, two = 0, after = 0] = codes.subarray(at - 1, at + 3);
  const sidesOf = (x: number, y: number): number => level([before, x, y]) + level([x, y, after]);
  const hint = (x: number, y: number): number => sidesOf(x, y) + 0.2 * level([x, y]);
  const words = wordsSounding(sounds, one, two);
  const all: Hinted[] = [];
  for (let word = 0; word < words.length; word += 2) {
    const [x = 0, y = 0] = words.slice(word, word + 2);
    if (sidesOf(x, y) > 0) all.push({ codes: [x, y], prior: 0, hint: hint(x, y) });
  }
  return plainlyRanked(all, hint(one, two));
}

const plain = ({ best, count }: Choices): unknown => ({
  count,
  best: best.map(({ codes }) => Array.from(codes)),
});

describe('a quick look at many choices', () => {
  const ranker = new ChoiceRanker({ grams, alike, sounds });

  it('leaves nothing out that a look at each of them in full would have found', () => {
    let found = 0;
    fc.assert(
      fc.property(text, (codes) => {
        const known = lookUpStretches(grams, codes);
        for (let at = margin; at < known.codes.length - margin; at += 1) {
          const characters = ranker.rankCharacters(known, at);
          found += characters.count;
          expect(plain(characters)).toEqual(plainCharacters(known, at));
          expect(plain(ranker.rankWords(known, at))).toEqual(plainWords(known, at));
        }
      }),
      { numRuns: 200 },
    );
    expect(found).toBeGreaterThan(100);
  });
});

describe('looks that are made together', () => {
  it('find what each of them finds alone', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 20 }), (stretches) => {
        const looks = new GramLooks(stretches.length);
        for (const codes of stretches) looks.add(codes.reduce(slotStep, 0), codes.reduce(markStep, 0));
        looks.make(grams);
        expect([...looks.levels]).toEqual(stretches.map((codes) => levelAt(grams, codes, 0, codes.length)));
      }),
    );
  });

  it('know of a text every stretch, also after a character was replaced', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.constantFrom(...letters), (codes, place, letter) => {
        const known = lookUpStretches(grams, codes);
        putCharacter(grams, known, margin + (place % codes.length), letter.charCodeAt(0));
        for (let start = 0; start < known.codes.length; start += 1) {
          for (let length = 2; length <= longestGram && start + length <= known.codes.length; length += 1) {
            const shorter = length === 2 || (known.levels[length - 3]?.[start] ?? 0) > 0;
            const alone = shorter ? levelAt(grams, known.codes, start, length) : 0;
            expect(known.levels[length - 2]?.[start]).toBe(alone);
          }
        }
      }),
    );
  });
});
