import { describe, expect, it } from 'vitest';

import { bytesText, operationText, keyReachText } from './key-words.ts';

describe('what is said of a key', () => {
  it('is how far it reaches', () => {
    expect(keyReachText({ unitIds: null, columnIds: null, types: null, fullText: false })).toBe(
      '全部单位 · 全部栏目 · 全部类型 · 仅元数据',
    );
    expect(
      keyReachText({ unitIds: ['1', '2'], columnIds: ['3'], types: ['policy', 'article'], fullText: true }),
    ).toBe('2 个单位 · 1 个栏目 · 政策文件、文章 · 含正文和文件');
  });

  it('is what it asked for', () => {
    expect(operationText('GET /v1/changes')).toBe('变更同步');
    expect(operationText('GET /v9/unheard-of')).toBe('GET /v9/unheard-of');
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KB'],
    [3_400_000, '3.2 MB'],
    [150 * 1024 * 1024, '150 MB'],
    [5 * 1024 ** 4, '5120 GB'],
  ])('is for %d bytes %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
