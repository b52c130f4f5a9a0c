import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../../contracts/rich-text.ts';
import { checkRichDocument } from './index.ts';

const doc = (...content: unknown[]): unknown => ({ type: 'doc', content });
const paragraph = (...content: unknown[]): unknown => ({ type: 'paragraph', content });
const text = (value: string, ...marks: unknown[]): unknown => ({ type: 'text', text: value, marks });
const cell = (attrs: unknown): unknown => ({ type: 'tableCell', attrs, content: [paragraph()] });
const table = (...rows: unknown[][]): unknown =>
  doc({ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) });
const codes = (value: unknown): string[] =>
  checkRichDocument(value).map(({ code }) => code.replace('rich-text.', ''));

describe('checkRichDocument', () => {
  it('accepts everything that the vocabulary has', () => {
    const whole = doc(
      { type: 'paragraph' },
      { type: 'paragraph', attrs: { textAlign: null }, content: [] },
      {
        type: 'heading',
        attrs: { level: 2, anchor: 'chapter-1', textAlign: 'center' },
        content: [text('甲')],
      },
      paragraph(
        text('a', { type: 'bold' }, { type: 'italic' }, { type: 'underline' }, { type: 'strike' }),
        text('b', { type: 'superscript' }, { type: 'subscript' }, { type: 'link', attrs: { href: '/a' } }),
        { type: 'hardBreak', marks: [{ type: 'bold' }] },
      ),
      { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph()] }] },
      { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [paragraph()] }] },
      { type: 'blockquote', content: [paragraph()] },
      { type: 'horizontalRule' },
      { type: 'image', attrs: { assetId: '42', alt: '', title: null } },
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [
              cell({ colspan: 2, rowspan: 2, colwidth: [10, 0] }),
              { type: 'tableHeader', attrs: { colwidth: null }, content: [paragraph()] },
            ],
          },
          { type: 'tableRow' },
        ],
      },
    );
    expect(checkRichDocument(whole)).toEqual([]);
    expect(checkRichDocument(emptyDocument)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'unknown-node'],
    ['a list', [], 'unknown-node'],
    ['text', 'doc', 'unknown-node'],
    ['an empty document', doc(), 'missing-content'],
    ['a document without content', { type: 'doc' }, 'missing-content'],
    ['content that is no list', { type: 'doc', content: { length: 1 } }, 'missing-content'],
    ['an unknown node', doc({ type: 'iframe' }), 'unknown-node'],
    ['a name from the prototype', doc({ type: 'constructor' }), 'unknown-node'],
    ['a node in the wrong place', doc(text('x')), 'unknown-node'],
    ['a list item outside a list', doc({ type: 'listItem', content: [paragraph()] }), 'unknown-node'],
    ['a row in a paragraph', doc(paragraph({ type: 'tableRow' })), 'unknown-node'],
    ['an empty list', doc({ type: 'bulletList', content: [] }), 'missing-content'],
    ['an unknown key', doc({ type: 'paragraph', onclick: 'x' }), 'unknown-key'],
    ['content where none may be', doc({ type: 'horizontalRule', content: [] }), 'unknown-key'],
    ['an unknown attribute', doc({ type: 'paragraph', attrs: { style: 'x' } }), 'unknown-key'],
    [
      'attributes where none are',
      doc({ type: 'blockquote', attrs: {}, content: [paragraph()] }),
      'unknown-key',
    ],
    ['attributes that are a list', doc({ type: 'paragraph', attrs: [] }), 'invalid-attribute'],
    [
      'an unknown alignment',
      doc({ type: 'paragraph', attrs: { textAlign: 'justify' } }),
      'invalid-attribute',
    ],
    ['a heading without a level', doc({ type: 'heading' }), 'invalid-attribute'],
    ['a heading of level 1', doc({ type: 'heading', attrs: { level: 1 } }), 'invalid-attribute'],
    [
      'an anchor that breaks out',
      doc({ type: 'heading', attrs: { level: 2, anchor: 'a" onx="' } }),
      'invalid-attribute',
    ],
    [
      'an asset that is a path',
      doc({ type: 'image', attrs: { assetId: '../x', alt: '' } }),
      'invalid-attribute',
    ],
    ['a picture without alt', doc({ type: 'image', attrs: { assetId: '1' } }), 'invalid-attribute'],
    ['an empty text', doc(paragraph(text(''))), 'invalid-text'],
    ['a zero character', doc(paragraph(text('a\u0000'))), 'invalid-text'],
    ['half a character', doc(paragraph(text('\ud83d'))), 'invalid-text'],
    ['text that is a number', doc(paragraph({ type: 'text', text: 1 })), 'invalid-text'],
    ['an unknown mark', doc(paragraph(text('a', { type: 'code' }))), 'unknown-mark'],
    ['the same mark twice', doc(paragraph(text('a', { type: 'bold' }, { type: 'bold' }))), 'unknown-mark'],
    ['a mark with attributes', doc(paragraph(text('a', { type: 'bold', attrs: {} }))), 'unknown-key'],
    ['marks that are no list', doc(paragraph({ type: 'text', text: 'a', marks: {} })), 'invalid-marks'],
    ['a link without address', doc(paragraph(text('a', { type: 'link' }))), 'forbidden-link'],
    [
      'a script link',
      doc(paragraph(text('a', { type: 'link', attrs: { href: 'javascript:x' } }))),
      'forbidden-link',
    ],
    [
      'a link with a class',
      doc(paragraph(text('a', { type: 'link', attrs: { href: '/a', class: 'x' } }))),
      'unknown-key',
    ],
    ['a span of nothing', table([cell({ colspan: 0 })]), 'invalid-attribute'],
    ['half a span', table([cell({ rowspan: 1.5 })]), 'invalid-attribute'],
    ['a row span beyond the table', table([cell({ rowspan: 2 })]), 'invalid-span'],
    ['too many columns', table(Array.from({ length: 201 }, () => cell({}))), 'invalid-span'],
    ['widths that do not fit the span', table([cell({ colspan: 2, colwidth: [1] })]), 'invalid-attribute'],
  ])('refuses %s', (_name, value, code) => {
    expect(codes(value)).toContain(code);
  });

  it('says where', () => {
    expect(checkRichDocument(doc(paragraph(), paragraph(text('a'), text(''))))).toEqual([
      { code: 'rich-text.invalid-text', path: 'content.1.content.1.text', message: '正文中有空的文字节点' },
    ]);
  });

  it('refuses nesting of any depth without overflowing', () => {
    let nested: unknown = paragraph();
    for (let depth = 0; depth < 100_000; depth += 1) nested = { type: 'blockquote', content: [nested] };
    expect(codes(doc(nested))).toEqual(['too-deep']);
  });

  it('refuses too many nodes and too much text, at limits that can be set', () => {
    expect(codes(doc(...Array.from({ length: 60_000 }, () => paragraph())))).toEqual(['too-many-nodes']);
    expect(codes(doc(paragraph(text('长'.repeat(2_000_001)))))).toEqual(['too-long']);
    expect(checkRichDocument(doc(paragraph(text('甲乙'))), { characters: 1 })[0]?.code).toBe(
      'rich-text.too-long',
    );
    expect(checkRichDocument(doc(paragraph(text('甲乙'))), { depth: 2 })[0]?.code).toBe('rich-text.too-deep');
  });

  it('stops after the first twenty problems', () => {
    expect(checkRichDocument(doc(...Array.from({ length: 1000 }, () => ({ type: 'x' }))))).toHaveLength(20);
  });
});
