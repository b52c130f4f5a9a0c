import { isoMoment, rssMoment } from './moment.ts';
import type { RssItem, RssProps, SitemapEntry } from './page-types.ts';

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
