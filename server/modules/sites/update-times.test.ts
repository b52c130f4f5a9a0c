import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ruleFrom, ruleText, type UpdateRule } from '../../../contracts/sites.ts';
import { dueAfter, isOverdue, soonAfter, updateStateOf } from './update-times.ts';

const day = 86_400_000;
const now = new Date('2026-11-22T00:00:00Z');
const ago = (milliseconds: number): Date => new Date(now.getTime() - milliseconds);
const warning = { soonPercent: 80, fortnightDays: 10, escalateDays: 3, topicDays: 14 };
const fortnight: UpdateRule = { kind: 'days', days: 14 };
const halfYear: UpdateRule = { kind: 'months', months: 6 };
const event: UpdateRule = { kind: 'event', words: '人事变动后及时更新' };

describe('an overdue column', () => {
  const facts = { updateRule: fortnight, lastEntryAt: ago(14 * day), closed: false };

  it('is late only after its last day is over', () => {
    expect(isOverdue(facts, now)).toBe(false);
    expect(isOverdue({ ...facts, lastEntryAt: ago(14 * day + 1) }, now)).toBe(true);
  });

  it('without any entry is late at once', () => {
    expect(isOverdue({ ...facts, lastEntryAt: null }, now)).toBe(true);
  });

  it('has no duty when closed, without a rule, or while it waits for an event', () => {
    expect(isOverdue({ ...facts, lastEntryAt: null, closed: true }, now)).toBe(false);
    expect(isOverdue({ ...facts, lastEntryAt: null, updateRule: null }, now)).toBe(false);
    for (const lastEntryAt of [null, new Date(0)])
      expect(isOverdue({ ...facts, lastEntryAt, updateRule: event }, now)).toBe(false);
  });
});

describe('months of the calendar', () => {
  it('let the whole corresponding day of China pass', () => {
    const due = dueAfter(halfYear, new Date('2026-05-26T18:30:00Z'));
    expect(due).toEqual(new Date('2026-11-27T16:00:00Z'));
    const facts = { updateRule: halfYear, lastEntryAt: new Date('2026-05-26T18:30:00Z'), closed: false };
    expect(isOverdue(facts, new Date('2026-11-27T15:59:59Z'))).toBe(false);
    expect(isOverdue(facts, new Date('2026-11-27T16:00:01Z'))).toBe(true);
  });
});

describe('a column that is soon overdue', () => {
  const state = (updateRule: UpdateRule | null, idle: number) =>
    updateStateOf({ updateRule, lastEntryAt: ago(idle * day), closed: false }, now, warning);

  it('has passed ten of fourteen days, or the said share of any other interval', () => {
    expect([9, 10, 14, 15].map((idle) => state(fortnight, idle))).toEqual([
      'fresh',
      'soon',
      'soon',
      'overdue',
    ]);
    const tenDays: UpdateRule = { kind: 'days', days: 10 };
    expect([7, 8, 11].map((idle) => state(tenDays, idle))).toEqual(['fresh', 'soon', 'overdue']);
    expect([140, 150, 190].map((idle) => state(halfYear, idle))).toEqual(['fresh', 'soon', 'overdue']);
    expect([state(event, 9_000), state(null, 9_000)]).toEqual(['fresh', 'fresh']);
  });

  it('is so between its last entry and the day on which it is due, whatever the rule', () => {
    const rules = fc.oneof(
      fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 3660 }) }),
      fc.record({ kind: fc.constant('months' as const), months: fc.integer({ min: 1, max: 120 }) }),
    );
    fc.assert(
      fc.property(rules, fc.integer({ min: 0, max: 4_000_000_000_000 }), (rule, at) => {
        const last = new Date(at);
        const [soon, due] = [soonAfter(rule, last, warning), dueAfter(rule, last)];
        expect(soon && due && soon > last && soon < due).toBe(true);
      }),
    );
  });
});

describe('a rule in words', () => {
  it('comes back as what it was', () => {
    for (const rule of [fortnight, halfYear, event, null]) expect(ruleFrom(ruleText(rule))).toEqual(rule);
    expect(ruleFrom('每月更新')).toEqual({ kind: 'event', words: '每月更新' });
  });
});
