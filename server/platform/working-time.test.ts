import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { afterWork, endOfLimit, type TimeLimit, workBetween, type WorkingTime } from './working-time.ts';

const time: WorkingTime = {
  calendar: {
    years: new Set([2026]),
    exceptions: new Map([
      ['2026-10-01', false],
      ['2026-10-02', false],
      ['2026-10-05', false],
      ['2026-10-06', false],
      ['2026-10-07', false],
      ['2026-10-10', true],
    ]),
  },
  spans: [
    [8 * 60 + 30, 12 * 60],
    [14 * 60, 17 * 60 + 30],
  ],
};
const at = (text: string): Date => new Date(`${text}+08:00`);
const end = (from: string, amount: number, unit: TimeLimit['unit']): string =>
  new Date(endOfLimit(time, at(from), { amount, unit }).getTime() + 8 * 3_600_000).toISOString().slice(0, 16);

describe('a time limit', () => {
  it('in days is over at the end of work, and leaves out weekends and holidays', () => {
    expect(end('2026-11-27T09:00', 1, 'days')).toBe('2026-11-30T17:30');
    expect(end('2026-09-30T16:00', 1, 'days')).toBe('2026-10-08T17:30');
    expect(end('2026-09-30T16:00', 3, 'days')).toBe('2026-10-10T17:30');
  });

  it('in hours counts only hours in which work is done', () => {
    expect(end('2026-11-27T09:00', 2, 'hours')).toBe('2026-11-27T11:00');
    expect(end('2026-11-27T11:00', 2, 'hours')).toBe('2026-11-27T15:00');
    expect(end('2026-11-27T17:00', 1, 'hours')).toBe('2026-11-30T09:00');
    expect(end('2026-11-28T03:00', 1, 'hours')).toBe('2026-11-30T09:30');
  });

  it('goes by weekends in a year whose holidays are not known', () => {
    expect(end('2027-01-01T09:00', 1, 'days')).toBe('2027-01-04T17:30');
  });
});

describe('working time', () => {
  const instants = fc
    .integer({ min: 0, max: 500_000 })
    .map((minutes) => new Date(at('2026-01-01T00:00').getTime() + minutes * 60_000));

  it('that is none at all is an error and no endless wait', () => {
    const never = { ...time, spans: [] };
    expect(() => afterWork(never, at('2026-11-27T09:00'), 1)).toThrow('no time to work');
    expect(workBetween(never, at('2026-11-27T09:00'), at('2026-12-27T09:00'))).toBe(0);
  });

  it('measures what it adds', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: 0, max: 5000 }), (from, minutes) => {
        const to = afterWork(time, from, minutes);
        expect(to.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(workBetween(time, from, to)).toBe(minutes);
      }),
      { numRuns: 50 },
    );
  });
});
