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
      closedAt: day(30),
      successorId: '2',
    },
  ],
  [
    '2',
    { name: '己局', formerNames: [{ name: '戊局', endedAt: day(40) }], closedAt: null, successorId: null },
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
      turnsSince(pasts, '1', day(15)).map(({ kind, at, name }) => [kind, at.getUTCDate(), name]),
    ).toEqual([
      ['renamed', 20, '丙局'],
      ['merged', 30, '戊局'],
      ['renamed', 9, '己局'],
    ]);
    expect(turnsSince(pasts, '2', day(50))).toEqual([]);
    expect(successorsFrom(pasts, '1')).toEqual(['1', '2']);
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
          const one = new Map([['1', { name: '今', formerNames, closedAt: null, successorId: null }]]);
          const turns = turnsSince(one, '1', day(since));
          expect(turns.at(-1)?.name ?? nameAt(one, '1', day(since))).toBe('今');
          expect(turns.every(({ at }, index) => at > (turns[index - 1]?.at ?? day(since)))).toBe(true);
        },
      ),
    );
  });
});
