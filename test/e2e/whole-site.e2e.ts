import { beforeAll, describe, expect, inject, test } from 'vitest';

import { dynamicPaths } from '../../server/dynamic-paths.ts';
import { type Answer, get } from './citizen.ts';
import { openDistrict } from './district.ts';

const district = openDistrict(inject('district'));
const portal = district.siteUrl('www');
const most = 300;
const together = 8;

const siteTags = ['SiteName', 'SiteDomain', 'SiteIDCode'];
const columnTags = ['ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType'];
const articleTags = ['ArticleTitle', 'PubDate', 'ContentSource'];
// What inspections look for at the foot of every page.
const footerItems =
  '党政机关标识 我为政府网站找错 网站标识码 主办单位 联系方式 ICP备案 公安备案 站点地图 适老化'.split(' ');

/** A link as it is written in HTML, as an address. */
function addressesIn(html: string, pattern: RegExp, base: string): string[] {
  return [...html.matchAll(pattern)]
    .map(([, address = '']) => address.replaceAll('&amp;', '&'))
    .filter((address) => !/^(?:#|mailto:|tel:)/.test(address))
    .map((address) => new URL(address, base))
    .filter((url) => url.hostname.endsWith('xunyang.localhost'))
    .map((url) => url.href.replace(/#.*$/, ''));
}

/** The addresses of the portal: what its sitemap names, and every column of its site map page. */
async function pagesOfSitemap(): Promise<readonly string[]> {
  const located = /<loc>([^<]+)<\/loc>/g;
  const parts = addressesIn((await get(`${portal}/sitemap.xml`)).text, located, portal);
  const articles = await Promise.all(
    parts.map(async (part) => addressesIn((await get(part)).text, located, part)),
  );
  const siteMap = `${portal}/sitemap.html`;
  const main = /<main[\s\S]*<\/main>/.exec((await get(siteMap)).text)?.[0] ?? '';
  const columns = addressesIn(main, /href="([^"]+)"/g, siteMap);
  return [...new Set([`${portal}/`, siteMap, ...columns, ...articles.flat()])].slice(0, most);
}

async function getAll(urls: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const waiting = [...urls];
  const walk = async (): Promise<void> => {
    for (let url = waiting.shift(); url !== undefined; url = waiting.shift())
      answers.set(url, await get(url));
  };
  await Promise.all(Array.from({ length: together }, walk));
  return answers;
}

function tagsFor(url: string): readonly string[] {
  if (/\/t\d{8}_\d+\.html$/.test(url)) return [...siteTags, ...columnTags, ...articleTags];
  return url.endsWith('/') && new URL(url).pathname !== '/' ? [...siteTags, ...columnTags] : siteTags;
}

describe('every page of the portal', () => {
  let pages: ReadonlyMap<string, Answer> = new Map();
  beforeAll(async () => {
    pages = await getAll(await pagesOfSitemap());
  });

  test('is there, with the tags of its kind, none of them empty', () => {
    expect(pages.size).toBeGreaterThan(80);
    const lacking: string[] = [];
    for (const [url, { status, text }] of pages) {
      if (status !== 200) lacking.push(`${url}: status ${String(status)}`);
      const absent = tagsFor(url).filter(
        (name) => !new RegExp(`<meta name="${name}" content="[^"]+"`).test(text),
      );
      if (absent.length > 0) lacking.push(`${url}: no ${absent.join(', ')}`);
      if (
        /<meta name="PubDate"/.test(text) &&
        !/name="PubDate" content="\d{4}-\d\d-\d\d \d\d:\d\d"/.test(text)
      )
        lacking.push(`${url}: PubDate is no minute`);
    }
    expect(lacking).toEqual([]);
  });

  test('has one first heading, the nine items of the footer, and says that this is a demonstration', () => {
    const lacking: string[] = [];
    for (const [url, { text }] of pages) {
      const footer = /<footer[\s\S]*<\/footer>/.exec(text)?.[0] ?? '';
      const absent = footerItems.filter((item) => !footer.includes(item));
      if (absent.length > 0) lacking.push(`${url}: no ${absent.join(', ')}`);
      if ((text.match(/<h1[ >]/g) ?? []).length !== 1) lacking.push(`${url}: not one h1`);
      if (!text.includes('本站为演示站点')) lacking.push(`${url}: does not say 演示`);
    }
    expect(lacking).toEqual([]);
  });

  test('holds only links, pictures and files that are there', async () => {
    const targets = new Map<string, string>();
    // What the program answers itself it answers so often a second only: one address of each kind stands for all.
    const forms = new Set<string>();
    const isFirstOfForm = (target: string): boolean => {
      const { pathname } = new URL(target);
      if (!dynamicPaths.some((path) => path === pathname)) return true;
      const isFirst = !forms.has(pathname);
      forms.add(pathname);
      return isFirst;
    };
    for (const [url, { text }] of pages) {
      for (const target of addressesIn(text, /(?:href|src)="([^"]+)"/g, url)) {
        if (!pages.has(target) && isFirstOfForm(target)) targets.set(target, url);
      }
    }
    const answers = await getAll([...targets.keys()]);
    const broken = [...answers]
      .filter(([, { status }]) => status !== 200)
      .map(([target, { status }]) => `${target} (${String(status)}) on ${targets.get(target) ?? ''}`);
    expect(broken).toEqual([]);
  });
});
