import { isoMoment, rssMoment } from './moment.ts';
import type { Minute, RssItem, RssProps, SitemapEntry } from './page-types.ts';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const SITEMAP_NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
/** Characters that XML 1.0 forbids even when escaped: pasted text brings them along. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu;
const SPECIAL = /[&<>"']/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(SPECIAL, (found) => ENTITIES[found] ?? '');
}

/** RSS 2.0. The feed's own date is that of its newest item, so that an unchanged column gives unchanged bytes. */
export function renderRss(feed: RssProps): string {
  const newest = feed.items.reduce(
    (latest, item) => (item.publishedAt > latest ? item.publishedAt : latest),
    '',
  );
  const built = newest === '' ? '' : `<lastBuildDate>${rssMoment(newest)}</lastBuildDate>`;
  return (
    `${DECLARATION}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>` +
    `<title>${escapeXml(feed.title)}</title><link>${escapeXml(feed.url)}</link>` +
    `<description>${escapeXml(feed.description || feed.title)}</description><language>zh-cn</language>${built}` +
    `<atom:link href="${escapeXml(feed.selfUrl)}" rel="self" type="application/rss+xml"/>` +
    `${feed.items.map(renderItem).join('')}</channel></rss>\n`
  );
}

function renderItem(item: RssItem): string {
  const source = item.source === undefined ? '' : `<category>${escapeXml(item.source)}</category>`;
  return (
    `<item><title>${escapeXml(item.title)}</title><link>${escapeXml(item.url)}</link>` +
    `<guid isPermaLink="true">${escapeXml(item.url)}</guid><pubDate>${rssMoment(item.publishedAt)}</pubDate>` +
    `<description>${escapeXml(item.description)}</description>${source}</item>`
  );
}

/** What an empty Atom feed is dated with: the format asks for a date, and templates look at no clock. */
const NEVER = '2000-01-01 00:00';

function newestChange(items: readonly RssItem[]): Minute {
  const moments = items.map((item) => item.updatedAt ?? item.publishedAt);
  return moments.reduce((latest, moment) => (moment > latest ? moment : latest), NEVER);
}

/** Atom 1.0 (RFC 4287). */
export function renderAtom(feed: RssProps): string {
  return (
    `${DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">` +
    `<id>${escapeXml(feed.selfUrl)}</id><title>${escapeXml(feed.title)}</title>` +
    `<subtitle>${escapeXml(feed.description || feed.title)}</subtitle>` +
    `<updated>${isoMoment(newestChange(feed.items))}</updated>` +
    `<author><name>${escapeXml(feed.author)}</name></author>` +
    `<link rel="self" type="application/atom+xml" href="${escapeXml(feed.selfUrl)}"/>` +
    `<link rel="alternate" type="text/html" href="${escapeXml(feed.url)}"/>` +
    `${feed.items.map(renderEntry).join('')}</feed>\n`
  );
}

function renderEntry(item: RssItem): string {
  const source = item.source === undefined ? '' : `<category term="${escapeXml(item.source)}"/>`;
  return (
    `<entry><id>${escapeXml(item.url)}</id><title>${escapeXml(item.title)}</title>` +
    `<link rel="alternate" type="text/html" href="${escapeXml(item.url)}"/>` +
    `<published>${isoMoment(item.publishedAt)}</published>` +
    `<updated>${isoMoment(item.updatedAt ?? item.publishedAt)}</updated>` +
    `<summary>${escapeXml(item.description)}</summary>${source}</entry>`
  );
}

/** JSON Feed 1.1. */
export function renderJsonFeed(feed: RssProps): string {
  const json = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.url,
    feed_url: feed.selfUrl,
    description: feed.description || feed.title,
    language: 'zh-CN',
    authors: [{ name: feed.author }],
    items: feed.items.map((item) => ({
      id: item.url,
      url: item.url,
      title: item.title,
      content_text: item.description,
      date_published: isoMoment(item.publishedAt),
      date_modified: isoMoment(item.updatedAt ?? item.publishedAt),
      ...(item.source === undefined ? {} : { tags: [item.source] }),
    })),
  };
  return `${JSON.stringify(json)}\n`;
}

/** One sitemap file; the protocol allows 50,000 addresses in it. */
export function renderSitemapXml(entries: readonly SitemapEntry[]): string {
  const urls = entries.map((entry) => `<url>${renderLocation(entry)}</url>`).join('\n');
  return `${DECLARATION}<urlset xmlns="${SITEMAP_NAMESPACE}">\n${urls}\n</urlset>\n`;
}

export function renderSitemapIndex(files: readonly SitemapEntry[]): string {
  const sitemaps = files.map((file) => `<sitemap>${renderLocation(file)}</sitemap>`).join('\n');
  return `${DECLARATION}<sitemapindex xmlns="${SITEMAP_NAMESPACE}">\n${sitemaps}\n</sitemapindex>\n`;
}

function renderLocation({ url, modifiedAt }: SitemapEntry): string {
  const modified = modifiedAt === undefined ? '' : `<lastmod>${isoMoment(modifiedAt)}</lastmod>`;
  return `<loc>${escapeXml(url)}</loc>${modified}`;
}
