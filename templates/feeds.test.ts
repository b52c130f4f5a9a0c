import { describe, expect, test } from 'vitest';
import { renderAtom, renderJsonFeed, renderRss, renderSitemapIndex, renderSitemapXml } from './feeds.ts';

const feed = {
  title: '通知公告',
  description: '区政府发布的通知',
  url: 'https://www.example.gov.cn/zwgk/tzgg/',
  selfUrl: 'https://www.example.gov.cn/zwgk/tzgg/rss.xml',
  author: '区政府办公室',
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

const item = {
  title: '开放公告 <1>',
  url: 'https://www.example.gov.cn/a.html?x=1&y=2',
  description: '步道开放',
  publishedAt: '2026-11-22 16:10',
};

describe('the Atom feed', () => {
  test('has what RFC 4287 demands of a feed and of an entry', () => {
    const xml = renderAtom({ ...feed, items: [{ ...item, updatedAt: '2026-11-23 08:00' }] });
    for (const part of ['<id>', '<title>', '<updated>', '<author><name>区政府办公室</name></author>']) {
      expect(xml.slice(0, xml.indexOf('<entry>'))).toContain(part);
    }
    const entry = xml.slice(xml.indexOf('<entry>'));
    expect(entry).toContain('<id>https://www.example.gov.cn/a.html?x=1&amp;y=2</id>');
    expect(entry).toContain('<title>开放公告 &lt;1&gt;</title>');
    expect(entry).toContain('<published>2026-11-22T16:10:00+08:00</published>');
    expect(entry).toContain('<updated>2026-11-23T08:00:00+08:00</updated>');
  });

  test('is dated by its newest change, and by a constant when it is empty', () => {
    const xml = renderAtom({ ...feed, items: [{ ...item, updatedAt: '2026-11-24 08:00' }, item] });
    expect(xml).toContain('<updated>2026-11-24T08:00:00+08:00</updated><author>');
    expect(renderAtom({ ...feed, items: [] })).toContain('<updated>2000-01-01T00:00:00+08:00</updated>');
  });
});

describe('the JSON feed', () => {
  test('is of version 1.1, and each item has an id, a text and dates with their zone', () => {
    const json = JSON.parse(renderJsonFeed({ ...feed, items: [{ ...item, source: '城管局' }] })) as {
      items: object[];
    };
    expect(json).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      home_page_url: feed.url,
      feed_url: feed.selfUrl,
      authors: [{ name: '区政府办公室' }],
    });
    expect(json.items).toEqual([
      {
        id: item.url,
        url: item.url,
        title: '开放公告 <1>',
        content_text: '步道开放',
        date_published: '2026-11-22T16:10:00+08:00',
        date_modified: '2026-11-22T16:10:00+08:00',
        tags: ['城管局'],
      },
    ]);
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
