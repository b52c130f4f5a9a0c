import { describe, expect, it } from 'vitest';
import type {
  BulletList,
  OrderedList,
  RichBlock,
  RichDocument,
  RichInline,
  TableCell,
  TableRow,
} from '../../../contracts/rich-text.ts';
import { convertHtml, type ConvertHtmlOptions } from './index.ts';

const blocksOf = (html: string, options?: ConvertHtmlOptions): RichBlock[] =>
  convertHtml(html, options).document.content;

/** A short written form of a document, so that a test can be read. */
function sketch(document: RichDocument): string {
  return document.content.map(sketchBlock).join('\n');
}
function sketchBlock(block: RichBlock): string {
  switch (block.type) {
    case 'paragraph':
      return `${alignOf(block.attrs?.textAlign)}${inline(block.content)}`;
    case 'heading':
      return `${'#'.repeat(block.attrs.level)}${alignOf(block.attrs.textAlign)} ${inline(block.content)}`;
    case 'bulletList':
    case 'orderedList':
      return sketchList(block);
    case 'blockquote':
      return `quote(${contained(block)})`;
    case 'table':
      return block.content.map(sketchRow).join(';');
    case 'image':
      return `img(${block.attrs.assetId},${block.attrs.alt},${block.attrs.title ?? ''})`;
    case 'horizontalRule':
      return '---';
  }
}
function sketchList(list: BulletList | OrderedList): string {
  const name = list.type === 'bulletList' ? 'ul' : `ol${list.attrs?.start ?? ''}`;
  return `${name}(${list.content.map(contained).join(' | ')})`;
}
const sketchRow = (row: TableRow): string => (row.content ?? []).map(sketchCell).join(',');
function sketchCell(cell: TableCell): string {
  const { colspan = 1, rowspan = 1 } = cell.attrs ?? {};
  const span = colspan > 1 || rowspan > 1 ? `{${colspan}x${rowspan}}` : '';
  return `${cell.type === 'tableHeader' ? '^' : ''}${contained(cell)}${span}`;
}
const contained = (node: { content: RichBlock[] }): string => node.content.map(sketchBlock).join(' / ');
const alignOf = (align: string | null | undefined): string => (align ? `<${align}>` : '');
function inline(content: RichInline[] | undefined): string {
  return (content ?? [])
    .map((node) => {
      const marks = (node.marks ?? []).map((mark) =>
        mark.type === 'link' ? `link=${mark.attrs.href}` : mark.type,
      );
      const text = node.type === 'text' ? node.text : '⏎';
      return marks.length === 0 ? text : `[${text}:${marks.join('+')}]`;
    })
    .join('');
}
const converted = (html: string, options?: ConvertHtmlOptions): string =>
  sketch(convertHtml(html, options).document);

describe('what must not get in', () => {
  it.each([
    ['<script>alert(1)</script>正文', '正文'],
    ['<style>p{color:red}</style><p>正文</p>', '正文'],
    ['<iframe src="https://a.cn"></iframe><p>正文</p>', '正文'],
    ['<object data="x.swf"><embed src="x"></object>正文', '正文'],
    ['<form action="/x"><p>姓名<input name=a></p><button>提交</button></form>', '姓名'],
    ['<p onclick="alert(1)" onmouseover=x>正文</p>', '正文'],
    ['<a href="javascript:alert(1)">点</a>', '点'],
    ['<a href=" &#106;ava\tscript:alert(1)">点</a>', '点'],
    ['<a href="data:text/html,x">点</a>', '点'],
    ['<a href="https://www.gov.cn@evil.com/">点</a>', '点'],
    ['<svg><a xlink:href="javascript:x"><text>图</text></a></svg>正文', '正文'],
    [
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>正文',
      '正文',
    ],
    ['<noscript><p title="</noscript><img src=x onerror=alert(1)>">甲</noscript>乙', '">甲乙'],
    ['<template><p>甲</p></template>乙', '乙'],
    ['<p style="display:none">甲</p><p hidden>乙</p><span style="mso-hide:all">丙</span>丁', '丁'],
    ['<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->正文', '正文'],
    ['<xml><o:OfficeDocumentSettings>x</o:OfficeDocumentSettings></xml>正文', '正文'],
    ['<title>题</title><meta charset=x><link rel=x href=y>正文', '正文'],
  ])('%s', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });

  it('says what was left out', () => {
    const { warnings } = convertHtml(
      '<a href="javascript:x">点</a><img src="a.png"><img src="b.png"><video src=x></video><input>',
    );
    expect(warnings).toEqual([
      '1 个链接的地址不允许，只保留了文字',
      '2 张图片没有带入，请另行上传',
      '1 处音视频或嵌入内容没有带入',
      '1 个表单控件没有带入',
    ]);
  });
});

