import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { nameAt, namesOf, successorsFrom, turnsSince, type UnitPasts } from './unit-past.rules.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const pasts: UnitPasts = new Map([
  [
    '1',
    {
      name: '丙局',
      formerNames: [
        { name: '甲局', endedAt: day(10) },
        { name: '乙局', endedAt: day(20) },
      ],
      splits: [],
      closedAt: day(30),
      successorId: '2',
    },
  ],
  [
    '2',
    {
      ...{ name: '己局', splits: [], closedAt: null, successorId: null },
      formerNames: [{ name: '戊局', endedAt: day(40) }],
    },
  ],
]);

describe('what a unit was called', () => {
  it('is the name of the day, up to the instant of the renaming', () => {
    expect([9, 10, 19, 20, 99].map((n) => nameAt(pasts, '1', day(n)))).toEqual([
      ...['甲局', '乙局', '乙局', '丙局', '丙局'],
    ]);
    expect(nameAt(pasts, '9', day(1))).toBe('');
    expect(namesOf(pasts, '1')).toEqual(['丙局', '甲局', '乙局']);
  });

  it('is told with everything that became of it since, over its end', () => {
    expect(
      turnsSince(pasts, '1', day(15), '2').map(({ kind, at, name }) => [kind, at.getUTCDate(), name]),
    ).toEqual([
      ['renamed', 20, '丙局'],
      ['merged', 30, '戊局'],
      ['renamed', 9, '己局'],
    ]);
    expect(turnsSince(pasts, '2', day(50), '2')).toEqual([]);
    expect(successorsFrom(pasts, '1', day(15), '2')).toEqual(['1', '2']);
  });

  it('follows a split to the unit that answers now, and says nothing of what stayed', () => {
    const unit = { formerNames: [], splits: [], closedAt: null, successorId: null };
    const divided: UnitPasts = new Map([
      ['1', { ...unit, name: '甲局', splits: [{ at: day(10), receiverIds: ['2', '3'] }] }],
      ['2', { ...unit, name: '乙局', formerNames: [{ name: '旧乙局', endedAt: day(5) }] }],
      ['3', { ...unit, name: '丙局', closedAt: day(20), successorId: '4' }],
      // It ended with its split: the one that took the rest stands for it, and it merged into none.
      [
        '4',
        {
          ...{ ...unit, name: '丁局', closedAt: day(30), successorId: '5' },
          splits: [{ at: day(30), receiverIds: ['5', '6'] }],
        },
      ],
      ['5', { ...unit, name: '戊局' }],
      ['6', { ...unit, name: '己局' }],
    ]);
    const told = (answersId: string, since = 1) =>
      turnsSince(divided, '1', day(since), answersId).map(({ kind, name }) => `${kind} ${name}`);
    expect(told('1')).toEqual([]);
    expect(told('2')).toEqual(['split 乙局']);
    expect(told('6')).toEqual(['split 丙局', 'merged 丁局', 'split 己局']);
    expect(told('5')).toEqual(['split 丙局', 'merged 丁局', 'split 戊局']);
    // What was published after the split went no such way.
    expect(told('2', 11)).toEqual([]);
    expect(successorsFrom(divided, '1', day(1), '6')).toEqual(['1', '3', '4', '6']);
  });

  it('leads from the name of any day, in order of time, to the name of today', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 301 }),
        (days, since) => {
          const formerNames = [...days]
            .sort((a, b) => a - b)
            .map((n, index) => ({ name: `名${String(index)}`, endedAt: day(n) }));
          const one = new Map([
            ['1', { name: '今', formerNames, splits: [], closedAt: null, successorId: null }],
          ]);
          const turns = turnsSince(one, '1', day(since), '1');
          expect(turns.at(-1)?.name ?? nameAt(one, '1', day(since))).toBe('今');
          expect(turns.every(({ at }, index) => at > (turns[index - 1]?.at ?? day(since)))).toBe(true);
        },
      ),
    );
  });
});
