import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ReviewStep, StepLimit } from '../../../contracts/review.ts';
import type { WorkingTime } from '../../platform/working-time.ts';
import { stepTimes } from './begin-step.ts';
import { callsAt, deadlineState, nextCall } from './step-times.rules.ts';

const time: WorkingTime = {
  calendar: { years: new Set([2026]), exceptions: new Map([['2026-10-01', false]]) },
  spans: [
    [8 * 60 + 30, 12 * 60],
    [14 * 60, 17 * 60 + 30],
  ],
};
const at = (text: string): Date => new Date(`${text}+08:00`);
const step = (limit: StepLimit, escalateAfter?: StepLimit): ReviewStep => ({
  key: 'first',
  name: '初审',
  role: 'reviewer',
  limit,
  ...(escalateAfter ? { escalateAfter } : {}),
});

function timesOf(limit: StepLimit, from: Date, after?: StepLimit) {
  const times = stepTimes(time, step(limit, after), from);
  if (!times) throw new Error('a step with a limit has times');
  return times;
}

describe('the times of a step', () => {
  it('are none without a limit', () => {
    expect(stepTimes(time, { key: 'first', name: '初审', role: 'reviewer' }, new Date())).toBeNull();
  });

  it('remind a working day before a long limit is over, and escalate a working day after', () => {
    expect(timesOf({ amount: 5, unit: 'days' }, at('2026-11-23T10:00'))).toEqual({
      soonAt: at('2026-11-27T17:30'),
      dueAt: at('2026-11-30T17:30'),
      escalateAt: at('2026-12-01T17:30'),
    });
  });

  it('remind at half of a short one, and escalate when the step says so', () => {
    const times = timesOf({ amount: 4, unit: 'hours' }, at('2026-11-26T08:30'), { amount: 2, unit: 'hours' });
    expect(times).toEqual({
      soonAt: at('2026-11-26T10:30'),
      dueAt: at('2026-11-26T14:30'),
      escalateAt: at('2026-11-26T16:30'),
    });
  });

  it('follow each other, and every instant has its calls and the next one', () => {
    const limits = fc.record({
      amount: fc.integer({ min: 1, max: 99 }),
      unit: fc.constantFrom('hours' as const, 'days' as const),
    });
    const minutes = fc.integer({ min: 0, max: 400_000 });
    fc.assert(
      fc.property(
        limits,
        limits,
        minutes,
        fc.integer({ min: 0, max: 300_000 }),
        (limit, after, begin, later) => {
          const from = new Date(at('2026-01-01T00:00').getTime() + begin * 60_000);
          const times = timesOf(limit, from, after);
          const { soonAt, dueAt, escalateAt } = times;
          expect(from <= soonAt && soonAt < dueAt && dueAt < escalateAt).toBe(true);
          const now = new Date(from.getTime() + later * 60_000);
          const calls = callsAt(times, now);
          const next = nextCall(times, now);
          expect(next === null).toBe(calls.includes('escalated'));
          if (next) expect(next > now && callsAt(times, next).length > 0).toBe(true);
          expect(deadlineState(times, now)).toBe(
            now >= dueAt ? 'overdue' : calls.includes('soon') ? 'soon' : 'running',
          );
        },
      ),
      { numRuns: 40 },
    );
  });
});
