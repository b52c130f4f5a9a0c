import { columnKindNames, type SiteTheme } from '../../../contracts/sites.ts';
import {
  type ColumnHead,
  type Link,
  linkTarget,
  prepareChrome,
  type PreparedChrome,
  type SiteChrome,
} from '../../../templates/index.ts';
import type { Db } from '../../platform/db.ts';
import { type ShownAsset, assetsById } from '../library/index.ts';
import { filePath, homeUrlOf, type PublicBase } from './address.rules.ts';
import { filledIfAsked } from './column-visibility.ts';
import { type ColumnRow, columnsOfSites } from './column.queries.ts';
import { shownColumnIds } from './column.rules.ts';
import { columnTag, siteTag } from './events.ts';
import { pictureIdsOf } from './site-pictures.ts';
import { allSites, type SiteRow } from './site.queries.ts';
import { isListed } from './site.rules.ts';

/** What pages need to know of sites and columns: loaded once for a batch of pages. */
export interface Atlas {
  /** Sites that others link to. A site's own pages are made in every state: which are served, the host table says. */
  readonly sites: readonly SiteRow[];
  readonly columns: readonly ColumnRow[];
  /** Host names of all sites: links to them stay in the district. */
  readonly ownHosts: readonly string[];
  site(id: string): SiteRow | undefined;
  column(id: string): ColumnRow | undefined;
  children(columnId: string): readonly ColumnRow[];
  prepared(siteId: string): PreparedChrome;
  /** Steps to a column, itself last, without 首页; only those that citizens can open. */
  trail(column: ColumnRow): readonly Link[];
  /** Whether pages of one site may lead to another: to itself always, else where citizens are let in. */
  leads(fromSiteId: string, toSiteId: string): boolean;
  /** As a page of one site refers to a path of another: relative on the same site, else absolute. */
  link(fromSiteId: string, toSiteId: string, path: string): string;
  /** Where a column is looked up: on its own page, or where it links to. */
  place(column: ColumnRow): string;
  head(column: ColumnRow): ColumnHead;
  /** A column that citizens can see: open, and not waiting for its first entry. */
  shown(column: ColumnRow): boolean;
  /** Everything the chrome and breadcrumb of a page in this column were made from. */
  tagsOf(column: ColumnRow): readonly string[];
}

export interface AtlasOptions {
  readonly base: PublicBase;
  /** Goes into the addresses of style sheets and scripts. */
  readonly assetVersion: string;
  /** Rendered chrome by its data; the same data gives the same bytes, so it may be kept. */
  readonly chromes: Map<string, PreparedChrome>;
}

export async function loadAtlas(db: Db, options: AtlasOptions, siteIds: readonly string[]): Promise<Atlas> {
  const sites = await allSites(db);
  const columns = await columnsOfSites(db, [...new Set(siteIds)]);
  const wanted = sites.filter((site) => siteIds.includes(site.id));
  const pictures = await assetsById(
    db,
    wanted.flatMap((site) => pictureIdsOf(site.theme)),
  );
  const shownIds = shownColumnIds(columns, await filledIfAsked(db, columns));
  return buildAtlas({ sites, columns, shownIds, pictures }, options);
}

interface AtlasParts {
  readonly sites: readonly SiteRow[];
  readonly columns: readonly ColumnRow[];
  readonly shownIds: ReadonlySet<string>;
  readonly pictures: ReadonlyMap<string, ShownAsset>;
}

