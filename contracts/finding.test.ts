import { describe, expect, it } from 'vitest';

import { isWhatWasFound } from './finding.ts';

describe('the words of a finding', () => {
  it.each([
    ['帐号', '帐号'],
    ['13800138000', '138****8000'],
    ['138 0013-8000', '138****8000'],
    ['１３８００１３８０００', '138****8000'],
    ['（0792）8123456', '0792*****56'],
    ['zhangsan@qq.com', 'z***@qq.com'],
  ])('%s are there when %s is told', (words, found) => {
    expect(isWhatWasFound(words, { found })).toBe(true);
  });

  it.each([
    ['账号', '帐号'],
    ['13800138001', '138****8000'],
    ['1388000', '138****8000'],
    ['', '138****8000'],
    ['', '帐号'],
  ])('“%s” are others than %s', (words, found) => {
    expect(isWhatWasFound(words, { found })).toBe(false);
  });
});
