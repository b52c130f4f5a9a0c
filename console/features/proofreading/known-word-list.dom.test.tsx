import { describe, expect, it } from 'vitest';

import { inStretches, readWordList } from './known-word-list.ts';

describe('a list of words', () => {
  it('is read line by line or parted by signs, each word once, and what is none is told with its line', () => {
    expect(readWordList('\uFEFF浔阳楼\r\n甘棠湖，烟水亭\n浔阳楼\n\n字\n坏 词!\n')).toEqual({
      words: ['浔阳楼', '甘棠湖', '烟水亭'],
      odd: [
        { line: 5, text: '字' },
        { line: 6, text: '坏' },
        { line: 6, text: '词!' },
      ],
    });
  });

  it('is sent in stretches without losing any', () => {
    expect(inStretches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inStretches([], 2)).toEqual([]);
  });
});
