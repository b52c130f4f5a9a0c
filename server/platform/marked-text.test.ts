import fc from 'fast-check';
import { expect, test } from 'vitest';

import { highlightText, snippetOf } from './marked-text.ts';

const textOf = (segments: readonly { text: string }[]): string =>
  segments.map((segment) => segment.text).join('');

test('the words are marked and the rest is not', () => {
  expect(highlightText('关于工程的通知', ['工程'])).toEqual([
    { text: '关于', hit: false },
    { text: '工程', hit: true },
    { text: '的通知', hit: false },
  ]);
});

test('words that overlap or touch become one mark', () => {
  expect(highlightText('农业银行', ['农业', '业银', '银行'])).toEqual([{ text: '农业银行', hit: true }]);
});

test('a full-width word is marked by its plain spelling', () => {
  expect(highlightText('建设５Ｇ网络', ['5g'])).toContainEqual({ text: '５Ｇ', hit: true });
});

test('a character that folds to two is marked whole', () => {
  expect(highlightText('大和㈱。', ['株'])).toContainEqual({ text: '㈱', hit: true });
});

test('a number is not marked inside another number', () => {
  expect(highlightText('2035年3月', ['3']).filter((segment) => segment.hit)).toEqual([
    { text: '3', hit: true },
  ]);
});

test('marks never change the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.array(
        fc.string({ unit: fc.constantFrom(...Array.from('政务工程ab1')), minLength: 1, maxLength: 3 }),
        {
          maxLength: 4,
        },
      ),
      (text, terms) => {
        expect(textOf(highlightText(text, terms))).toBe(text);
      },
    ),
  );
});

test('a snippet stands around the words and says where it was cut', () => {
  const body = `${'前面的话。'.repeat(60)}本区待处理工程共三项。${'后面的话。'.repeat(60)}`;
  const snippet = snippetOf(body, ['工程']);
  expect(snippet.some((segment) => segment.hit && segment.text === '工程')).toBe(true);
  expect(snippet[0]?.text).toBe('…');
  expect(snippet.at(-1)?.text).toBe('…');
  expect(textOf(snippet).length).toBeLessThan(160);
});

test('a snippet without a hit is the beginning of the text', () => {
  expect(textOf(snippetOf('第一句。第二句。', ['没有']))).toBe('第一句。第二句。');
});

test('a snippet is made of the text alone, whatever the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...Array.from('政务工程。，ab1 \n㎡𠮷')), maxLength: 400 }),
      (text) => {
        const plain = text.replace(/\s+/gu, ' ').trim();
        const shown = textOf(snippetOf(text, ['工程', 'ab'])).replace(/^…|…$/gu, '');
        expect(plain).toContain(shown);
      },
    ),
  );
});
