import fc from 'fast-check';
import { expect, test } from 'vitest';

import { normalizeDocumentNumber, planQuery } from './query-plan.ts';
import { createTokenizer } from './tokenizer.ts';

const tokenizer = createTokenizer();
const plan = (q: string): ReturnType<typeof planQuery> => planQuery(q, tokenizer);

test('every word must be there, but not the pairs between two words', () => {
  const { required, any } = plan('农业贷款');
  expect(required).toEqual(['农业', '贷款']);
  expect(any).toContain('业贷');
});

test('words that only make a question are not looked up', () => {
  const { any } = plan('请问如何办理营业执照？');
  expect(any.some((token) => /请|何|问/u.test(token))).toBe(false);
  expect(any).toContain('执照');
});

test('a query of question words alone is looked up as it stands', () => {
  expect(plan('怎么办').any.length).toBeGreaterThan(0);
});

test('text in quotation marks of any kind is a phrase', () => {
  for (const q of ['“在建工程” 名单', '"在建工程" 名单', '「在建工程」名单']) {
    expect(plan(q).phrases).toEqual([['在建', '建工', '工程']]);
    expect(plan(q).required).toEqual(['名单']);
  }
});

test('a quotation mark without its partner is ignored', () => {
  expect(plan('“在建工程').phrases).toEqual([]);
  expect(plan('“在建工程').required).toContain('工程');
});

test('a single character is looked up', () => {
  expect(plan('程').required).toEqual(['程']);
});

test('document numbers are one number however they are written', () => {
  const spellings = [
    '浔府发〔2026〕12号',
    '浔府发[2026]12号',
    '浔府发（2026）第 12 号',
    '浔府发【２０２６】012号',
  ];
  expect(new Set(spellings.map(normalizeDocumentNumber))).toEqual(new Set(['浔府发〔2026〕12号']));
  expect(plan('浔府发(2026)12').documentNumber).toBe('浔府发〔2026〕12号');
  expect(plan('2026年工程').documentNumber).toBeNull();
});

test('the engine is never given an operator: tokens are letters, digits and characters only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (q) => {
      const { required, any, phrases } = plan(q);
      return [...required, ...any, ...phrases.flat()].every((token) =>
        /^[\p{L}\p{M}\p{N}\p{Script=Han}.]+$/u.test(token),
      );
    }),
  );
});

test('what must be there is part of what may be there', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('农业贷款工程 ab12程的“”')), maxLength: 30 }),
      (q) => {
        const { required, any } = plan(q);
        return required.every((token) => any.includes(token));
      },
    ),
  );
});
