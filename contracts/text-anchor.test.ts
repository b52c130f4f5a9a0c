import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ResourceContent } from './library.ts';
import type { Paragraph, RichDocument } from './rich-text.ts';
import { anchoredWords, anchorOf, linesOf } from './text-anchor.ts';

const paragraph = (...texts: readonly string[]): Paragraph => ({
  type: 'paragraph',
  content: texts.map((text) => ({
    type: 'text',
    text,
    ...(text === '重' ? { marks: [{ type: 'bold' }] } : {}),
  })),
});

const body: RichDocument = {
  type: 'doc',
  content: [
    paragraph('第一段，', '重', '点在此。'),
    { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('材料：身份证。')] }] },
    {
      type: 'table',
      content: [{ type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph('李某，窗口。')] }] }],
    },
    {
      type: 'paragraph',
      content: [{ type: 'text', text: '上' }, { type: 'hardBreak' }, { type: 'text', text: '下' }],
    },
  ],
};

const content = { title: '关于窗口的通知', summary: '', body } as unknown as ResourceContent;
const lines = linesOf(content, ['title', 'body']);

describe('words that somebody points at', () => {
  it('are found across marks, in lists and in tables', () => {
    expect(anchorOf(lines, '重点在此')).toEqual({ field: 'body', path: [0], start: 4, end: 8 });
    expect(anchorOf(lines, '身份证')).toEqual({ field: 'body', path: [1, 0, 0], start: 3, end: 6 });
    expect(anchorOf(lines, '李某')).toEqual({ field: 'body', path: [2, 0, 0, 0], start: 0, end: 2 });
    expect(anchorOf(lines, '窗口')).toMatchObject({ field: 'title', start: 2 });
  });

  it('are told across a line break, and are none beyond the end or beside a paragraph', () => {
    const anchor = { field: 'body', path: [3], start: 0, end: 3 };
    expect(anchoredWords(content, anchor)).toBe('上\n下');
    expect(anchoredWords(content, { ...anchor, end: 4 })).toBeUndefined();
    expect(anchoredWords(content, { ...anchor, path: [1] })).toBeUndefined();
    expect(anchoredWords(content, { ...anchor, path: [] })).toBeUndefined();
    expect(anchoredWords(content, { ...anchor, path: [9, 9] })).toBeUndefined();
    expect(anchoredWords(content, { field: 'title', path: [0], start: 0, end: 1 })).toBeUndefined();
    expect(anchoredWords(content, { field: 'constructor', path: [], start: 0, end: 1 })).toBeUndefined();
  });

  it('are the same ones when they are looked for by what an anchor tells', () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.nat(20), fc.nat(20), (at, from, length) => {
        const line = lines[at];
        if (!line || from >= line.text.length) return;
        const words = line.text.slice(from, from + length + 1);
        const anchor = anchorOf(lines, words);
        expect(anchor && anchoredWords(content, anchor)).toBe(words);
      }),
    );
  });
});
