import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Calendar, lastWorkingDay } from './working-days.ts';

const calendar: Calendar = {
  years: new Set([2026]),
  exceptions: new Map([
    ['2026-10-01', false],
    ['2026-10-02', false],
    ['2026-10-05', false],
    ['2026-10-06', false],
    ['2026-10-07', false],
    ['2026-10-10', true],
  ]),
};

describe('a time limit in working days', () => {
  it('begins on the day after, and leaves out the weekend', () => {
    expect(lastWorkingDay(calendar, '2026-11-26', 1)).toBe('2026-11-27');
    expect(lastWorkingDay(calendar, '2026-11-26', 3)).toBe('2026-12-01');
    expect(lastWorkingDay(calendar, '2026-11-28', 1)).toBe('2026-11-30');
  });

  it('leaves out holidays and counts weekends that are worked', () => {
    expect(lastWorkingDay(calendar, '2026-09-30', 1)).toBe('2026-10-08');
    expect(lastWorkingDay(calendar, '2026-09-30', 3)).toBe('2026-10-10');
  });

  it('is unknown when it reaches into a year whose holidays are not known', () => {
    expect(lastWorkingDay(calendar, '2026-12-30', 1)).toBe('2026-12-31');
    expect(lastWorkingDay(calendar, '2026-12-30', 2)).toBeNull();
    expect(lastWorkingDay(calendar, '2025-12-30', 1)).toBeNull();
  });

  it('never ends earlier with one day more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 20 }), (offset, count) => {
        const from = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
        const shorter = lastWorkingDay(calendar, from, count);
        const longer = lastWorkingDay(calendar, from, count + 1);
        expect(shorter === null || shorter > from).toBe(true);
        expect(longer === null || (shorter !== null && longer > shorter)).toBe(true);
      }),
    );
  });
});
