import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type PlacedRule, receiverOf, type Stand } from './split.rules.ts';

const none = { siteIds: [], columns: [], terms: [], types: [] };
const article: Stand = {
  siteId: '1',
  path: '/news/local/',
  type: 'article',
  terms: ['topic:0401', 'topic:04'],
};

describe('who receives a thing of a divided unit', () => {
  it('is said by the first rule whose conditions all hold', () => {
    const rules: PlacedRule[] = [
      { ...none, receiver: 0, types: ['policy'] },
      { ...none, receiver: 1, columns: [{ siteId: '1', path: '/news/' }], terms: ['topic:05'] },
      { ...none, receiver: 2, columns: [{ siteId: '1', path: '/news/' }], terms: ['topic:04'] },
      { ...none, receiver: 3, siteIds: ['1'] },
    ];
    expect(receiverOf(rules, article)).toBe(2);
    expect(receiverOf(rules, { ...article, terms: [] })).toBe(3);
    expect(receiverOf(rules, { ...article, siteId: '2', terms: [] })).toBe(null);
  });

  it('counts a column with all below it, in its own site only', () => {
    const below: PlacedRule[] = [{ ...none, receiver: 0, columns: [{ siteId: '1', path: '/news/' }] }];
    expect(receiverOf(below, article)).toBe(0);
    expect(receiverOf(below, { ...article, path: '/newsroom/' })).toBe(null);
    expect(receiverOf(below, { ...article, siteId: '2' })).toBe(null);
  });

  it('is never said of a column by a rule for classified information', () => {
    const rules: PlacedRule[] = [{ ...none, receiver: 0, siteIds: ['1'], types: ['article'] }];
    expect(receiverOf(rules, { siteId: '1', path: '/news/', type: null, terms: [] })).toBe(null);
  });

  it('is exactly one: that of a rule that holds while none before it does, or the one that takes the rest', () => {
    const few = <T>(...all: T[]) => fc.subarray(all);
    const rule = fc.record({
      receiver: fc.nat({ max: 3 }),
      siteIds: few('1', '2'),
      columns: few(
        { siteId: '1', path: '/a/' },
        { siteId: '1', path: '/a/b/' },
        { siteId: '2', path: '/a/' },
      ),
      terms: few('topic:01', 'topic:02'),
      types: few('article', 'policy'),
    });
    const stand = fc.record({
      siteId: fc.constantFrom('1', '2', null),
      path: fc.constantFrom('/a/', '/a/b/', '/c/', null),
      type: fc.constantFrom('article', 'policy', null),
      terms: few('topic:01', 'topic:02'),
    });
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 6 }), stand, (rules, thing) => {
        const alone = rules.map((one) => receiverOf([one], thing));
        const received = receiverOf(rules, thing);
        expect(received).toBe(alone.find((one) => one !== null) ?? null);
        // A rule alone gives to its own receiver or to nobody.
        for (const [at, one] of alone.entries()) expect([rules[at]?.receiver, null]).toContain(one);
      }),
    );
  });
});
