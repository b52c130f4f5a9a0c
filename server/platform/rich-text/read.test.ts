import { describe, expect, it } from 'vitest';
import type { RichDocument } from '../../../contracts/rich-text.ts';
import { assetIdsIn, convertHtml, linksIn, outlineOf, plainText } from './index.ts';

const html =
  '<h2 id="chapter-1">第一章</h2><p>甲<br>乙 <a href="/a">链接</a><b><a href="/a">又</a></b></p>' +
  '<ul><li>一<ol><li>二</li></ol></li></ul><blockquote><p>引</p></blockquote><hr><img src="x" alt="图">' +
  '<table><tr><th>名<th>值<tr><td><p>a</p><p>b</p><td><a href="https://b.cn">c</a><img src="y"></table><h3>尾</h3>';
const { document } = convertHtml(html, { resolveImage: (src) => ({ assetId: src === 'x' ? '1' : '2' }) });

describe('plainText', () => {
  it('has a line for each block and tabs between cells', () => {
    expect(plainText(document)).toBe('第一章\n甲\n乙 链接又\n一\n二\n引\n名\t值\na b\tc\n尾');
  });
  it('is empty for an empty document', () => {
    expect(plainText({ type: 'doc', content: [{ type: 'paragraph' }] })).toBe('');
  });
});

describe('outlineOf', () => {
  it('lists headings with the ids that they have on the page', () => {
    expect(outlineOf(document)).toEqual([
      { level: 2, text: '第一章', anchor: 'chapter-1' },
      { level: 3, text: '尾', anchor: 'heading-2' },
    ]);
  });
  it('gives a copied anchor only to the first', () => {
    const heading = { type: 'heading' as const, attrs: { level: 2 as const, anchor: 'x' } };
    const copied: RichDocument = { type: 'doc', content: [heading, heading] };
    expect(outlineOf(copied).map(({ anchor }) => anchor)).toEqual(['x', 'heading-2']);
  });
});

describe('assetIdsIn and linksIn', () => {
  it('find each once in order', () => {
    expect(assetIdsIn(document)).toEqual(['1', '2']);
    expect(linksIn(document)).toEqual(['/a', 'https://b.cn']);
  });
});