describe('text', () => {
  it.each([
    ['<p>　　缩进的段落</p>', '缩进的段落'],
    ['<p>&nbsp;&nbsp;&nbsp;&nbsp;缩进</p><p>&nbsp;</p><p>　</p><p></p>', '缩进'],
    ['<p>a&nbsp;&nbsp; b</p>', 'a b'],
    ['<p>零\u200b宽\ufeff字\u00ad符</p>', '零宽字符'],
    ['<p>国务院办公厅\r\n关于印发\n通知</p>', '国务院办公厅关于印发通知'],
    ['<p><span>国务</span>\n<span>院</span></p>', '国务院'],
    ['<p>the\nState Council</p>', 'the State Council'],
    ['<p>甲<br>乙</p>', '甲⏎乙'],
    ['甲<br><br>　　乙<br>　　丙', '甲\n乙\n丙'],
    ['<p>甲<br></p>', '甲'],
    ['<div>甲<div>乙</div>丙</div>', '甲\n乙\n丙'],
    ['<pre>第一行\n第二行</pre>', '第一行⏎第二行'],
    ['<dl><dt>词</dt><dd>义</dd></dl>', '词\n义'],
    ['<section><section><span>微信</span></section></section>', '微信'],
    ['&lt;script&gt;&amp;', '<script>&'],
    ['', ''],
    ['   \n ', ''],
  ])('%j', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });
});

describe('marks', () => {
  it.each([
    ['<b>甲</b><strong>乙</strong>丙', '[甲乙:bold]丙'],
    ['<i>a</i><em>b</em>', '[ab:italic]'],
    ['<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>', '[ab:underline][cde:strike]'],
    ['m<sup>2</sup>H<sub>2</sub>O', 'm[2:superscript]H[2:subscript]O'],
    ['<span style="font-weight:700">甲</span><span style="FONT-WEIGHT: bold">乙</span>', '[甲乙:bold]'],
    ['<b style="font-weight:normal" id="docs-internal-guid-1">甲</b>', '甲'],
    ['<strong><span style="font-weight:400">甲</span>乙</strong>', '甲[乙:bold]'],
    [
      '<span style="font-style:italic;text-decoration:underline line-through">a</span>',
      '[a:italic+strike+underline]',
    ],
    ['<span style="vertical-align:super">2</span>', '[2:superscript]'],
    ['<font color=red face="仿宋"><b>甲</b></font>', '[甲:bold]'],
    ['<p style="font-weight:bold">甲</p>乙', '[甲:bold]\n乙'],
    ['<b><p>甲</p><p>乙</p></b>', '[甲:bold]\n[乙:bold]'],
    ['<b>甲 </b>乙', '[甲 :bold]乙'],
    ['<sup><sub>x</sub></sup>', '[x:subscript+superscript]'],
  ])('%s', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });
});

