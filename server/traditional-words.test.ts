import { ConverterBuilder } from 'opencc-js/core';
import { configs, from, to } from 'opencc-js/preset/cn2t';
import { describe, expect, it } from 'vitest';

import { traditionalWords } from './traditional-words.ts';

const text = traditionalWords();
const lines = text.split('\n');

/** As templates/assets/hant.js reads the list. */
function readWords(): ReadonlyMap<string, string | undefined> {
  let last = '';
  return new Map(
    lines.map((line) => {
      const [kept = '', traditional] = line.slice(1).split('>');
      last = last.slice(0, Number(line[0])) + kept;
      return [last, traditional];
    }),
  );
}

describe('the words of the 繁體 switch', () => {
  it('are as many as those of OpenCC, each once', () => {
    expect(lines.length).toBeGreaterThan(50_000);
    expect(readWords().size).toBe(lines.length);
  });

  it('go letter by letter where nothing else is said, as OpenCC has it', () => {
    const words = readWords();
    const convert = ConverterBuilder({ configs, from, to })({ from: 'cn', to: 't' });
    const byLetters = (word: string) => Array.from(word, (letter) => words.get(letter) ?? letter).join('');
    const sample = [...words].filter((_, index) => index % 97 === 0);
    const wrong = sample.filter(([word, traditional]) => convert(word) !== (traditional ?? byLetters(word)));
    expect(wrong).toEqual([]);
  });

  it('tell apart what one simplified letter stands for', () => {
    const words = readWords();
    expect(words.get('头发')).toBe('頭髮');
    expect(words.get('皇后')).toBe('皇后');
    expect(words.get('后')).toBe('後');
  });
});
