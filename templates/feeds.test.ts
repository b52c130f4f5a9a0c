import { describe, expect, test } from 'vitest';
import { renderRss, renderSitemapIndex, renderSitemapXml } from './feeds.ts';

const feed = {
  title: '通知公告',
  description: '区政府发布的通知',
  url: 'https://www.example.gov.cn/zwgk/tzgg/',
  selfUrl: 'https://www.example.gov.cn/zwgk/tzgg/rss.xml',
};

describe('the RSS feed', () => {
  test('carries title, address, date and description of each entry', () => {
    const xml = renderRss({
      ...feed,
      items: [
        {
          title: '开放公告',
          url: 'https://www.example.gov.cn/a.html?x=1&y=2',
          description: '步道开放',
          publishedAt: '2026-11-22 16:10',
          source: '城管局',
        },
      ],
    });
    expect(xml).toContain(
      '<title>开放公告</title><link>https://www.example.gov.cn/a.html?x=1&amp;y=2</link>',
    );
    expect(xml).toContain('<pubDate>Sun, 22 Nov 2026 16:10:00 +0800</pubDate>');
    expect(xml).toContain('<category>城管局</category>');
  });

  test('is dated by its newest entry and by nothing else', () => {
    const item = { title: 'a', url: 'https://e.gov.cn/', description: '' };
    const xml = renderRss({
      ...feed,
      items: [
        { ...item, publishedAt: '2025-01-02 03:04' },
        { ...item, publishedAt: '2026-02-28 23:59' },
      ],
    });
    expect(xml).toContain('<lastBuildDate>Sat, 28 Feb 2026 23:59:00 +0800</lastBuildDate>');
    expect(renderRss({ ...feed, items: [] })).not.toContain('lastBuildDate');
  });

  test('drops what XML forbids and escapes the rest', () => {
    const xml = renderRss({ ...feed, title: 'a\u0000\u000bb\ud800c <]]>&"', items: [] });
    expect(xml).toContain('<title>abc &lt;]]&gt;&amp;&quot;</title>');
  });
});

describe('the sitemap', () => {
  test('gives each address with its last change in China Standard Time', () => {
    const xml = renderSitemapXml([
      { url: 'https://e.gov.cn/a&b', modifiedAt: '2026-11-22 16:10' },
      { url: 'https://e.gov.cn/c', modifiedAt: '2026-11-22' },
      { url: 'https://e.gov.cn/d' },
    ]);
    expect(xml).toContain('<loc>https://e.gov.cn/a&amp;b</loc><lastmod>2026-11-22T16:10:00+08:00</lastmod>');
    expect(xml).toContain('<lastmod>2026-11-22</lastmod>');
    expect(xml).toContain('<url><loc>https://e.gov.cn/d</loc></url>');
  });

  test('has an index over several files', () => {
    expect(renderSitemapIndex([{ url: 'https://e.gov.cn/sitemap-1.xml' }])).toContain(
      '<sitemap><loc>https://e.gov.cn/sitemap-1.xml</loc></sitemap>',
    );
  });
});
