import {
  type PreparedChrome,
  renderAccessibility,
  renderCorrection,
  renderFormShell,
  renderNotFound,
  LEAVING_PATH,
  renderLeavingShell,
  renderSearchShell,
  renderSiteMap,
  renderThemeStylesheet,
  renderVerify,
  SEARCH_PATH,
  SITE_MAP_PATH,
  ACCESSIBILITY_PATH,
  CORRECTION_PATH,
  VERIFY_PATH,
  FORM_SHELL_PATH,
  type SiteMapNode,
  type SiteMapProps,
  type SiteTheme,
} from '../../../templates/index.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { htmlType, type LoadedPage, type PageDefinition } from '../../platform/page-definition.ts';
import { type Atlas, type AtlasOptions, loadAtlas } from './atlas.ts';
import { columnTag, siteTag, themeTag } from './events.ts';
import { allSites, type SiteRow } from './site.queries.ts';
import { isListed } from './site.rules.ts';

/** Where the public server puts the answers of a search into the built page around them. */
export const searchMarker = '<!--search-results-->';
export const searchShellPath = `${SEARCH_PATH}.html`;
/** Where it puts the warning before a link leads away. */
export const leavingMarker = '<!--leaving-->';
export const leavingShellPath = `${LEAVING_PATH}.html`;
export const notFoundPath = '/404.html';

/** A page that every site has once. */
interface OnePerSite<T> {
  readonly kind: string;
  readonly rank: number;
  readonly path: string;
  readonly mediaType?: string;
  readonly calledBy: (tag: string) => string | undefined;
  readonly tags: (atlas: Atlas, site: SiteRow) => readonly string[];
  readonly data: (atlas: Atlas, site: SiteRow) => T;
  readonly render: (data: T) => string;
}

const afterPrefix =
  (prefix: string) =>
  (tag: string): string | undefined =>
    tag.startsWith(prefix) ? tag.slice(prefix.length) : undefined;

function onePerSite<T>(options: AtlasOptions, page: OnePerSite<T>): PageDefinition<T> {
  return {
    kind: page.kind,
    rank: page.rank,
    keysForTag: (tag) => {
      const siteId = page.calledBy(tag);
      return siteId === undefined ? [] : [`${page.kind}/${siteId}`];
    },
    allKeys: async (db, after) =>
      after === null ? (await allSites(db)).map((site) => `${page.kind}/${site.id}`) : [],
    load: async (db, keys) => {
      const ids = keys.map((key) => key.slice(key.indexOf('/') + 1));
      const atlas = await loadAtlas(db, options, ids);
      return ids
        .flatMap((id) => atlas.site(id) ?? [])
        .map((site): LoadedPage<T> => ({
          key: `${page.kind}/${site.id}`,
          site: site.id,
          path: page.path,
          tags: page.tags(atlas, site),
          outcome: 'page',
          mediaType: page.mediaType ?? htmlType,
          data: page.data(atlas, site),
        }));
    },
    render: ({ data }) => page.render(data),
  };
}

const ofSite = (_atlas: Atlas, site: SiteRow): readonly string[] => [siteTag(site.id)];
const preparedOf = (atlas: Atlas, site: SiteRow): PreparedChrome => atlas.prepared(site.id);