describe('links', () => {
  it.each([
    ['<a href="https://www.gov.cn/a">甲</a>', '[甲:link=https://www.gov.cn/a]'],
    ['<a href=" HTTP://A.cn/x y ">甲</a>', '[甲:link=http://a.cn/x%20y]'],
    ['<a href="//www.gov.cn/a">甲</a>', '[甲:link=https://www.gov.cn/a]'],
    ['<a href="/zwgk/">甲</a>', '[甲:link=/zwgk/]'],
    ['<a href="t1.html">甲</a>', '甲'],
    ['<a href="#_Toc1">甲</a>', '甲'],
    ['<a href="#article-12">甲</a>', '[甲:link=#article-12]'],
    [
      '<a href="mailto:a@b.cn">甲</a><a href="tel:0792 12345">乙</a>',
      '[甲:link=mailto:a@b.cn][乙:link=tel:079212345]',
    ],
    ['<a name="top">甲</a>', '甲'],
    ['<a href="https://a.cn"><b>甲</b>乙</a>', '[甲:bold+link=https://a.cn][乙:link=https://a.cn]'],
  ])('%s', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });

  it('resolves relative addresses when it knows where the page was', () => {
    const options = { baseUrl: 'http://old.gov.cn/zwgk/202212/t1.html' };
    expect(converted('<a href="../t2.html">甲</a><a href="/a">乙</a>', options)).toBe(
      '[甲:link=http://old.gov.cn/zwgk/t2.html][乙:link=http://old.gov.cn/a]',
    );
  });
});

describe('headings and alignment', () => {
  it.each([
    ['<h1>甲</h1><h2>乙</h2><h3>丙</h3><h4>丁</h4>', '## 甲\n### 乙\n#### 丙\n#### 丁'],
    ['<h2>甲</h2><h3>乙</h3><h4>丙</h4><h6>丁</h6>', '## 甲\n### 乙\n#### 丙\n#### 丁'],
    ['<p class="MsoHeading2">甲</p>', '## 甲'],
    ['<p class="Heading 3">甲</p>', '### 甲'],
    ['<p class=MsoNormal style="mso-outline-level:2">甲</p>', '## 甲'],
    ['<p style="mso-outline-level:body">甲</p>', '甲'],
    ['<h2></h2><h2>&nbsp;</h2><p>甲</p>', '甲'],
    [`<h2>${'长'.repeat(300)}</h2>`, '长'.repeat(300)],
    [
      '<p align=center>甲</p><p style="text-align:right">乙</p><p style="text-align:justify">丙</p>',
      '<center>甲\n<right>乙\n丙',
    ],
    ['<center>甲<p align=left>乙</p></center>', '<center>甲\n乙'],
    ['<div style="text-align:center"><p>甲</p></div><p>乙</p>', '<center>甲\n乙'],
    ['<h2 align=center>甲</h2>', '##<center> 甲'],
    ['<blockquote><p>甲</p><p>乙</p></blockquote><hr>', 'quote(甲 / 乙)\n---'],
    ['<blockquote></blockquote>甲', '甲'],
  ])('%s', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });

  it('keeps only anchors of our own form, each once', () => {
    const blocks = blocksOf('<h2 id="article-1">甲</h2><h2 id="article-1">乙</h2><h2 id="search">丙</h2>');
    expect(blocks.map((block) => (block.type === 'heading' ? block.attrs.anchor : null))).toEqual([
      'article-1',
      undefined,
      undefined,
    ]);
  });
});

