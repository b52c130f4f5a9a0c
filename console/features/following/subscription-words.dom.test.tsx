import { describe, expect, it } from 'vitest';

import { itemStates, type Subscription } from '../../../contracts/following.ts';
import { firstShown, isUnderWay, leftOutText, retryText } from './subscription-words.ts';

const now = new Date('2026-11-27T02:00:00.000Z');
const later = '2026-11-27T02:10:00.000Z';
const earlier = '2026-11-27T01:30:00.000Z';
const counts = (some: Partial<Subscription['counts']>) => ({
  counts: { ...Object.fromEntries(itemStates.map((state) => [state, 0])), ...some } as Subscription['counts'],
});

describe('a subscription', () => {
  it.each([
    ['reads for the first time', { state: 'active', caughtUpAt: null, nextAt: later, trouble: null }, true],
    ['rests', { state: 'active', caughtUpAt: earlier, nextAt: later, trouble: null }, false],
    ['has more to read', { state: 'active', caughtUpAt: earlier, nextAt: earlier, trouble: null }, true],
    ['is paused', { state: 'paused', caughtUpAt: null, nextAt: earlier, trouble: null }, false],
    [
      'waits for its next try',
      {
        state: 'active',
        caughtUpAt: earlier,
        nextAt: later,
        trouble: { code: 'x', message: 'x', since: earlier },
      },
      true,
    ],
  ] as const)('that %s is looked at again by itself: %j', (_what, subscription, isLooked) => {
    expect(isUnderWay(subscription, now)).toBe(isLooked);
  });

  it('says how much was not taken, as far as it is counted', () => {
    expect(leftOutText(counts({ 'set-aside': 2, refused: 3, taken: 1_000 }))).toBe('5');
    expect(leftOutText(counts({ refused: 1_000 }))).toBe('1000+');
  });

  it('shows first what somebody may have to do something about', () => {
    expect(firstShown(counts({ refused: 1, 'set-aside': 1 }))).toBe('set-aside');
    expect(firstShown(counts({ refused: 1 }))).toBe('refused');
    expect(firstShown(counts({}))).toBe('taken');
  });
});

it('what is set aside says how often it was tried and when it is tried again', () => {
  expect(retryText({ tries: 3, since: earlier, retryAt: later }, now)).toBe(
    '试了 3 次没有成功，今天 09:30起；2026-11-27 10:10 再试',
  );
  expect(retryText({ tries: 0, since: earlier, retryAt: earlier }, now)).toBe('马上再试');
});
