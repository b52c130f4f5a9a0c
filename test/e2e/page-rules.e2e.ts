import { beforeAll, describe, expect, inject, test } from 'vitest';

import { checkPage, coloursOfTheme, mostBytesOfTextPage, type PageKind, weightOf } from '../page-rules.ts';
import { type Answer, get } from './citizen.ts';
import { openDistrict } from './district.ts';

const district = openDistrict(inject('district'));
const sites = ['www', 'jyj', 'mzj', 'wjw', 'gtjd'] as const;
const mostOfSite = 120;
const located = /<loc>([^<]+)<\/loc>/g;

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found.replaceAll('&amp;', '&'));

/** What the sitemap of a site names: home page, columns, articles; and one page of an archive where there is one. */
async function pagesOf(home: string): Promise<readonly string[]> {
  const parts = matches((await get(`${home}/sitemap.xml`)).text, located);
  const urls: string[] = [];
  for (const part of parts) urls.push(...matches((await get(part)).text, located));
  return [...new Set([...urls, `${home}/correction.html`, `${home}/accessibility.html`])].slice(
    0,
    mostOfSite,
  );
}

function kindOf(url: string): PageKind {
  const { pathname } = new URL(url);
  if (pathname === '/') return 'home';
  if (/\/t\d{8}_\d+\.html$/.test(pathname)) return 'content';
  return pathname.endsWith('/') || /\/list-\d+\.html$/.test(pathname) ? 'column' : 'other';
}

const feedsOf = (html: string): readonly string[] =>
  matches(html, /<link rel="alternate" type="[^"]+"[^>]* href="([^"]+)"/g);

describe.each(sites)('the published pages of %s', (site) => {
  const home = district.siteUrl(site);
  const pages = new Map<string, Answer>();
  beforeAll(async () => {
    for (const url of await pagesOf(home)) pages.set(url, await get(url));
  });

  test('keep the rules of inspections, whatever kind they are', () => {
    const kinds = new Set([...pages.keys()].map(kindOf));
    expect([...kinds].sort()).toEqual(['column', 'content', 'home', 'other']);
    const ownHosts = sites.map((one) => new URL(district.siteUrl(one)).hostname);
    const findings = [...pages].flatMap(([url, { text, status }]) => [
      ...(status === 200 ? [] : [`${url}: ${String(status)}`]),
      ...checkPage({ kind: kindOf(url), url, html: text, ownHosts }).map(
        ({ rule, what }) => `${url}: ${rule} ${what}`,
      ),
    ]);
    expect(findings).toEqual([]);
  });

  test('that say something is missing keep them too, and no search engine keeps them', async () => {
    for (const path of ['/nowhere.html', `/search?q=${encodeURIComponent('通知')}`]) {
      const { text } = await get(`${home}${path}`);
      expect(checkPage({ kind: 'other', url: `${home}${path}`, html: text, hidden: true })).toEqual([]);
    }
  });

  test('are light, with everything they load', async () => {
    const loaded = new Map<string, Buffer>();
    const named = [...pages.values()].flatMap(({ text }) =>
      matches(text, /(?:rel="stylesheet" href|script src)="([^"]+)"/g),
    );
    for (const path of new Set(named)) loaded.set(path, (await get(new URL(path, home).href)).bytes);
    const heavy = [...pages].flatMap(([url, { text }]) => {
      const weight = weightOf(text, (path) => loaded.get(path));
      return weight > mostBytesOfTextPage ? [`${url}: ${String(weight)}`] : [];
    });
    expect(heavy).toEqual([]);
  });

  test('have few colours', async () => {
    expect(coloursOfTheme((await get(`${home}/theme.css`)).text).length).toBeLessThanOrEqual(2);
  });

  test('name three feeds each, which are there and say the same', async () => {
    expect(feedsOf(pages.get(`${home}/`)?.text ?? '')).toHaveLength(3);
    const some = [...pages].filter(([url]) => ['home', 'column'].includes(kindOf(url)));
    for (const [url, { text }] of some) {
      const feeds = feedsOf(text);
      if (feeds.length === 0) continue;
      const [rss, atom, json] = await Promise.all(feeds.map((feed) => get(new URL(feed, url).href)));
      if (!rss || !atom || !json) throw new Error(`${url} names ${String(feeds.length)} feeds`);
      expect([rss, atom, json].map(({ type }) => type.split(';')[0])).toEqual([
        'application/rss+xml',
        'application/atom+xml',
        'application/feed+json',
      ]);
      const { items } = JSON.parse(json.text) as { items: { url: string }[] };
      const urls = items.map((item) => item.url);
      expect(matches(rss.text, /<item>.*?<link>([^<]+)</gs)).toEqual(urls);
      expect(matches(atom.text, /<entry><id>([^<]+)</g)).toEqual(urls);
    }
  });

  test('are told to robots, and weaknesses have an address', async () => {
    expect((await get(`${home}/robots.txt`)).text).toContain(`Sitemap: ${home}/sitemap.xml`);
    const security = await get(`${home}/.well-known/security.txt`);
    expect(security.type).toMatch(/^text\/plain/);
    const expires = /^Expires: (\S+)$/m.exec(security.text)?.[1] ?? '';
    expect(Date.parse(expires)).toBeGreaterThan(Date.now());
    const contact = /^Contact: (\S+)$/m.exec(security.text)?.[1] ?? '';
    expect((await get(contact)).status).toBe(200);
  });
});
