import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { dayInChina, minuteInChina, yearInChina } from './china-time.ts';

describe('the clock on a wall in China', () => {
  it('is what Intl says, at every instant since the last summer time', () => {
    const parts = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Asia/Shanghai',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const instant = fc.date({
      min: new Date('1992-01-01'),
      max: new Date('2100-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (at) => {
        expect(minuteInChina(at)).toBe(parts.format(at));
      }),
      { numRuns: 50 },
    );
  });

  it('begins the day and the year at 16:00 of the world clock', () => {
    const before = new Date('2026-12-31T15:59:59.999Z');
    const after = new Date('2026-12-31T16:00:00Z');
    expect([dayInChina(before), yearInChina(before)]).toEqual(['2026-12-31', 2026]);
    expect([dayInChina(after), yearInChina(after)]).toEqual(['2027-01-01', 2027]);
  });
});
