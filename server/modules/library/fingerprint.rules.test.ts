import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  bytesOf,
  estimatedLikeness,
  fingerprintOf,
  inPercent,
  likenessOf,
  minhashFrom,
  stretchesOf,
} from './fingerprint.rules.ts';

// A made-up language of some thousand words: real sentences repeat themselves, random signs do not.
const sentence = (seed: number): string =>
  Array.from({ length: 12 }, (_, place) =>
    String.fromCodePoint(0x4e00 + (((seed + 1) * 7919 + place * 104_729 + seed * place * 31) % 3_000)),
  ).join('');
const textOf = (...seeds: readonly number[]): string => seeds.map(sentence).join('，');
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, place) => from + place);
const share = (one: string, other: string): number => likenessOf(stretchesOf(one), stretchesOf(other));

const known = (text: string) => {
  const fingerprint = fingerprintOf(text);
  if (!fingerprint) throw new Error('too short');
  return fingerprint;
};
const meet = (one: string, other: string): boolean => {
  const bands = new Set(known(one).bands);
  return known(other).bands.some((band) => bands.has(band));
};

describe('the likeness of two texts', () => {
  it('is the same whichever is asked first, whole for a text with itself, and nothing for strangers', () => {
    const seeds = fc.uniqueArray(fc.integer({ min: 0, max: 500 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(seeds, seeds, (one, other) => {
        const [a, b] = [textOf(...one), textOf(...other)];
        expect(share(a, b)).toBe(share(b, a));
        expect(share(a, a)).toBe(1);
      }),
    );
    expect(share(textOf(1, 2, 3), textOf(401, 402, 403))).toBe(0);
  });

  it('does not look at spaces, signs and widths', () => {
    expect(
      share(
        '各有关单位：现将２０２６年的计划印发给你们，请认真执行。',
        '各有关单位 现将2026年的计划印发给你们 请认真执行',
      ),
    ).toBe(1);
  });

  it('is a hundred hundredths only when nothing differs', () => {
    expect(inPercent(0.9999)).toBe(99);
    expect(inPercent(1)).toBe(100);
  });
});

describe('a fingerprint', () => {
  it('is that of the text, whenever it is taken, and survives being stored', () => {
    const text = textOf(...range(0, 30));
    expect(known(text)).toEqual(known(text));
    expect(minhashFrom(bytesOf(known(text).minhash))).toEqual(known(text).minhash);
    expect(known(text).bands.every((band) => Number.isInteger(band) && Math.abs(band) <= 2 ** 31)).toBe(true);
  });

  it('of two versions meets, of strangers does not', () => {
    for (const start of range(0, 20)) {
      const old = textOf(...range(start, start + 40));
      const now = textOf(...range(start, start + 20), 900 + start, ...range(start + 21, start + 40));
      expect(meet(old, now)).toBe(true);
      expect(meet(old, textOf(...range(1_000 + start * 50, 1_040 + start * 50)))).toBe(false);
    }
  });

  it('estimates what two texts share', () => {
    for (const common of [10, 20, 30]) {
      const [one, other] = [
        textOf(...range(0, 40)),
        textOf(...range(0, common), ...range(600, 640 - common)),
      ];
      const estimate = estimatedLikeness(known(one).minhash, known(other).minhash);
      expect(Math.abs(estimate - share(one, other))).toBeLessThan(0.2);
    }
  });

  it('is not taken of a line or two', () => {
    expect(fingerprintOf('通知')).toBeUndefined();
    expect(fingerprintOf('')).toBeUndefined();
  });
});
