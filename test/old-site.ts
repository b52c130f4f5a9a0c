import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { type CopiedFile, gbkOf } from './old-copy.ts';

/** One article as it stood on the old site, with what an importer must find in it. */
export interface OldArticle {
  readonly path: string;
  readonly title: string;
  readonly date: string;
  readonly source: string;
  /** The body as it was written, before any layout. */
  readonly body: string;
  readonly folder: string;
  readonly attachment: { readonly path: string; readonly name: string } | undefined;
}

export interface OldSite {
  readonly host: string;
  readonly articles: readonly OldArticle[];
  /** Addresses of list pages. */
  readonly lists: readonly string[];
  readonly folders: readonly string[];
  readonly files: readonly CopiedFile[];
}

interface Entry {
  readonly key: string;
  readonly site: string;
  readonly columns: readonly string[];
  readonly title: string;
  readonly source?: string;
  readonly body?: string;
  readonly attachments?: readonly { readonly name: string; readonly content?: string }[];
}

const siteName = '浔阳区人民政府';
const host = 'old.xunyang.localhost';
const perList = 20;

function entriesOf(directory: string): readonly Entry[] {
  const files = readdirSync(join(directory, 'content')).filter((name) => name !== 'compositions.json');
  return files.flatMap(
    (name) => JSON.parse(readFileSync(join(directory, 'content', name), 'utf8')) as Entry[],
  );
}

function dayOf(at: number): string {
  return new Date(Date.UTC(2022, 11, 8) + at * 86_400_000 * 2).toISOString().slice(0, 10);
}

/**
 * An old site with addresses like `/zwgk/zfxxgkzl/…/202212/t20221208_5875095.html`, made of the demonstration content in
 * layouts that have nothing of ours: the portal in UTF-8 with meta tags, the departments in GBK with tables.
 */
export function buildOldSite(directory: string, atLeast = 320): OldSite {
  const entries = entriesOf(directory).filter((entry) => (entry.body ?? '') !== '');
  const articles: OldArticle[] = [];
  for (let at = 0; articles.length < atLeast; at += 1) {
    const entry = entries[at % entries.length];
    if (entry === undefined) throw new Error('the demonstration has no content');
    articles.push(articleOf(entry, at, Math.floor(at / entries.length)));
  }
  const folders = [...new Set(articles.map((one) => one.folder))].sort();
  const files: CopiedFile[] = articles.flatMap((article, at) => filesOf(article, at));
  const lists: string[] = [];
  for (const folder of folders) {
    const inside = articles.filter((one) => one.folder === folder);
    for (let page = 0; page * perList < inside.length; page += 1) {
      const path = `${folder}${page === 0 ? 'index.html' : `index_${String(page)}.html`}`;
      lists.push(path);
      files.push({
        name: path.slice(1),
        bytes: listPage(
          folder,
          inside.slice(page * perList, (page + 1) * perList),
          Math.ceil(inside.length / perList),
        ),
      });
    }
  }
  files.push({ name: 'index.html', bytes: homePage(folders) }, { name: 'images/logo.gif', bytes: 'GIF89a' });
  return { host, articles, lists, folders, files };
}

function articleOf(entry: Entry, at: number, round: number): OldArticle {
  const date = dayOf(at);
  const digits = date.replaceAll('-', '');
  const column = entry.columns[0]?.split(':')[1] ?? 'qita';
  const folder = entry.site === 'www' ? `/zwgk/zfxxgkzl/${column}/` : `/bm/${entry.site}/${column}/`;
  const place = `${folder}${digits.slice(0, 6)}/`;
  const [first] = entry.attachments ?? [];
  return {
    path: `${place}t${digits}_${String(5_875_000 + at)}.html`,
    title: round === 0 ? entry.title : `${entry.title}（${String(2022 - round)}年）`,
    date,
    source: entry.source ?? siteName,
    body: (entry.body ?? '').replaceAll(/<figure[\s\S]*?<\/figure>/g, ''),
    folder,
    attachment: first && { path: `${place}P0${digits}${String(at)}.csv`, name: first.name },
  };
}

