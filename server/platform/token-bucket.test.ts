import { describe, expect, it } from 'vitest';

import { createTokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('lets a burst through and then one after another', () => {
    const bucket = createTokenBucket({ burst: 3, every: 1_000 });
    const taken = [0, 1, 2, 3, 4].map((now) => bucket.take('a', now));
    expect(taken).toEqual([true, true, true, false, false]);
    expect(bucket.take('a', 1_004)).toBe(true);
    expect(bucket.take('a', 1_005)).toBe(false);
  });

  it('does not let one sender use up what another has', () => {
    const bucket = createTokenBucket({ burst: 1, every: 1_000 });
    expect([bucket.take('a', 0), bucket.take('a', 0), bucket.take('b', 0)]).toEqual([true, false, true]);
  });

  it('is not emptied further by asking in vain', () => {
    const bucket = createTokenBucket({ burst: 1, every: 1_000 });
    for (let now = 0; now < 999; now += 1) bucket.take('a', now);
    expect(bucket.take('a', 1_000)).toBe(true);
  });

  it('forgets the sender that was quiet for longest when there are too many', () => {
    const bucket = createTokenBucket({ burst: 1, every: 1_000_000, remembered: 2 });
    for (const sender of ['a', 'b', 'a', 'c']) bucket.take(sender, 0);
    expect(bucket.take('a', 0)).toBe(false);
    expect(bucket.take('b', 0)).toBe(true);
  });
});
