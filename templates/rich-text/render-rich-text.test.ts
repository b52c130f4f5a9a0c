import { describe, expect, it } from 'vitest';
import type { RichBlock, RichInline } from '../../contracts/rich-text.ts';
import { renderRichText, type RichTextOptions } from './index.ts';

const options: RichTextOptions = {
  asset: (id) => (id === '7' ? { url: '/files/ab/图 1.png?a=1&b="', width: 640, height: 480 } : undefined),
};
const render = (content: RichBlock[], more: Partial<RichTextOptions> = {}): string =>
  renderRichText({ type: 'doc', content }, { ...options, ...more });
const text = (value: string, ...marks: NonNullable<RichInline['marks']>): RichInline => ({
  type: 'text',
  text: value,
  marks,
});
const paragraph = (...content: RichInline[]): RichBlock => ({ type: 'paragraph', content });
const link = (href: string) => ({ type: 'link', attrs: { href } }) as const;

describe('renderRichText', () => {
  it('escapes every text and attribute', () => {
    expect(render([paragraph(text('<script>"a" & \'b\'</script>'))])).toBe(
      '<p>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;</p>',
    );
    expect(render([{ type: 'image', attrs: { assetId: '7', alt: '"><script>', title: '<b>' } }])).toBe(
      '<figure><img src="/files/ab/图 1.png?a=1&amp;b=&quot;" loading="lazy" decoding="async" width="640" height="480" alt="&quot;&gt;&lt;script&gt;"><figcaption>&lt;b&gt;</figcaption></figure>',
    );
  });
  it('leaves out a picture without an asset', () => {
    expect(render([{ type: 'image', attrs: { assetId: '8', alt: '' } }])).toBe('');
  });
  it('gives every heading an id, each once, and can move the levels down', () => {
    const heading = {
      type: 'heading',
      attrs: { level: 2, anchor: 'article-1', textAlign: 'center' },
    } as const;
    expect(render([heading, heading], { headingOffset: 1 })).toBe(
      '<h3 id="article-1" class="align-center"></h3><h3 id="heading-2" class="align-center"></h3>',
    );
  });
  it('writes marks in their order and one link around neighbours', () => {
    expect(
      render([
        paragraph(
          text('a', { type: 'bold' }, link('/x')),
          text('b', link('/x')),
          { type: 'hardBreak' },
          text('c', link('/y')),
        ),
      ]),
    ).toBe('<p><a href="/x"><strong>a</strong>b</a><br><a href="/y">c</a></p>');
  });
  it.each([
    ['https://www.gov.cn/a'],
    ['https://xunyang.gov.cn'],
    ['https://机关.政务/'],
    ['https://own.localhost:8080/'],
    ['/zwgk/'],
    ['#article-1'],
    ['mailto:a@b.cn'],
  ])('leads straight to what is the government’s: %s', (href) => {
    expect(render([paragraph(text('a', link(href)))], { ownHosts: ['own.localhost'] })).toBe(
      `<p><a href="${href}">a</a></p>`,
    );
  });
  it.each(['https://www.example.com/?a=1&b=2', 'https://notgov.cn/', 'https://gov.cn.evil.com/'])(
    'leads by way of a warning to what is not: %s',
    (href) => {
      const written = href.replace('&', '&amp;');
      const rest = `rel="noopener external nofollow" data-external="${written}">a</a></p>`;
      const document = [paragraph(text('a', link(href)))];
      expect(render(document)).toBe(`<p><a href="/leaving?to=${encodeURIComponent(href)}" ${rest}`);
      expect(render(document, { withoutWarning: true })).toBe(`<p><a href="${written}" ${rest}`);
    },
  );
  it('lets each clause of a document be linked to, in its own words and once', () => {
    const clauses = [
      paragraph(text('第一条　为了规范管理')),
      paragraph(text('第十二条', { type: 'bold' }), text(' 本办法')),
      paragraph(text('第三条规定的情形，从其规定。')),
      paragraph(text('第一条 附则')),
      paragraph(text('第二百零五条：<罚则>')),
    ];
    expect(render(clauses, { clauses: true })).toBe(
      '<p id="clause-1"><a class="clause" href="#clause-1">第一条</a>　为了规范管理</p>' +
        '<p id="clause-12"><a class="clause" href="#clause-12"><strong>第十二条</strong></a> 本办法</p>' +
        '<p>第三条规定的情形，从其规定。</p>' +
        '<p id="clause-1-2"><a class="clause" href="#clause-1-2">第一条</a> 附则</p>' +
        '<p id="clause-205"><a class="clause" href="#clause-205">第二百零五条</a>：&lt;罚则&gt;</p>',
    );
    expect(render(clauses.slice(0, 1))).toBe('<p>第一条　为了规范管理</p>');
  });
  it('does not write a link that is not allowed even if one is stored', () => {
    expect(render([paragraph(text('a', link('javascript:alert(1)')))])).toBe('<p>a</p>');
  });
  it('writes lists, quotations and rules', () => {
    const item = (...content: RichBlock[]) => ({ type: 'listItem' as const, content });
    expect(
      render([
        {
          type: 'bulletList',
          content: [
            item(paragraph(text('a')), { type: 'orderedList', content: [item(paragraph(text('b')))] }),
          ],
        },
        {
          type: 'orderedList',
          attrs: { start: 3 },
          content: [item(paragraph(text('c')), paragraph(text('d')))],
        },
        { type: 'blockquote', content: [paragraph(text('e'))] },
        { type: 'horizontalRule' },
      ]),
    ).toBe(
      '<ul><li>a<ol><li>b</li></ol></li></ul><ol start="3"><li><p>c</p><p>d</p></li></ol><blockquote><p>e</p></blockquote><hr>',
    );
  });
  it('puts tables into boxes that the keyboard can reach, with names that differ', () => {
    const table: RichBlock = {
      type: 'table',
      content: [
        {
          type: 'tableRow',
          content: [
            { type: 'tableHeader', attrs: { colwidth: [90] }, content: [paragraph(text('名'))] },
            { type: 'tableHeader', content: [paragraph()] },
          ],
        },
        {
          type: 'tableRow',
          content: [
            { type: 'tableHeader', content: [paragraph(text('甲'))] },
            { type: 'tableCell', content: [{ type: 'paragraph', attrs: { textAlign: 'right' } }] },
          ],
        },
        {
          type: 'tableRow',
          content: [
            { type: 'tableCell', attrs: { colspan: 2, rowspan: 1 }, content: [paragraph(text('1'))] },
          ],
        },
      ],
    };
    const html = render([table, table]);
    expect(
      html.startsWith(
        '<div class="table-scroll" role="region" tabindex="0" aria-label="表格"><table><colgroup><col width="90"><col></colgroup><thead><tr><th scope="col">名</th><th scope="col"></th></tr></thead><tbody><tr><th scope="row">甲</th><td><p class="align-right"></p></td></tr><tr><td colspan="2">1</td></tr></tbody></table></div>',
      ),
    ).toBe(true);
    expect(html).toContain('aria-label="表格 2"');
  });
});
