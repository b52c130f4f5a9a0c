import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hasEnded, type Term, type TermState } from '../../../contracts/vocabulary.ts';
import { AppError } from '../../platform/errors.ts';
import { type NamedTerm, requireState, stateCheck, tidyState } from './term.rules.ts';

const plain: TermState = {
  label: '词',
  synonyms: [],
  parent: null,
  validFrom: null,
  validUntil: null,
  replacedBy: null,
};
const day = '2026-11-27';
const row = (code: string, state: Partial<TermState> = {}): Term => ({
  ...plain,
  id: code,
  vocabulary: 'topic',
  code,
  version: 1,
  label: `词${code}`,
  ...state,
});
const table = (...rows: readonly Term[]) => new Map(rows.map((one) => [one.code, one]));

describe('the rules of terms', () => {
  it('whatever is asked for in whatever order, neither broader terms nor replacements run in a circle', () => {
    const codes = ['a', 'b', 'c', 'd', 'e'];
    const one = fc.constantFrom(...codes);
    const act = fc.record({ code: one, parent: fc.option(one), replacedBy: fc.option(one) });
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const terms = table(...codes.map((code) => row(code)));
        for (const { code, parent, replacedBy } of acts) {
          const validUntil = replacedBy === null ? null : '2026-01-01';
          const state = { ...plain, label: `词${code}`, parent, replacedBy, validUntil };
          try {
            requireState(terms, { ...state, code }, day);
            terms.set(code, row(code, state));
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        }
        for (const key of ['parent', 'replacedBy'] as const) {
          for (const start of terms.values()) {
            let steps = 0;
            for (let next: string | null = start[key]; next !== null; next = terms.get(next)?.[key] ?? null) {
              expect((steps += 1)).toBeLessThan(codes.length);
            }
          }
        }
      }),
    );
  });

  it.each([
    ['the label of another term', row('b', { label: '词a' }), 'vocabulary.name-taken'],
    ['a parent that is not there', row('b', { parent: 'z' }), 'vocabulary.term-not-found'],
    ['a replacement without a last day', row('b', { replacedBy: 'a' }), 'vocabulary.term-invalid'],
    [
      'an end before its beginning',
      row('b', { validFrom: '2026-02-01', validUntil: '2026-01-01' }),
      'vocabulary.term-invalid',
    ],
  ])('a term with %s is refused', (_what, term, code) => {
    expect(() => {
      requireState(table(row('a'), row('b')), term, day);
    }).toThrow(expect.objectContaining({ code }));
  });

  it('whatever is moved in whatever order, no branch is longer than eight terms', () => {
    const codes = Array.from('abcdefghijkl');
    const one = fc.constantFrom(...codes);
    fc.assert(
      fc.property(fc.array(fc.tuple(one, fc.option(one, { freq: 9 })), { maxLength: 80 }), (moves) => {
        const terms = table(...codes.map((code) => row(code)));
        for (const [code, parent] of moves) {
          try {
            requireState(terms, row(code, { parent }), day);
            terms.set(code, row(code, { parent }));
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
        }
        const depthOf = ({ parent }: Term): number => {
          const above = parent === null ? undefined : terms.get(parent);
          return above ? 1 + depthOf(above) : 1;
        };
        for (const term of terms.values()) expect(depthOf(term)).toBeLessThanOrEqual(8);
      }),
    );
  });

  it('a branch is moved only to where the whole of it has room', () => {
    const chain = (name: string, length: number) =>
      Array.from({ length }, (_, at) =>
        row(`${name}${at}`, { parent: at === 0 ? null : `${name}${at - 1}` }),
      );
    const terms = table(...chain('a', 5), ...chain('b', 4));
    requireState(terms, row('b0', { parent: 'a3' }), day);
    expect(() => {
      requireState(terms, row('b0', { parent: 'a4' }), day);
    }).toThrow(expect.objectContaining({ code: 'vocabulary.term-invalid' }));
  });

  it('a row of a long file is judged by as few looks at others as one of a short file', () => {
    const looksPerRow = (length: number): number => {
      let looks = 0;
      const watched = (one: NamedTerm): NamedTerm =>
        new Proxy(one, {
          get: (of, name) => {
            looks += 1;
            return Reflect.get(of, name) as unknown;
          },
        });
      const rows = Array.from({ length }, (_, at) =>
        watched(row(`c${at}`, { parent: at % 5 === 0 ? null : `c${at - 1}` })),
      );
      const check = stateCheck(new Map(), rows, day);
      for (const one of rows) check(one);
      return looks / length;
    };
    expect(looksPerRow(2_000)).toBeCloseTo(looksPerRow(200), 5);
  });

  it('a name is free again when the term that had it has ended', () => {
    const ended = row('a', { label: '扶贫', validUntil: day });
    requireState(table(ended), row('b', { label: '扶贫' }), day);
    expect(hasEnded(ended, '2026-11-26')).toBe(false);
  });

  it('blanks, repetitions and the name itself are no synonyms', () => {
    expect(tidyState({ ...plain, label: ' 税务 ', synonyms: ['税收', ' 税收', '税务', ''] })).toMatchObject({
      label: '税务',
      synonyms: ['税收'],
    });
  });
});
