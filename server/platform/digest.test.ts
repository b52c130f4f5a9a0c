import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson, digestOf } from './digest.ts';

/** The same value with the keys of every object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe('a digest', () => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('survives being stored and read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(digestOf(JSON.parse(JSON.stringify(value))).equals(digestOf(value))).toBe(true);
      }),
    );
  });

  it('differs when the order of a list or any value differs', () => {
    expect(digestOf([1, 2])).not.toEqual(digestOf([2, 1]));
    expect(digestOf({ a: '1' })).not.toEqual(digestOf({ a: 1 }));
    expect(digestOf({ a: { b: 1 } })).not.toEqual(digestOf({ a: { b: 2 } }));
  });
});
