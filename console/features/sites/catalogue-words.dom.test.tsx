import { describe, expect, it } from 'vitest';

import type { Catalogue, ResponsibilityEntry } from '../../../contracts/sites.ts';
import { differencesOf, levelNames, rowSpan } from './catalogue-words.ts';
import { changeOf, fieldsOf } from './entry-fields.ts';
import { heatOf, weeksOf } from './update-days.ts';

const entry = (
  columnId: string,
  levels: string[],
  part: Partial<ResponsibilityEntry> = {},
): ResponsibilityEntry => ({
  ...{ columnId, levels, gathers: false, closed: false },
  ...{ unitId: '1', unitName: '区政府办', responsible: null, contact: null },
  ...{ rule: null, requirement: '', ways: [], suppliers: [], missing: [] },
  ...{ state: null, lastEntryAt: null, version: 1 },
  ...part,
});
const catalogue = (day: string, ...entries: ResponsibilityEntry[]): Catalogue => ({
  ...{ siteId: '1', siteName: '门户', current: false, editable: false },
  ...{ day, entries },
});

describe('the catalogue as a table', () => {
  const entries = [
    entry('1', ['资讯']),
    entry('2', ['资讯', '要闻']),
    entry('3', ['资讯', '要闻', '会议']),
    entry('4', ['公开']),
    entry('5', ['公开', '要闻']),
  ];

  it('lets each level reach over what belongs to it', () => {
    expect(levelNames(entries)).toEqual(['一级栏目', '二级栏目', '三级栏目']);
    const spans = entries.map((_, at) => [0, 1, 2].map((level) => rowSpan(entries, at, level)));
    expect(spans).toEqual([
      [3, 1, 1],
      [0, 2, 1],
      [0, 0, 1],
      [2, 1, 1],
      [0, 1, 1],
    ]);
  });
});

describe('the difference of two days', () => {
  it('names what is new, what is gone, and each field that says something else', () => {
    const before = catalogue('2026-01-01', entry('1', ['要闻']), entry('2', ['旧栏目']));
    const changed = { rule: { kind: 'days' as const, days: 14 }, unitId: '2', unitName: '融媒体中心' };
    const after = catalogue('2026-02-01', entry('1', ['要闻'], changed), entry('3', ['新栏目']));
    expect(differencesOf(before, after)).toEqual([
      {
        columnId: '1',
        path: '要闻',
        kind: 'changed',
        fields: [
          { name: '责任单位', before: '区政府办', after: '融媒体中心' },
          { name: '更新要求', before: '', after: '14天内更新' },
        ],
      },
      { columnId: '3', path: '新栏目', kind: 'added', fields: [] },
      { columnId: '2', path: '旧栏目', kind: 'removed', fields: [] },
    ]);
    expect(differencesOf(before, before)).toEqual([]);
  });
});

describe('a form of an entry', () => {
  const before = fieldsOf(
    entry('1', ['要闻'], { rule: { kind: 'months', months: 6 }, requirement: '写明时间' }),
  );

  it('sends what was changed and nothing else', () => {
    const shown = ['rule', 'requirement', 'ways'] as const;
    expect(changeOf(before, before, shown)).toEqual({});
    expect(changeOf({ ...before, ruleNumber: 3, ways: ['mapped'] }, before, shown)).toEqual({
      rule: { kind: 'months', months: 3 },
      ways: ['mapped'],
    });
  });

  it('of several sends all that was ticked', () => {
    expect(changeOf(before, undefined, ['requirement', 'responsible'])).toEqual({
      requirement: '写明时间',
      responsibleId: null,
    });
  });
});

describe('a year of days', () => {
  it('has every day once, in weeks that begin on Monday', () => {
    for (const [year, days] of [
      [2026, 365],
      [2028, 366],
    ] as const) {
      const weeks = weeksOf(year);
      expect(new Set(weeks.flat().map(({ text }) => text)).size).toBe(days);
      expect(weeks.slice(1).every(([first]) => first?.weekday === 0)).toBe(true);
    }
    expect(weeksOf(2026)[0]?.[0]).toEqual({ text: '2026-01-01', weekday: 3 });
  });

  it('is warmer the more came', () => {
    expect([0, 1, 3, 6, 10].map((count) => heatOf(count, 10))).toEqual([0, 1, 2, 3, 4]);
  });
});
