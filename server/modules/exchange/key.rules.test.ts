import { describe, expect, it } from 'vitest';

import { isKeyOf, keyIn, makeKey, prefixOf } from './key-text.ts';
import { keyStateOf, limitExceeded } from './key.rules.ts';

const at = (time: string): Date => new Date(time);
const never = { expiresAt: null, revokedAt: null };

describe('the state of a key', () => {
  it('is active until its end, and over when it was revoked', () => {
    const now = at('2026-11-26T00:00:00Z');
    expect(keyStateOf(never, now)).toBe('active');
    expect(keyStateOf({ ...never, expiresAt: at('2026-11-26T00:00:01Z') }, now)).toBe('active');
    expect(keyStateOf({ ...never, expiresAt: now }, now)).toBe('expired');
    expect(keyStateOf({ expiresAt: now, revokedAt: now }, now)).toBe('revoked');
  });
});

describe('the quota of a key', () => {
  it.each([
    [1, 1, null],
    [2, 10, null],
    [3, 9, 'minute'],
    [1, 11, 'day'],
    [3, 11, 'day'],
  ] as const)('with %d in the minute and %d on the day is over by %s', (minuteUsed, dayUsed, limit) => {
    expect(limitExceeded({ minuteUsed, dayUsed }, { perMinute: 2, perDay: 10 })).toBe(limit);
  });
});

describe('the text of a key', () => {
  it('is known by its digest, and its prefix stands in it', () => {
    const { text, digest, prefix } = makeKey();
    expect(isKeyOf(text, digest)).toBe(true);
    expect(isKeyOf(`${text}x`, digest)).toBe(false);
    expect(prefixOf(text)).toBe(prefix);
    expect(makeKey().text).not.toBe(text);
  });

  it('is found in both forms of Authorization, and nowhere else', () => {
    expect(keyIn('Bearer abc')).toBe('abc');
    expect(keyIn('bearer  abc')).toBe('abc');
    expect(keyIn(`Basic ${Buffer.from('x:a:b').toString('base64')}`)).toBe('a:b');
    expect(keyIn(undefined)).toBeUndefined();
    expect(keyIn('Digest abc')).toBeUndefined();
  });

  it.each(['', 'jiyue_', 'jiyue_ABCDEFGHIJ_x', 'other_0123456789_x'])('%s has no prefix', (text) => {
    expect(prefixOf(text)).toBeUndefined();
  });
});