describe('lists', () => {
  it.each([
    ['<ul><li>甲<li>乙</ul>', 'ul(甲 | 乙)'],
    ['<ol start=3><li>甲</li></ol>', 'ol3(甲)'],
    ['<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>', 'ul(甲 / ul(乙) | 丙)'],
    ['<ul><li>甲</li><ul><li>乙</li></ul></ul>', 'ul(甲 / ul(乙))'],
    ['<ul>甲<li>乙</li></ul>', 'ul(甲 | 乙)'],
    ['<ul></ul><ol><li></li></ol>甲', '甲'],
    ['<ul><li><p>甲</p><p>乙</p></li></ul>', 'ul(甲 / 乙)'],
    ['<ul><li><h3>甲</h3>乙</li></ul>', 'ul(甲 / 乙)'],
    ['<ul><li><ol><li>甲</li></ol></li></ul>', 'ul( / ol(甲))'],
    ['<li>甲</li><li>乙</li>', '甲\n乙'],
  ])('%s', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });

  const word = (level: number, marker: string, text: string): string =>
    `<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level${level} lfo1'>` +
    `<![if !supportLists]><span lang=EN-US style='font-family:Wingdings;mso-list:\nIgnore'>` +
    `<span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span>` +
    `<![endif]><span style='font-family:宋体'>${text}</span><span lang=EN-US><o:p></o:p></span></p>`;

  it.each([
    ['bullets', word(1, '·', '甲') + word(1, '·', '乙'), 'ul(甲 | 乙)'],
    ['wingdings', word(1, 'l', '甲') + word(2, '\uf0d8', '乙') + word(1, 'l', '丙'), 'ul(甲 / ul(乙) | 丙)'],
    ['numbers', word(1, '1.', '甲') + word(1, '2.', '乙'), 'ol(甲 | 乙)'],
    [
      'numbers that go on',
      word(1, '1.', '甲') + '<p>中间</p>' + word(1, '2.', '乙'),
      'ol(甲)\n中间\nol2(乙)',
    ],
    ['both kinds', word(1, '1.', '甲') + word(2, 'Ø', '乙'), 'ol(甲 / ul(乙))'],
    ['a level left out', word(3, '·', '甲') + word(1, '·', '乙'), 'ul(甲)\nul(乙)'],
    [
      'Chinese numbering',
      word(1, '一、', '总体要求') + word(2, '（一）', '目标'),
      '一、总体要求\n（一）目标',
    ],
  ])('makes real lists of a word processor’s: %s', (_name, html, expected) => {
    expect(converted(html)).toBe(expected);
  });

  it('knows a list paragraph whose bullet is typed', () => {
    expect(
      converted(
        '<p class=MsoListParagraphCxSpFirst>·&nbsp;&nbsp;甲</p><p class=MsoListParagraphCxSpLast>· 乙</p>',
      ),
    ).toBe('ul(甲 | 乙)');
  });
});

