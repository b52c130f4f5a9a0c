import { describe, expect, it } from 'vitest';

import type { Term } from '../../contracts/vocabulary.ts';
import { pinyinInitials } from './pinyin-initials.ts';
import { searchText, termsFound, termTrail, termTree } from './term-tree.ts';

const aTerm = (code: string, label: string, part: Partial<Term> = {}): Term => ({
  id: code,
  vocabulary: 'topic',
  code,
  label,
  synonyms: [],
  parent: null,
  validFrom: null,
  validUntil: null,
  replacedBy: null,
  version: 1,
  ...part,
});
const terms = [
  aTerm('02', '综合政务'),
  aTerm('0201', '政务公开', { parent: '02' }),
  aTerm('04', '财政、金融与审计'),
  aTerm('0402', '税务', { parent: '04', synonyms: ['税收'] }),
];

describe('terms in the console', () => {
  it('are found by name, synonym, code and initials, together with what is broader', () => {
    for (const words of ['税务', '税收', '0402', 'sw', 'SS']) {
      expect(
        termsFound(terms, words).map(({ code }) => code),
        words,
      ).toEqual(['04', '0402']);
    }
    expect(termsFound(terms, ' ')).toHaveLength(4);
    expect(termsFound(terms, '海关')).toHaveLength(0);
  });

  it('stand in a tree, on top when what is broader is out of sight', () => {
    expect(termTree(terms).map(({ key, children }) => [key, children?.length])).toEqual([
      ['02', 1],
      ['04', 1],
    ]);
    expect(termTree(terms.slice(1, 2)).map(({ key }) => key)).toEqual(['0201']);
  });

  it('say where they stand', () => {
    const byCode = new Map(terms.map((term) => [term.code, term]));
    expect(terms.map((term) => termTrail(byCode, term))[3]).toBe('财政、金融与审计 / 税务');
  });

  it.each([
    ['政务公开', 'zwgk'],
    ['退役军人', 'tyjr'],
    ['12345热线', '12345rx'],
    ['阿爸', 'ab'],
    ['座', 'z'],
  ])('%s has the initials %s', (text, initials) => {
    expect(pinyinInitials(text)).toBe(initials);
    expect(searchText(aTerm('x', text))).toContain(initials);
  });
});