function buildAtlas({ sites, columns, shownIds, pictures }: AtlasParts, options: AtlasOptions): Atlas {
  const siteOf = new Map(sites.map((site) => [site.id, site]));
  const columnOf = new Map(columns.map((column) => [column.id, column]));
  const childrenOf = Map.groupBy(columns, (column) => column.parentId ?? '');
  const homeOf = (site: SiteRow): string => homeUrlOf(options.base, site.domains[0] ?? 'localhost');
  const ownHosts = sites.flatMap((site) => site.domains);
  const shown = (column: ColumnRow): boolean => shownIds.has(column.id);
  const place = ({ linkUrl, path }: ColumnRow): string =>
    linkUrl === null ? path : linkTarget(linkUrl, { ownHosts }).url;
  const ancestry = (column: ColumnRow): readonly ColumnRow[] => {
    const parent = column.parentId === null ? undefined : columnOf.get(column.parentId);
    return parent ? [...ancestry(parent), column] : [column];
  };
  const prepared = new Map<string, PreparedChrome>();
  const atlas: Atlas = {
    sites: sites.filter(isListed),
    columns,
    ownHosts,
    site: (id) => siteOf.get(id),
    column: (id) => columnOf.get(id),
    children: (id) => (childrenOf.get(id) ?? []).filter(shown),
    shown,
    prepared: (siteId) => {
      const known = prepared.get(siteId);
      if (known) return known;
      const site = siteOf.get(siteId);
      if (!site) throw new Error(`no site ${siteId}`);
      const chrome = chromeOf(
        site,
        sites,
        columns.filter((column) => column.siteId === siteId && shown(column)),
        {
          homeOf,
          place,
          assetVersion: options.assetVersion,
          pictures,
        },
      );
      const made = memoised(options.chromes, chrome);
      prepared.set(siteId, made);
      return made;
    },
    trail: (column) =>
      ancestry(column)
        .filter(shown)
        .map((step) => ({ name: step.name, url: step.path })),
    leads: (fromSiteId, toSiteId) => {
      const site = siteOf.get(toSiteId);
      return fromSiteId === toSiteId || (site !== undefined && isListed(site));
    },
    link: (fromSiteId, toSiteId, path) => {
      const site = siteOf.get(toSiteId);
      return fromSiteId === toSiteId || !site ? path : homeOf(site) + path.slice(1);
    },
    place,
    head: (column) => ({
      name: column.name,
      url: column.path,
      description: column.description,
      keywords: column.keywords.split(/[,,、\s]+/).filter((word) => word !== ''),
      type: columnKindNames[column.kind],
      ...(column.kind === 'channel' || !shown(column) ? {} : { rssUrl: `${column.path}rss.xml` }),
    }),
    tagsOf: (column) => [siteTag(column.siteId), ...ancestry(column).map((step) => columnTag(step.id))],
  };
  return atlas;
}

function memoised(chromes: Map<string, PreparedChrome>, chrome: SiteChrome): PreparedChrome {
  const key = JSON.stringify(chrome);
  const known = chromes.get(key);
  if (known) return known;
  // Some sixty sites; old forms of a chrome are dropped now and then.
  if (chromes.size > 500) chromes.clear();
  const made = prepareChrome(chrome);
  chromes.set(key, made);
  return made;
}

interface ChromeParts {
  readonly homeOf: (site: SiteRow) => string;
  readonly place: (column: ColumnRow) => string;
  readonly assetVersion: string;
  readonly pictures: ReadonlyMap<string, ShownAsset>;
}

/** What the site chose of its looks; the colours are in a style sheet of its own. */
function looksOf(
  { layout, navigation, logoAssetId, bannerAssetId }: SiteTheme,
  pictures: ReadonlyMap<string, ShownAsset>,
): Partial<SiteChrome> {
  const pictureOf = (id: string | undefined) => {
    const asset = id === undefined ? undefined : pictures.get(id);
    if (!asset || asset.width === null || asset.height === null) return undefined;
    return { url: filePath(asset), width: asset.width, height: asset.height };
  };
  return {
    homeLayout: layout,
    navigationStyle: navigation,
    logo: pictureOf(logoAssetId),
    banner: pictureOf(bannerAssetId),
  };
}

function chromeOf(
  site: SiteRow,
  sites: readonly SiteRow[],
  columns: readonly ColumnRow[],
  parts: ChromeParts,
): SiteChrome {
  const portal = sites.find((one) => one.isPortal) ?? site;
  const navigation = columns
    .filter((column) => column.parentId === null && column.inNavigation)
    .map((column) => ({ name: column.name, url: parts.place(column) }));
  return {
    key: site.key,
    name: site.name,
    shortName: site.shortName,
    homeUrl: parts.homeOf(site),
    primaryDomain: site.domains[0] ?? '',
    identityCode: site.identityCode,
    icpNumber: site.icpNumber,
    policeNumber: site.policeNumber,
    organiser: site.organiser,
    contact: site.contact,
    address: site.address,
    isPortal: site.isPortal,
    portalName: portal.name,
    portalUrl: site.isPortal ? '/' : parts.homeOf(portal),
    navigation: [{ name: '首页', url: '/' }, ...navigation],
    demo: site.demonstration,
    friendlyLinks: sites
      .filter((one) => one.id !== site.id && isListed(one))
      .map((one) => ({ name: one.shortName, url: parts.homeOf(one) })),
    assetVersion: parts.assetVersion,
    ...looksOf(site.theme, parts.pictures),
  };
}
