import { describe, expect, it } from 'vitest';

import { bodyText, documentRange } from './body-text.ts';
import type { RichDocument } from './rich-text.ts';

const words = (text: string) => ({ type: 'text' as const, text });
const paragraph = (...texts: string[]) => ({ type: 'paragraph' as const, content: texts.map(words) });
const cell = (...lines: string[]) => ({
  type: 'tableCell' as const,
  content: lines.map((line) => paragraph(line)),
});
const document: RichDocument = {
  type: 'doc',
  content: [
    paragraph('第一', '段'),
    { type: 'paragraph' },
    { type: 'image', attrs: { assetId: '1', alt: '图' } },
    { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('条目')] }] },
    {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [cell('姓名', '又一行'), { ...cell(), content: [{ type: 'paragraph' }] }],
        },
        { type: 'tableRow', content: [cell('甲'), cell('乙')] },
      ],
    },
    { type: 'paragraph', content: [words('末'), { type: 'hardBreak' }, words('行')] },
  ],
};

describe('the words of a body', () => {
  const body = bodyText(document);

  it('stand in lines, cells apart by tabs', () => {
    expect(body.text).toBe('第一段\n条目\n姓名 又一行\t\n甲\t乙\n末\n行');
  });

  it.each([
    // ProseMirror counts one for each opening, each closing, each character, each picture.
    ['第一段', 1, 4],
    ['段', 3, 4],
    ['条目', 11, 13],
    ['姓名', 20, 22],
    ['又一行', 24, 27],
    ['甲', 37, 38],
    ['乙', 42, 43],
    ['行', 50, 51],
  ])('“%s” is found again in the document', (text, from, to) => {
    const start = body.text.lastIndexOf(text);
    expect(documentRange(body, start, start + text.length)).toEqual({ from, to });
  });

  it('a stretch over two blocks goes from the first to the last of its words, one between them is nowhere', () => {
    expect(documentRange(body, 0, 5)).toEqual({ from: 1, to: 12 });
    expect(documentRange(body, 3, 4)).toBeUndefined();
  });
});
