import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  bitsOf,
  bytesPerBlock,
  changedBlock,
  commonBits,
  countBits,
  idsPerBlock,
  placesOf,
} from './id-block.rules.ts';

const place = fc.integer({ min: 0, max: idsPerBlock - 1 });
const places = fc.oneof(
  fc.uniqueArray(place, { maxLength: 20 }),
  // So many that a list of them is longer than bits.
  fc.integer({ min: 1, max: 10 }).map((step) => Array.from({ length: 1_500 }, (_, at) => at * step)),
);
const inOrder = (of: Iterable<number>): number[] => [...of].sort((one, other) => one - other);
const stored = (of: readonly number[]) => changedBlock(undefined, { added: of, removed: [] });

describe('a block of ids', () => {
  it('holds what was added and not removed, in its shorter form, and is nothing without any', () => {
    fc.assert(
      fc.property(places, places, places, (first, added, removed) => {
        const now = changedBlock(stored(first), { added, removed });
        const wanted = new Set(first);
        for (const one of removed) wanted.delete(one);
        for (const one of added) wanted.add(one);
        expect(now === undefined).toBe(wanted.size === 0);
        if (!now) return;
        expect(now.length).toBe(Math.min(wanted.size * 2, bytesPerBlock));
        expect(placesOf(bitsOf(now))).toEqual(inOrder(wanted));
        expect(countBits(bitsOf(now))).toBe(wanted.size);
      }),
      { numRuns: 60 },
    );
  });

  it('has in common with others what all of them hold', () => {
    fc.assert(
      fc.property(places, places, (one, other) => {
        const blocks = [stored(one) ?? Buffer.alloc(0), stored(other) ?? Buffer.alloc(0)];
        expect(placesOf(commonBits(blocks))).toEqual(inOrder(one.filter((at) => other.includes(at))));
      }),
      { numRuns: 60 },
    );
  });
});
