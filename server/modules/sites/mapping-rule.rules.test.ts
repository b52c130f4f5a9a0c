import { describe, expect, it } from 'vitest';

import { isSource, suits } from './mapping-rule.rules.ts';

const column = { id: '7', unitId: '3', unitKind: 'street' };
const none = { sourceColumnId: null, unitId: null, unitKind: null };

describe('from where a rule takes', () => {
  it('is one column, every column of a unit, or every column of a kind of unit', () => {
    expect(isSource({ ...none, sourceColumnId: '7' }, column)).toBe(true);
    expect(isSource({ ...none, sourceColumnId: '8' }, column)).toBe(false);
    expect(isSource({ ...none, unitId: '3' }, column)).toBe(true);
    expect(isSource({ ...none, unitId: '4' }, column)).toBe(false);
    expect(isSource({ ...none, unitKind: 'street' }, column)).toBe(true);
    expect(isSource({ ...none, unitKind: 'office' }, column)).toBe(false);
  });
});

describe('what a rule takes', () => {
  const facts = { type: 'notice' as const, title: 'MPA 招生公告', terms: ['topic:0201'] };
  const any = { types: [], term: null, keyword: null };
  const under = new Set(['topic:02', 'topic:0201']);

  it('is everything where it says nothing', () => {
    expect(suits(any, facts, new Set())).toBe(true);
  });

  it.each([
    ['of one of its types', { ...any, types: ['notice' as const, 'article' as const] }, true],
    ['of another type', { ...any, types: ['article' as const] }, false],
    ['classified by its term or a narrower one', { ...any, term: 'topic:02' as const }, true],
    ['with its words in the title, however they are written', { ...any, keyword: 'mpa' }, true],
    ['with other words', { ...any, keyword: '招聘' }, false],
    [
      'of its type, but without its words',
      { types: ['notice' as const], term: null, keyword: '招聘' },
      false,
    ],
  ])('%s', (_what, rule, expected) => {
    expect(suits(rule, facts, under)).toBe(expected);
  });

  it('is nothing that its term does not reach', () => {
    expect(suits({ ...any, term: 'topic:03' }, facts, new Set(['topic:03']))).toBe(false);
  });
});
