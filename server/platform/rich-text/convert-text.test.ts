import { describe, expect, it } from 'vitest';
import { checkRichDocument, documentFromText, plainText } from './index.ts';

const text = (value: string): { type: 'text'; text: string } => ({ type: 'text', text: value });
const paragraph = (value: string): unknown => ({ type: 'paragraph', content: [text(value)] });
const item = (...content: unknown[]): unknown => ({ type: 'listItem', content });

describe('documentFromText', () => {
  it('makes a paragraph of each line and drops indents and blank lines', () => {
    expect(documentFromText('　　第一段\r\n\r\n  第二段\n').content).toEqual([
      paragraph('第一段'),
      paragraph('第二段'),
    ]);
  });
  it('makes an empty document of nothing', () => {
    expect(documentFromText(' \n\n')).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
  });
  it('reads headings from the highest that occurs', () => {
    expect(documentFromText('## 甲\n### 乙\n##### 丙\n#话题').content).toEqual([
      { type: 'heading', attrs: { level: 2 }, content: [text('甲')] },
      { type: 'heading', attrs: { level: 3 }, content: [text('乙')] },
      { type: 'heading', attrs: { level: 4 }, content: [text('丙')] },
      paragraph('#话题'),
    ]);
  });
  it('reads nested lists and a number that does not follow as a new list', () => {
    expect(documentFromText('- 甲\n  - 乙\n- 丙\n\n1. 一\n2. 二\n5. 五').content).toEqual([
      {
        type: 'bulletList',
        content: [
          item(paragraph('甲'), { type: 'bulletList', content: [item(paragraph('乙'))] }),
          item(paragraph('丙')),
        ],
      },
      { type: 'orderedList', content: [item(paragraph('一')), item(paragraph('二'))] },
      { type: 'orderedList', attrs: { start: 5 }, content: [item(paragraph('五'))] },
    ]);
  });
  it('reads tables, quotations and rules', () => {
    expect(documentFromText('| 名称 | 数量 |\n|---|:--:|\n| 甲 | 1 |\n> 引用\n> 两行\n---').content).toEqual([
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [
              { type: 'tableHeader', content: [paragraph('名称')] },
              { type: 'tableHeader', content: [paragraph('数量')] },
            ],
          },
          {
            type: 'tableRow',
            content: [
              { type: 'tableCell', content: [paragraph('甲')] },
              { type: 'tableCell', content: [paragraph('1')] },
            ],
          },
        ],
      },
      { type: 'blockquote', content: [paragraph('引用'), paragraph('两行')] },
      { type: 'horizontalRule' },
    ]);
  });
  it('reads bold and allowed links; other addresses stay text', () => {
    expect(documentFromText('见**附件**和[网站](https://a.cn/x)，[坏](javascript:x)').content).toEqual([
      {
        type: 'paragraph',
        content: [
          text('见'),
          { ...text('附件'), marks: [{ type: 'bold' }] },
          text('和'),
          { ...text('网站'), marks: [{ type: 'link', attrs: { href: 'https://a.cn/x' } }] },
          text('，[坏](javascript:x)'),
        ],
      },
    ]);
  });
  it.each([
    '['.repeat(500_000),
    '**a'.repeat(20_000),
    `|${'-'.repeat(500_000)}x`,
    '> '.repeat(200_000),
    '[a]('.repeat(100_000),
  ])('is sound and quick for hostile text %#', (hostile) => {
    expect(checkRichDocument(documentFromText(hostile))).toEqual([]);
  });
  it('keeps every character of plain prose', () => {
    const prose = '第一条 为了规范……\n（一）甲；\n（二）乙。';
    expect(plainText(documentFromText(prose))).toBe(prose);
  });
});
