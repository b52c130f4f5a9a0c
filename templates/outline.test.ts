import { expect, test } from 'vitest';
import type { RichBlock, RichDocument } from '../contracts/rich-text.ts';
import { outlineOf } from './outline.ts';
import { renderRichText } from './rich-text/index.ts';

function heading(text: string, anchor: string | null, level: 2 | 3 = 2): RichBlock {
  return { type: 'heading', attrs: { level, anchor }, content: text === '' ? [] : [{ type: 'text', text }] };
}

const document: RichDocument = {
  type: 'doc',
  content: [
    heading('第一章', 'c1'),
    { type: 'paragraph', content: [{ type: 'text', text: '正文' }] },
    heading('第一条', 'a1', 3),
    heading('抄来的标题', 'a1', 3),
    heading('没有锚点', null),
    heading('', 'empty'),
    heading('坏锚点', '1 2'),
  ],
};

test('the outline lists every heading that says something, each under an anchor of its own', () => {
  expect(outlineOf(document)).toEqual([
    { level: 2, anchor: 'c1', text: '第一章' },
    { level: 3, anchor: 'a1', text: '第一条' },
    { level: 3, anchor: 'heading-3', text: '抄来的标题' },
    { level: 2, anchor: 'heading-4', text: '没有锚点' },
    { level: 2, anchor: 'heading-6', text: '坏锚点' },
  ]);
});

test('a heading in a quotation is counted as in the text, and not listed', () => {
  const quoted: RichDocument = {
    type: 'doc',
    content: [{ type: 'blockquote', content: [heading('引来的标题', null)] }, heading('自己的标题', null)],
  };
  expect(outlineOf(quoted)).toEqual([{ level: 2, anchor: 'heading-2', text: '自己的标题' }]);
  expect(renderRichText(quoted, { asset: () => undefined })).toContain('id="heading-2">自己的标题');
});

test('every anchor of the outline stands in the rendered text', () => {
  const html = renderRichText(document, { asset: () => undefined });
  for (const entry of outlineOf(document)) expect(html).toContain(`id="${entry.anchor}"`);
});

test('the clauses of a document are in its outline under the anchors that the text has', () => {
  const clause = (text: string): RichBlock => ({ type: 'paragraph', content: [{ type: 'text', text }] });
  const law: RichDocument = {
    type: 'doc',
    content: [
      heading('第一章 总则', 'c1'),
      clause('第一条 为了加强和规范政府网站的建设管理工作，制定本办法。'),
      clause('第二条　本办法所称网站。'),
      clause('正文'),
      clause('第一条 附件。'),
    ],
  };
  const outline = outlineOf(law, { clauses: true });
  expect(outline.map((entry) => entry.text)).toEqual([
    '第一章 总则',
    '第一条 为了加强和规范政府网站的建设…',
    '第二条 本办法所称网站',
    '第一条 附件',
  ]);
  const html = renderRichText(law, { asset: () => undefined, clauses: true });
  for (const entry of outline) expect(html).toContain(`id="${entry.anchor}"`);
  expect(outlineOf(law)).toHaveLength(1);
});