describe('tables', () => {
  it.each([
    ['<table><tr><th>甲<th>乙<tr><td>1<td>2</table>', '^甲,^乙;1,2'],
    ['<table><thead><tr><td>甲<td>乙</thead><tbody><tr><td>1<td>2</table>', '^甲,^乙;1,2'],
    ['<table><tr><td colspan=2>甲<tr><td>1<td>2</table>', '甲{2x1};1,2'],
    ['<table><tr><td rowspan=2>甲<td>1<tr><td>2</table>', '甲{1x2},1;2'],
    ['<table><tr><td rowspan=9>甲<td>1<tr><td>2</table>', '甲{1x2},1;2'],
    ['<table><tr><td>甲<td>乙<tr><td>丙</table>', '甲,乙;丙,'],
    ['<table><tr><td colspan=0>甲<td colspan=x>乙</table>', '甲,乙'],
    ['<table><tr></tr><tr><td>甲<td>乙</tr><tr></tr></table>', '甲,乙'],
    ['<table><caption>表一</caption><tr><td>甲<td>乙</table>', '表一\n甲,乙'],
    ['<table><tr><td><p>甲</p><ul><li>乙</li></ul><td></table>', '甲 / ul(乙),'],
    ['<table><tr><td align=center>甲<td>乙</table>', '<center>甲,乙'],
    ['<table>散字<tr><td>甲<td>乙</table>', '散字\n甲,乙'],
    ['<table></table>甲', '甲'],
    ['<tr><td>甲</td><td>乙</td></tr>', '甲\n乙'],
  ])('%s', (html, expected) => {
    expect(converted(html)).toBe(expected);
  });

  it('reads a table that only arranges the page as its cells one after the other', () => {
    const html = '<table><tr><td><table><tr><td><h2>题</h2><p>正文</p></td></tr></table></td></tr></table>';
    expect(converted(html)).toBe('## 题\n正文');
  });
  it('keeps the real table inside one that arranges the page', () => {
    const html = '<table><tr><td>左<td><table><tr><td>1<td>2<tr><td>3<td>4</table></td></tr></table>';
    expect(converted(html)).toBe('左\n1,2;3,4');
  });
  it('flattens a table inside the cell of a real one', () => {
    const html = '<table><tr><td>a<td>b<tr><td>c<td><table><tr><td>1<td>2</table></table>';
    expect(converted(html)).toBe('a,b;c,1 / 2');
  });
  it('never grows from spans that claim too much', () => {
    const [table] = blocksOf(
      '<table><tr><td colspan=1000 rowspan=65534>甲<td colspan=1000>乙<tr><td>丙</table>',
    );
    expect(table?.type === 'table' && table.content.map((row) => row.content?.length)).toEqual([1, 0]);
    expect(JSON.stringify(table)).toMatch(/甲.*乙.*丙/);
  });
  it('keeps the widths of columns that the table states', () => {
    const [table] = blocksOf('<table><col width=72><col width=30%><tr><td>甲<td>乙</table>');
    const cells = table?.type === 'table' ? table.content[0]?.content : [];
    expect(cells?.map((cell) => cell.attrs?.colwidth)).toEqual([[72], undefined]);
  });
});

describe('pictures', () => {
  const resolveImage = (src: string): { assetId: string } | null =>
    src.endsWith('.png') ? { assetId: '7' } : null;

  it('keeps a picture that is a known asset, as a block of its own', () => {
    expect(converted('<p>甲<img src="/a.png" alt=" 图 一 ">乙</p>', { resolveImage })).toBe(
      '甲\nimg(7,图 一,)\n乙',
    );
  });
  it('lists the others in order and leaves them out', () => {
    const { document, images } = convertHtml('<p>甲<img src="a.jpg" alt="x">乙<img src="b.jpg"></p>', {
      resolveImage,
    });
    expect(sketch(document)).toBe('甲乙');
    expect(images).toEqual([
      { src: 'a.jpg', alt: 'x' },
      { src: 'b.jpg', alt: '' },
    ]);
  });
  it('takes the real address of a picture that loads late, as WeChat writes it', () => {
    const html =
      '<img class="rich_pages" data-src="https://mmbiz.qpic.cn/1/640" src="data:image/gif;base64,R0" alt="图">';
    expect(convertHtml(html).images).toEqual([{ src: 'https://mmbiz.qpic.cn/1/640', alt: '图' }]);
  });
  it('takes a figure’s caption', () => {
    const html = '<figure><img src="/a.png" alt="x"><figcaption>会议<b>现场</b></figcaption></figure>';
    expect(converted(html, { resolveImage })).toBe('img(7,x,会议现场)');
    expect(converted('<figure><img src="a.jpg"><figcaption>会议现场</figcaption></figure>')).toBe('会议现场');
  });
  it('resolves addresses against the page and passes over counting pixels', () => {
    const html = '<img src="./W0.jpg"><img src="//s.cn/1.gif" width=1 height=1><img>';
    expect(convertHtml(html, { baseUrl: 'http://old.gov.cn/a/t.html' }).images).toEqual([
      { src: 'http://old.gov.cn/a/W0.jpg', alt: '' },
    ]);
  });
  it('does not believe an asset id that is none', () => {
    expect(converted('<img src="/a.png">甲', { resolveImage: () => ({ assetId: '"><script>' }) })).toBe('甲');
  });
});
