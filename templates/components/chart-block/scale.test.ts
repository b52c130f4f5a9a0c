import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shareOf, ticksFor, writeNumber } from './scale.ts';

// The bounds are those of the contract: what an editor may type.
const values = fc.array(
  fc.double({ min: -1e15, max: 1e15, noNaN: true }).map((value) => Number(value.toPrecision(10))),
  { minLength: 1, maxLength: 24 },
);

describe('the scale of a chart', () => {
  test('holds every value and zero, in a few even steps', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const ticks = ticksFor(numbers);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
        for (const value of [0, ...numbers]) {
          const share = shareOf(value, ticks);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('keeps the order of values', () => {
    fc.assert(
      fc.property(values, (numbers) => {
        const ticks = ticksFor(numbers);
        const sorted = [...numbers].sort((one, other) => one - other).map((value) => shareOf(value, ticks));
        expect(sorted).toEqual([...sorted].sort((one, other) => one - other));
      }),
    );
  });

  test('has round numbers', () => {
    expect(ticksFor([2.31, 3.61])).toEqual([0, 1, 2, 3, 4]);
    expect(ticksFor([812, 304])).toEqual([0, 250, 500, 750, 1000]);
    expect(ticksFor([-4.2, 12.5])).toEqual([-5, 0, 5, 10, 15]);
    expect(ticksFor([0.1, 0.3])).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test('is there even when all values are zero', () => {
    expect(ticksFor([0, 0])).toEqual([0, 1]);
  });
});

test('numbers are grouped by thousands and keep their parts', () => {
  expect([1234567.5, -1200, 0, 99.25, 1e15].map(writeNumber)).toEqual([
    '1,234,567.5',
    '−1,200',
    '0',
    '99.25',
    '1,000,000,000,000,000',
  ]);
});
