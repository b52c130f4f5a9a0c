import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { RichDocument } from '../../contracts/rich-text.ts';
import { isSameContent } from './content.ts';
import { compareContent, compareText, textOfDocument } from './content-difference.ts';
import { richDocumentFrom } from './rich-document.ts';
import { aContent, aDocument, articleType } from './test-parts.ts';

const linked = (href: string): RichDocument => ({
  type: 'doc',
  content: [
    {
      type: 'paragraph',
      content: [{ type: 'text', text: '细则', marks: [{ type: 'link', attrs: { href } }] }],
    },
  ],
});

describe('comparing two texts', () => {
  it('finds whole Chinese words', () => {
    expect(compareText('请各单位认真执行', '请各街道认真执行')).toEqual([
      { kind: 'same', text: '请各' },
      { kind: 'removed', text: '单位' },
      { kind: 'added', text: '街道' },
      { kind: 'same', text: '认真执行' },
    ]);
  });

  it('loses nothing: what is same and removed is the old text, what is same and added is the new one', () => {
    const text = fc
      .array(fc.constantFrom('通知', '公告', '\n', 'a', '。', '2026年', ' '), { maxLength: 30 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = compareText(before, after);
        const without = (kind: string) =>
          changes
            .filter((one) => one.kind !== kind)
            .map((one) => one.text)
            .join('');
        expect([without('added'), without('removed')]).toEqual([before, after]);
      }),
    );
  });
});

describe('comparing two contents', () => {
  it('names the fields that differ and no others', () => {
    const differences = compareContent(
      articleType,
      aContent({ keywords: ['甲'] }),
      aContent({ keywords: ['甲', '乙'] }),
    );
    expect(differences.map(({ name, onlyForm }) => [name, onlyForm])).toEqual([['关键词', false]]);
  });

  it('shows a changed link address, because a reviewer answers for it', () => {
    const [body] = compareContent(
      articleType,
      aContent({ body: linked('/a/') }),
      aContent({ body: linked('/b/') }),
    );
    expect(body?.changes.some(({ kind, text }) => kind === 'added' && text.includes('b'))).toBe(true);
  });

  it('tells a change of form from a change of words', () => {
    const bold: RichDocument = {
      type: 'doc',
      content: [
        { type: 'paragraph', content: [{ type: 'text', text: '第一段。', marks: [{ type: 'bold' }] }] },
      ],
    };
    expect(compareContent(articleType, aContent(), aContent({ body: bold }))[0]?.onlyForm).toBe(true);
  });

  it('takes two writings of one content for the same', () => {
    const written = {
      title: ' 关于开展调查的通知 ',
      subtitle: '',
      keywords: [],
      body: aDocument('第一段。'),
    };
    expect(isSameContent(aContent(), written)).toBe(true);
  });
});

describe('a document of the editor', () => {
  it('keeps the vocabulary of the contract and drops the editor’s own attributes', () => {
    const json = {
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          attrs: { textAlign: null, indent: 3 },
          content: [
            {
              type: 'text',
              text: '甲',
              marks: [{ type: 'link', attrs: { href: '/a/', target: '_blank', class: null } }],
            },
          ],
        },
        {
          type: 'orderedList',
          attrs: { start: 1, type: null },
          content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }],
        },
        { type: 'codeBlock', content: [{ type: 'text', text: 'x' }] },
      ],
    };
    expect(richDocumentFrom(json)).toEqual({
      type: 'doc',
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: '甲', marks: [{ type: 'link', attrs: { href: '/a/' } }] }],
        },
        { type: 'orderedList', content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }] },
      ],
    });
  });

  it('reads as plain lines', () => {
    const document: RichDocument = {
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '总则' }] },
        { type: 'image', attrs: { assetId: '5', alt: '广场' } },
      ],
    };
    expect(textOfDocument(document)).toBe('# 总则\n［图片 5：广场］');
  });
});