const isPortal = ({ folder }: OldArticle): boolean => folder.startsWith('/zwgk/');
const trail = (folder: string): string => `首页 &gt; ${folder.split('/').filter(Boolean).join(' &gt; ')}`;

function filesOf(article: OldArticle, at: number): readonly CopiedFile[] {
  const { attachment } = article;
  const html = isPortal(article) ? portalPage(article, at) : departmentPage(article, at);
  return [
    { name: article.path.slice(1), bytes: isPortal(article) ? html : gbkOf(html) },
    ...(attachment
      ? [{ name: attachment.path.slice(1), bytes: `序号,项目\n${String(at)},${attachment.name}\n` }]
      : []),
  ];
}

const attachmentLine = ({ attachment }: OldArticle): string =>
  attachment
    ? `<p>附件：<a href="./${attachment.path.split('/').at(-1) ?? ''}">${attachment.name}</a></p>`
    : '';
const menu = Array.from(
  { length: 12 },
  (_, at) => `<li><a href="/zwgk/zfxxgkzl/m${String(at)}/">栏目导航${String(at)}</a></li>`,
).join('');

/** A layout of divs, with the meta tags of the national standard, and the body where a widespread editor put it. */
function portalPage(article: OldArticle, at: number): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${article.title}_${siteName}</title>
<meta name="SiteName" content="${siteName}"><meta name="ArticleTitle" content="${article.title}">
<meta name="PubDate" content="${article.date} 16:0${String(at % 10)}"><meta name="ContentSource" content="${article.source}">
<script>var visits = ${String(at * 7)};</script></head><body><div class="top"><ul class="nav">${menu}</ul></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="${article.folder}">政务公开</a></div>
<div class="main"><h1 class="arti-title">${article.title}</h1>
<div class="info"><span>发布时间：${article.date} 16:0${String(at % 10)}</span> <span>信息来源：${article.source}</span> <span>浏览次数：${String(at * 3)}</span></div>
<div class="TRS_Editor"><style>.TRS_Editor p{text-indent:2em}</style>${article.body}${attachmentLine(article)}<div class="share">分享到：微信 微博</div></div>
<div class="pager"><a href="${article.folder}">上一篇：关于其他事项的说明和通知</a></div></div>
<div class="footer">主办：${siteName}办公室&#12288;备案号：赣ICP备00000000号&#12288;网站标识码：0000000000</div></body></html>`;
}

/** A layout of tables in GBK without any meta tag, everything but the body in cells. */
function departmentPage(article: OldArticle, at: number): string {
  const [year = '', month = '', day = ''] = article.date.split('-');
  const said = `发布日期：${year}年${String(Number(month))}月${String(Number(day))}日`;
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>${article.title} - 部门网站</title></head>
<body><table width="980" align="center"><tr><td><ul>${menu}</ul></td></tr><tr><td class="wz">您现在的位置：${trail(article.folder)}</td></tr>
<tr><td><table width="100%"><tr><td class="bt" align="center">${article.title}</td></tr>
<tr><td class="xx" align="center">${said}&#12288;来源：${article.source}&#12288;点击数：${String(at)}&#12288;字号：大 中 小</td></tr>
<tr><td><div id="zoom" onclick="x()">${article.body}${attachmentLine(article)}</div></td></tr></table></td></tr>
<tr><td class="bq">版权所有：${siteName}&#12288;技术支持：数字中心</td></tr></table></body></html>`;
}

function listPage(folder: string, articles: readonly OldArticle[], pages: number): string {
  const rows = articles.map(
    (one) => `<li><a href="${one.path.slice(folder.length)}">${one.title}</a><span>${one.date}</span></li>`,
  );
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${siteName}</title></head><body><div class="crumbs">${trail(folder)}</div>
<ul class="list">${rows.join('')}</ul><script>createPageHTML(${String(pages)}, 0, "index", "html");</script></body></html>`;
}

function homePage(folders: readonly string[]): string {
  const links = folders.map((folder) => `<a href="${folder}">${folder}</a>`);
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${siteName}</title></head><body>${links.join('')}<a href="https://www.example.com/">外站</a></body></html>`;
}