/** The pages around the content: site map, search, guidance, what stands where nothing is, and the colours. */
export function sitePages(options: AtlasOptions): readonly PageDefinition<never>[] {
  const shell = (kind: string, path: string, render: (prepared: PreparedChrome) => string) =>
    onePerSite<PreparedChrome>(options, {
      kind,
      path,
      rank: 6,
      calledBy: afterPrefix('site:'),
      tags: ofSite,
      data: preparedOf,
      render,
    });
  return [
    siteMapPages(options),
    shell('search', searchShellPath, (prepared) =>
      renderSearchShell(prepared.chrome, searchMarker, prepared),
    ),
    shell('forms', FORM_SHELL_PATH, (prepared) => renderFormShell(prepared.chrome, prepared)),
    shell('leaving', leavingShellPath, (prepared) =>
      renderLeavingShell(prepared.chrome, leavingMarker, prepared),
    ),
    shell('not-found', notFoundPath, (prepared) => renderNotFound(prepared.chrome, prepared)),
    shell('accessibility', ACCESSIBILITY_PATH, (prepared) => renderAccessibility(prepared.chrome, prepared)),
    shell('verify', VERIFY_PATH, (prepared) => renderVerify(prepared.chrome, prepared)),
    shell('correction', CORRECTION_PATH, (prepared) => renderCorrection(prepared.chrome, prepared)),
    onePerSite<SiteTheme>(options, {
      kind: 'theme',
      path: '/theme.css',
      rank: 0,
      mediaType: 'text/css; charset=utf-8',
      calledBy: afterPrefix('theme:'),
      tags: (_atlas, site) => [themeTag(site.id)],
      data: (_atlas, site) => site.theme,
      render: renderThemeStylesheet,
    }),
    onePerSite<Robots>(options, {
      kind: 'robots',
      path: '/robots.txt',
      rank: 6,
      mediaType: 'text/plain; charset=utf-8',
      calledBy: afterPrefix('site:'),
      tags: ofSite,
      data: (atlas, site) => ({ homeUrl: atlas.prepared(site.id).chrome.homeUrl, welcome: isListed(site) }),
      render: renderRobots,
    }),
    onePerSite<SecurityContact>(options, {
      kind: 'security',
      path: securityTextPath,
      rank: 6,
      mediaType: 'text/plain; charset=utf-8',
      calledBy: afterPrefix('site:'),
      tags: ofSite,
      data: (atlas, site) => ({
        homeUrl: atlas.prepared(site.id).chrome.homeUrl,
        expires: endOfNextYear(dayInChina(site.changedAt)),
      }),
      render: renderSecurityText,
    }),
  ] as unknown as readonly PageDefinition<never>[];
}

interface Robots {
  readonly homeUrl: string;
  readonly welcome: boolean;
}

/** A site that is being tested is reachable, and no search engine shall take it for the real one. */
function renderRobots({ homeUrl, welcome }: Robots): string {
  if (!welcome) return 'User-agent: *\nDisallow: /\n';
  const dynamic = ['/search', '/leaving', '/qr.svg', '/correction?', '/correction/', '/feedback'].map(
    (path) => `Disallow: ${path}\n`,
  );
  return `User-agent: *\n${dynamic.join('')}\nSitemap: ${homeUrl}sitemap.xml\n`;
}

export const securityTextPath = '/.well-known/security.txt';

interface SecurityContact {
  readonly homeUrl: string;
  readonly expires: string;
}

/**
 * RFC 9116 asks for a date after which the file counts for nothing. Pages have no clock, so it follows from the
 * day on which an operator last saved the site: saving it, changed or not, says that everything still holds.
 */
function endOfNextYear(day: string): string {
  return `${String(Number(day.slice(0, 4)) + 1)}-12-31T23:59:59+08:00`;
}

function renderSecurityText({ homeUrl, expires }: SecurityContact): string {
  const at = (path: string): string => homeUrl + path.slice(1);
  return [
    `Contact: ${at(CORRECTION_PATH)}`,
    `Expires: ${expires}`,
    'Preferred-Languages: zh, en',
    `Canonical: ${at(securityTextPath)}`,
    '',
  ].join('\n');
}

function siteMapPages(
  options: AtlasOptions,
): PageDefinition<{ props: SiteMapProps; prepared: PreparedChrome }> {
  return onePerSite(options, {
    kind: 'site-map',
    path: SITE_MAP_PATH,
    rank: 6,
    calledBy: afterPrefix('site:'),
    tags: (atlas, site) => [
      siteTag(site.id),
      ...atlas.columns.filter((column) => column.siteId === site.id).map((column) => columnTag(column.id)),
    ],
    data: (atlas, site) => {
      const prepared = atlas.prepared(site.id);
      const nodeOf = (columnId: string): readonly SiteMapNode[] =>
        atlas
          .children(columnId)
          .map((child) => ({ name: child.name, url: atlas.place(child), children: nodeOf(child.id) }));
      const roots = atlas.columns.filter(
        (column) => column.siteId === site.id && column.parentId === null && atlas.shown(column),
      );
      return {
        prepared,
        props: {
          chrome: prepared.chrome,
          path: SITE_MAP_PATH,
          columns: roots.map((root) => ({
            name: root.name,
            url: atlas.place(root),
            children: nodeOf(root.id),
          })),
          sites: atlas.sites
            .filter((one) => one.id !== site.id)
            .map((one) => ({ name: one.name, url: atlas.link(site.id, one.id, '/') })),
        },
      };
    },
    render: ({ props, prepared }) => renderSiteMap(props, prepared),
  });
}
