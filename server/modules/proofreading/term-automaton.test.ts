import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { buildAutomaton } from './term-automaton.ts';

const codesOf = (text: string): Uint16Array =>
  Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));

interface Match {
  readonly term: string;
  readonly start: number;
}

const byPlace = (one: Match, other: Match): number =>
  one.start - other.start || (one.term < other.term ? -1 : 1);

function found(terms: readonly string[], text: string): readonly Match[] {
  const matches: Match[] = [];
  buildAutomaton(terms).scan(codesOf(text), (index, start, end) => {
    const term = terms[index] ?? '';
    expect(end - start).toBe(term.length);
    matches.push({ term, start });
  });
  return matches.toSorted(byPlace);
}

function searchedNaively(terms: readonly string[], text: string): readonly Match[] {
  return terms
    .flatMap((term) =>
      Array.from({ length: text.length }, (_, start) => ({ term, start })).filter((one) =>
        text.startsWith(term, one.start),
      ),
    )
    .toSorted(byPlace);
}

// Few characters, so that terms stand inside each other, overlap and repeat.
const word = fc.string({
  unit: fc.constantFrom('区', '长', '副', 'a', '\uffff', '𠮷'),
  minLength: 1,
  maxLength: 6,
});
const passage = fc.string({ unit: fc.constantFrom('区', '长', '副', 'a', '\uffff', '𠮷'), maxLength: 60 });

describe('the automaton of terms', () => {
  it('finds every term at every place where searching one by one finds it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 30 }), passage, (words, text) => {
        const terms = words.toSorted((one, other) => (one < other ? -1 : 1));
        expect(found(terms, text)).toEqual(searchedNaively(terms, text));
      }),
      { numRuns: 500 },
    );
  });

  it('finds a term inside a term and one that begins inside another', () => {
    const terms = ['书记', '区委书记', '委书', '记录'].sort();
    expect(found(terms, '区委书记录').map((one) => `${one.term}@${one.start}`)).toEqual([
      '区委书记@0',
      '委书@1',
      '书记@2',
      '记录@3',
    ]);
  });

  it('finds nothing with no terms, and takes 18 bytes for a state', () => {
    expect(found([], '区委书记')).toEqual([]);
    const { states, bytes } = buildAutomaton(['区委', '区长']);
    expect(states).toBe(4);
    expect(bytes - 4 * 0x1_0000).toBe(states * 18);
  });
});
