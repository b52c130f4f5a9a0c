import {
  renderSitemapIndex,
  renderSitemapXml,
  SITE_MAP_PATH,
  type SitemapEntry,
} from '../../../templates/index.ts';
import { minuteInChina } from '../../platform/china-time.ts';
import type { Db } from '../../platform/db.ts';
import type { LoadedPage, PageDefinition } from '../../platform/page-definition.ts';
import { liveHeadings } from '../library/index.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { type AtlasOptions, loadAtlas } from './atlas.ts';
import { columnTag, siteTag, sitemapBlockTag, sitemapTag } from './events.ts';
import { addressesBetween, sitemapBlocks } from './listing.queries.ts';
import { resourcesPerSitemap } from './listing.rules.ts';
import { allSites, siteById } from './site.queries.ts';

const xmlType = 'application/xml; charset=utf-8';

/**
 * The home page, the site map and the columns. Without dates: a column changes with every entry, and a date that is
 * not the last is worse than none.
 */
export function sitemapColumnPages(options: AtlasOptions): PageDefinition<readonly SitemapEntry[]> {
  return {
    kind: 'sitemap-columns',
    rank: 8,
    keysForTag: (tag) => (tag.startsWith('site:') ? [`sitemap-columns/${tag.slice('site:'.length)}`] : []),
    allKeys: async (db, after) =>
      after === null ? (await allSites(db)).map((site) => `sitemap-columns/${site.id}`) : [],
    load: async (db, keys) => {
      const ids = keys.map((key) => key.slice('sitemap-columns/'.length));
      const atlas = await loadAtlas(db, options, ids);
      return ids
        .flatMap((id) => atlas.site(id) ?? [])
        .map((site): LoadedPage<readonly SitemapEntry[]> => {
          const { homeUrl } = atlas.prepared(site.id).chrome;
          const columns = atlas.columns.filter((column) => column.siteId === site.id);
          const paths = columns.filter((column) => atlas.shown(column)).map((column) => column.path);
          return {
            key: `sitemap-columns/${site.id}`,
            site: site.id,
            path: '/sitemap-pages.xml',
            tags: [siteTag(site.id), ...columns.map((column) => columnTag(column.id))],
            outcome: 'page',
            mediaType: xmlType,
            data: ['/', SITE_MAP_PATH, ...paths].map((path) => ({ url: homeUrl + path.slice(1) })),
          };
        });
    },
    render: ({ data }) => renderSitemapXml(data),
  };
}

/** sitemap.xml: an index of parts, each a fixed range of resource ids, so that one publication touches one part. */
export function sitemapIndexPages(base: PublicBase): PageDefinition<readonly SitemapEntry[]> {
  return {
    kind: 'sitemap',
    rank: 7,
    keysForTag: (tag) => (tag.startsWith('sitemap:') ? [`sitemap/${tag.slice('sitemap:'.length)}`] : []),
    allKeys: async (db, after) =>
      after === null ? (await allSites(db)).map((site) => `sitemap/${site.id}`) : [],
    load: async (db, keys) => {
      const pages: LoadedPage<readonly SitemapEntry[]>[] = [];
      for (const key of keys) {
        const site = await siteById(db, key.slice('sitemap/'.length));
        if (!site) continue;
        const home = homeUrlOf(base, site.domains[0] ?? 'localhost');
        const blocks = await sitemapBlocks(db, site.id, resourcesPerSitemap);
        pages.push({
          key,
          site: site.id,
          path: '/sitemap.xml',
          tags: [sitemapTag(site.id), siteTag(site.id)],
          outcome: 'page',
          mediaType: xmlType,
          data: ['pages', ...blocks].map((part) => ({ url: `${home}sitemap-${String(part)}.xml` })),
        });
      }
      return pages;
    },
    render: ({ data }) => renderSitemapIndex(data),
  };
}

export function sitemapPartPages(base: PublicBase): PageDefinition<readonly SitemapEntry[]> {
  return {
    kind: 'sitemap-part',
    rank: 8,
    keysForTag: (tag) =>
      tag.startsWith('sitemap-block:') ? [`sitemap-part/${tag.slice('sitemap-block:'.length)}`] : [],
    allKeys: allPartKeys,
    load: async (db, keys) => {
      const pages: LoadedPage<readonly SitemapEntry[]>[] = [];
      for (const key of keys) {
        const [siteId = '0', block = '0'] = key.slice('sitemap-part/'.length).split('/');
        const page = await partPage(db, base, siteId, Number(block));
        if (page) pages.push(page);
      }
      return pages;
    },
    render: ({ data }) => renderSitemapXml(data),
  };
}

async function allPartKeys(db: Db, after: string | null): Promise<readonly string[]> {
  // The keys of all sites are few (one for 2,000 resources), so they come in one go.
  if (after !== null) return [];
  const keys: string[] = [];
  for (const site of await allSites(db)) {
    for (const block of await sitemapBlocks(db, site.id, resourcesPerSitemap)) {
      keys.push(`sitemap-part/${site.id}/${String(block)}`);
    }
  }
  return keys;
}

async function partPage(
  db: Db,
  base: PublicBase,
  siteId: string,
  block: number,
): Promise<LoadedPage<readonly SitemapEntry[]> | undefined> {
  const site = await siteById(db, siteId);
  if (!site) return undefined;
  const first = block * resourcesPerSitemap;
  const addresses = await addressesBetween(db, siteId, first, first + resourcesPerSitemap - 1);
  if (addresses.length === 0) return undefined;
  const home = homeUrlOf(base, site.domains[0] ?? 'localhost');
  const headings = await liveHeadings(
    db,
    addresses.map((one) => one.resourceId),
  );
  return {
    key: `sitemap-part/${siteId}/${String(block)}`,
    site: siteId,
    path: `/sitemap-${String(block)}.xml`,
    tags: [sitemapBlockTag(siteId, block), siteTag(siteId)],
    outcome: 'page',
    mediaType: xmlType,
    data: addresses.flatMap((address) => {
      const heading = headings.get(address.resourceId);
      if (!heading) return [];
      return [{ url: home + address.path.slice(1), modifiedAt: minuteInChina(heading.lastPublishedAt) }];
    }),
  };
}
