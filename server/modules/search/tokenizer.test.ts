import fc from 'fast-check';
import { expect, test } from 'vitest';

import { foldText } from '../../platform/text-runs.ts';
import { createTokenizer } from './tokenizer.ts';

const tokenizer = createTokenizer();
const tokensOf = (text: string): string[] => tokenizer.indexText(text).split(' ');
const chinese = fc.string({
  unit: fc.constantFrom(...Array.from('政务公开服务办理中国农业发展银行待处理工程的和在建')),
  minLength: 1,
  maxLength: 30,
});

test.each([
  ['待处理', '处理'],
  ['在建工程', '工程'],
  ['中国农业发展银行', '农业'],
  ['中国农业发展银行', '银行'],
  ['工程', '程'],
])('%s is found by %s', (text, query) => {
  const held = new Set(tokensOf(text));
  expect(tokenizer.queryTokens(query).required.every((token) => held.has(token))).toBe(true);
});

test('full-width digits and letters are the same as plain ones', () => {
  expect(tokensOf('５Ｇ基站ＡＢＣ')).toEqual(tokensOf('5g基站abc'));
});

test('numbers and Latin words stay whole', () => {
  expect(tokenizer.phraseTokens('增长3.5%，COVID-19，〔2026〕12号')).toEqual([
    '增长',
    '3.5',
    'covid',
    '19',
    '2026',
    '12',
    '号',
  ]);
});

test('a pair is never made across punctuation', () => {
  expect(tokenizer.phraseTokens('基站，建设')).toEqual(['基站', '建设']);
});

test('characters outside the basic plane are one character', () => {
  expect(tokenizer.phraseTokens('𠮷野家')).toEqual(['𠮷野', '野家']);
});

test('a token longer than any word is cut', () => {
  expect(tokensOf('a'.repeat(5_000))).toEqual(['a'.repeat(40)]);
});

test('every stretch of a text is found in it: its pairs stand in the text in the same order', () => {
  fc.assert(
    fc.property(chinese, fc.nat(), fc.nat(), (text, a, b) => {
      const from = a % text.length;
      const part = text.slice(from, from + 1 + (b % (text.length - from)));
      const stream = tokenizer.phraseTokens(text).join(' ');
      const held = new Set(tokensOf(text));
      if (part.length === 1) return held.has(part);
      return ` ${stream} `.includes(` ${tokenizer.phraseTokens(part).join(' ')} `);
    }),
  );
});

test('tokens hold no white space and nothing is empty, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      const indexed = tokenizer.indexText(text);
      return indexed === '' || indexed.split(' ').every((token) => token !== '' && !/\s/u.test(token));
    }),
  );
});

test('folding twice changes nothing more', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('ＡａＢ１２㎡㈱Ⅻ政')), maxLength: 20 }),
      (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      },
    ),
  );
});
