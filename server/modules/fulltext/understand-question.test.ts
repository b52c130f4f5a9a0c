import { describe, expect, it } from 'vitest';

import { foldWriting, questionOf, tokensOf } from './understand-question.ts';

describe('what is typed', () => {
  it('is parted by spaces, and a pair of characters or a word of other writing leaves no doubt', () => {
    expect(questionOf(' 安全生产　GDP 工作 ')).toEqual({
      terms: ['安全生产', 'gdp', '工作'],
      tokens: ['安全', '全生', '生产', 'gdp', '工作'],
      doubtful: ['安全生产'],
      marks: ['安全生产', 'gdp', '工作'],
    });
  });

  it('cannot be looked up as one character or as signs', () => {
    for (const typed of ['', '  ', '的', '%', '，。', '第']) expect(questionOf(typed), typed).toBeUndefined();
  });

  it('asks for some pairs of a long sentence, from its beginning to its end', () => {
    const sentence = Array.from({ length: 60 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    const question = questionOf(sentence);
    expect(question?.tokens).toHaveLength(16);
    expect(question?.tokens[0]).toBe(sentence.slice(0, 2));
    expect(sentence.indexOf(question?.tokens.at(-1) ?? '')).toBeGreaterThan(50);
    expect(question?.doubtful).toEqual([sentence]);
  });
});

describe('one way of writing', () => {
  it('stands for brackets, quotation marks and full-width signs of all kinds', () => {
    expect(foldWriting('浔府发[2026]１２号')).toBe(foldWriting('浔府发〔2026〕12号'));
    expect(foldWriting('“一网通办”')).toBe(foldWriting('「一网通办」'));
  });

  it('has a number as one token and no character that stands alone', () => {
    expect([...tokensOf('第3号，2026年')].sort()).toEqual(['2026', '3']);
  });
});
