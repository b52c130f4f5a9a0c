import { expect, test } from 'vitest';

import { type SiteRules, startingRules } from '../../../contracts/relocation.ts';
import { convertHtml, plainText } from '../../platform/rich-text/index.ts';
import { examineHtml } from './examine-page.ts';
import { nameOf } from './old-address.rules.ts';

const hosts = ['www.old.test', 'jyj.old.test'];
const address = 'www.old.test/zwgk/tzgg/202212/t20221208_58.html';
const read = (html: string, rules: Partial<SiteRules> = {}, at = address) => {
  const { page, clean } = examineHtml(html, at, { hosts, rules: { ...startingRules, ...rules } });
  return { ...page, clean, text: clean === undefined ? '' : plainText(convertHtml(clean.html).document) };
};
const standard = (body: string, extra = ''): string => `<html><head>
  <meta name="ArticleTitle" content="关于开展年度检查的通知"><meta name="PubDate" content="2022-12-08 16:23">
  <meta name="ContentSource" content="区政府办"><title>x</title></head><body>${extra}<div id="zoom">${body}</div></body></html>`;

test('a page with the meta tags of the standard is read without any rule of its own', () => {
  const found = read(standard('<p>各有关单位：</p><p>请于年底前完成。</p>'));
  expect(found).toMatchObject({
    kind: 'article',
    title: '关于开展年度检查的通知',
    date: '2022-12-08',
    source: '区政府办',
    column: { key: '/zwgk/tzgg/' },
    missing: [],
  });
  expect(found.text).toBe('各有关单位：\n请于年底前完成。');
});

test('a page of tables gives what its labels say', () => {
  const found = read(
    `<title>某通知 - 部门网站</title><table><tr><td class="wz">您的位置：<a href="/">首页</a> &gt; <a href="/tz/">通知公告</a> &gt; 正文</td></tr>
    <tr><td class="bt">某通知</td></tr><tr><td>发布日期：2021年3月5日&#12288;来源：区教育局 作者：张三 点击：12</td></tr>
    <tr><td><div class="nr">正文在此。</div></td></tr></table>`,
    { title: ['.bt'], body: ['.nr'], breadcrumb: ['.wz'], columnFrom: 'breadcrumb' },
    'jyj.old.test/show.asp?id=12',
  );
  expect(found).toMatchObject({
    kind: 'article',
    title: '某通知',
    date: '2021-03-05',
    source: '区教育局',
    column: { key: '通知公告', name: '通知公告' },
  });
});

test('what is missing is named, and without a date the address says it', () => {
  const found = read('<h1>只有标题</h1><p>没有正文容器</p>');
  expect(found).toMatchObject({ kind: 'other', date: '2022-12-08', by: { date: '网址' } });
  expect(found.missing).toEqual(['source', 'body']);
});

test('an ending that every title has is taken off, and empty meta tags are passed over', () => {
  const html =
    '<meta name="ArticleTitle" content=" "><title>某通知_浔阳区人民政府</title><div id="zoom">x</div>';
  expect(read(html, { titleEndings: ['_浔阳区人民政府'] }).title).toBe('某通知');
});

test('attachments and pictures are named by their address, and lines that only attach are left out', () => {
  const found = read(
    standard(`<p>请见附件。</p><p><img src="../img/a.png" alt="现场"></p>
      <p>附件：1. <a href="./P0201.doc">申报表</a></p><p>另见<a href="/zwgk/b.html">通知</a>和<a href="http://other.gov.cn/x">别处</a></p>`),
  );
  expect(found.clean?.attachments).toEqual([
    { address: 'www.old.test/zwgk/tzgg/202212/P0201.doc', name: '申报表.doc' },
  ]);
  expect(found.clean?.pictures).toEqual([{ address: 'www.old.test/zwgk/tzgg/img/a.png', name: 'a.png' }]);
  expect(found.text).toBe('请见附件。\n另见通知和别处');
  expect(found.clean?.html).toContain('href="/zwgk/b.html"');
  expect(found.clean?.html).toContain('src="www.old.test/zwgk/tzgg/img/a.png"');
});

test('a list leads to its pages, to numbered ones by its script, and to nothing that is no page', () => {
  const items = Array.from(
    { length: 6 },
    (_, at) => `<li><a href="./202212/t${String(at)}.html">关于某事的第${String(at)}号通知</a></li>`,
  );
  const found = read(
    `<ul>${items.join('')}</ul><a href="a.css"></a><a href="x.pdf">文件</a><a href="http://www.gov.cn/">外</a><a href="/english/">E</a>
     <script>createPageHTML(3, 0, "index", "html");</script>`,
    { skippedAddresses: ['/english/**'] },
    'www.old.test/zwgk/tzgg/',
  );
  expect(found.kind).toBe('list');
  const links = found.links.map(nameOf);
  expect(links).toContain('www.old.test/zwgk/tzgg/202212/t5.html');
  expect(links.slice(-2)).toEqual([
    'www.old.test/zwgk/tzgg/index_1.html',
    'www.old.test/zwgk/tzgg/index_2.html',
  ]);
  expect(links).toHaveLength(8);
});

test('a page of a hundred thousand nested elements is refused, not fatal', () => {
  expect(() => read('<div>'.repeat(100_000))).toThrow(
    expect.objectContaining({ code: 'relocation.page-unreadable' }),
  );
});
