import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { afterFailure, type FailedTry, readRetryAfter, webhookStateOf } from './retry.rules.ts';

const now = new Date('2026-11-27T00:00:00Z');
const aTry = (part: Partial<FailedTry>): FailedTry => ({
  tries: 1,
  now,
  retryAfter: null,
  failingSince: now,
  chance: 0.5,
  ...part,
});
const seconds = (at: Date | null): number | null =>
  at === null ? null : Math.round((at.getTime() - now.getTime()) / 1_000);

describe('a try that failed', () => {
  it('is followed by others on the schedule of the specification, and after the tenth by none', () => {
    const waits = Array.from({ length: 10 }, (_, at) => seconds(afterFailure(aTry({ tries: at + 1 })).dueAt));
    expect(waits).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
  });

  it('holds back what comes after it twice, and then lets it pass', () => {
    const holds = [1, 2, 3, 9, 10].map((tries) => seconds(afterFailure(aTry({ tries })).heldUntil));
    expect(holds).toEqual([5, 300, 5, 5, 5]);
  });

  it('is never repeated before the receiver wants it, and a day later at the latest because of that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, retryAfter, chance) => {
          const { dueAt, heldUntil } = afterFailure(aTry({ tries, retryAfter, chance }));
          const asked = Math.min(retryAfter, 86_400_000);
          expect(heldUntil.getTime() - now.getTime()).toBeGreaterThanOrEqual(asked);
          expect(heldUntil.getTime() - now.getTime()).toBeLessThanOrEqual(Math.max(asked, 330_000));
          if (dueAt !== null) expect(dueAt.getTime() - now.getTime()).toBeGreaterThanOrEqual(asked);
        },
      ),
    );
  });

  it('varies by a tenth, so that many do not come back together', () => {
    const early = seconds(afterFailure(aTry({ tries: 2, chance: 0 })).dueAt);
    const late = seconds(afterFailure(aTry({ tries: 2, chance: 1 })).dueAt);
    expect([early, late]).toEqual([270, 330]);
  });

  it('after three days without any success is hopeless', () => {
    const since = (days: number) => new Date(now.getTime() - days * 86_400_000);
    expect(afterFailure(aTry({ failingSince: since(2.9) })).isHopeless).toBe(false);
    expect(afterFailure(aTry({ failingSince: since(3) })).isHopeless).toBe(true);
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Fri, 27 Nov 2026 00:01:00 GMT', 60_000],
    ['Thu, 26 Nov 2026 00:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['1e9', null],
    ['', null],
    [undefined, null],
  ])('%s asks for %s milliseconds', (header, milliseconds) => {
    expect(readRetryAfter(header, now)).toBe(milliseconds);
  });
});

it('an endpoint is paused before it is failing, and failing before it is active', () => {
  expect(webhookStateOf({ pausedAt: now, failures: 3 })).toBe('paused');
  expect(webhookStateOf({ pausedAt: null, failures: 1 })).toBe('failing');
  expect(webhookStateOf({ pausedAt: null, failures: 0 })).toBe('active');
});
