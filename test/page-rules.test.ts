import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { renderPageExamples } from '../templates/pages/page-examples.ts';
import { renderThemeStylesheet } from '../templates/index.ts';
import { checkPage, coloursOfTheme, mostBytesOfTextPage, type PageKind, weightOf } from './page-rules.ts';

const examples = [...renderPageExamples()];
const kinds: Readonly<Record<string, PageKind>> = {
  home: 'home',
  column: 'column',
  article: 'content',
  policy: 'content',
  leader: 'content',
  institution: 'content',
  guide: 'content',
  album: 'content',
  video: 'content',
  topic: 'content',
};
const kindOf = (name: string): PageKind => kinds[name.split(':')[0] ?? ''] ?? 'other';
const isHidden = (name: string): boolean =>
  /^(?:gone|not-found|unavailable|search|leaving|form|file preview)/.test(name);
const canonicalOf = (html: string): string =>
  /<link rel="canonical" href="([^"]+)"/.exec(html)?.[1] ?? 'https://www.xunyang-demo.gov.cn/';

const published = (name: string, html: string) => ({
  kind: kindOf(name),
  url: canonicalOf(html),
  html,
  hidden: isHidden(name),
});

describe('the rules of inspections', () => {
  it.each(examples)('are kept by the example %s', (name, html) => {
    expect(checkPage(published(name, html))).toEqual([]);
  });

  const [name = '', html = ''] = examples.find(([one]) => one.startsWith('article:')) ?? [];
  it.each([
    ['R28', /<meta name="SiteName"[^>]*>/, ''],
    ['R28', /(<meta name="SiteDomain" content=")[^"]*/, '$1 '],
    ['R29', /<meta name="ColumnKeywords"[^>]*>/, ''],
    ['R30', /<meta name="ContentSource"[^>]*>/, '<meta name="ContentSource" content="别处">'],
    ['R30', /(<meta name="ArticleTitle" content=")/, '$1另一个'],
    ['R31', /(<meta name="PubDate" content="\d{4}-\d\d-\d\d )\d\d/, '$125'],
    ['R31', /(<meta name="PubDate" content=")\d{4}/, '$12001'],
    ['R32', /(<meta name="SiteIDCode" content=")\d/, '$1'],
    ['R33', /我为政府网站找错/, '联系我们'],
    ['R33', /党政机关标识/, '标识'],
    ['R34', /ICP备\d{8}号/, 'ICP备123号'],
    ['R34', /公网安备 \d{14}号/, '公网安备 1号'],
    ['R35', /(<meta name="SiteDomain" content=")[^"]*/, '$1www.example.com'],
    ['R36', /(<span class="brand-name">)/, '$1新'],
    ['R39', /(<div class="rich-text">)/, '$1<a href="https://www.example.com/">外</a>'],
    ['R39', /\/static\/site\.js/, '/static/other.js'],
    ['machines', /<link rel="canonical"[^>]*>/, ''],
    ['machines', /"@graph"/, '"@graph'],
    ['machines', /"NewsArticle"/, '"Thing"'],
    ['R70', /<html lang="zh-CN">/, '<html>'],
    ['R70', /<\/h1>/, '</h1><h1>又一个</h1>'],
    ['R70', /(<div class="rich-text">)/, '$1<img src="/a.png">'],
    ['policy', /<main/, '<main style="color: red"'],
    ['policy', /<main/, '<main onclick="act()"'],
  ])('find %s where %s is broken', (rule, pattern, replacement) => {
    const broken = html.replace(pattern, replacement);
    expect(broken).not.toBe(html);
    const rules = checkPage({ ...published(name, broken), url: canonicalOf(html) }).map((one) => one.rule);
    expect(rules).toContain(rule);
  });

  it('find a name that is not the registered one, and a message that search engines may keep', () => {
    const page = published(name, html);
    expect(checkPage({ ...page, siteName: '某区人民政府' }).map((one) => one.rule)).toEqual(['R36']);
    expect(checkPage({ ...page, hidden: true }).map((one) => one.rule)).toEqual(['machines']);
  });
});

describe('what is transferred for a text page', () => {
  const styles = readdirSync('templates/styles').sort();
  const sheet = Buffer.concat(styles.map((file) => readFileSync(join('templates/styles', file))));
  const bytesOf = (path: string): Buffer | undefined => {
    const name = /^\/(?:static\/)?([^?]+)/.exec(path)?.[1] ?? '';
    if (name === 'site.css') return sheet;
    if (name === 'theme.css') return Buffer.from(renderThemeStylesheet({ primary: '#0b5cad' }));
    return name.endsWith('.js') ? readFileSync(join('templates/assets', name)) : undefined;
  };

  it.each(examples)('stays below 100 KB: %s', (_name, html) => {
    expect(weightOf(html, bytesOf)).toBeLessThan(mostBytesOfTextPage);
  });

  it('counts what the page loads, and misses nothing', () => {
    const bare = '<!doctype html><title>x</title>';
    const heavy = `${bare}<script src="/static/site.js"></script>`;
    expect(weightOf(heavy, bytesOf)).toBeGreaterThan(weightOf(bare, bytesOf) + 1_000);
    expect(() => weightOf(`${bare}<link rel="stylesheet" href="/none.css">`, bytesOf)).toThrow('/none.css');
  });
});

it('a theme has one main colour and at most one more', () => {
  expect(coloursOfTheme(renderThemeStylesheet({ primary: '#0b5cad' }))).toHaveLength(1);
  expect(coloursOfTheme(renderThemeStylesheet({ primary: '#0b5cad', accent: '#8a4b00' }))).toHaveLength(2);
});
