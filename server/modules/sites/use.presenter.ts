import type { ColumnUse } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnsById } from './column.queries.ts';
import { homeSitesOf } from './composed.queries.ts';
import { listingsOfResource } from './listing.queries.ts';
import { placementsOf } from './placement.queries.ts';
import { allSites } from './site.queries.ts';

/** Where a resource is used among the columns and home pages of all sites. */
export interface SiteUses {
  readonly columns: ColumnUse[];
  readonly homeOf: string[];
}

/** Every column in which a resource stands, by placement or mapping, or is to stand; the main one first. */
export async function presentSiteUses(db: Db, resourceId: string): Promise<SiteUses> {
  const placements = await placementsOf(db, resourceId);
  const listings = await listingsOfResource(db, resourceId);
  const listed = new Map(listings.map((one) => [one.columnId, one]));
  const placed = new Set(placements.map((one) => one.columnId));
  const mapped = listings.filter((one) => !placed.has(one.columnId));
  const ids = [
    ...placed,
    ...mapped.map((one) => one.columnId),
    ...mapped.flatMap((one) => one.viaColumnId ?? []),
  ];
  const columns = new Map((await columnsById(db, [...new Set(ids)])).map((one) => [one.id, one]));
  const sites = new Map((await allSites(db)).map((site) => [site.id, site]));
  const use = (columnId: string, facts: Pick<ColumnUse, 'isMain' | 'isLive' | 'via'>): ColumnUse => {
    const column = columns.get(columnId);
    const siteName = (column && sites.get(column.siteId)?.name) ?? '';
    return { columnId, columnName: column?.name ?? '', siteName, ...facts };
  };
  const home = (await homeSitesOf(db, [resourceId])).get(resourceId);
  return {
    columns: [
      ...placements.map((one) =>
        use(one.columnId, { isMain: one.isMain, isLive: listed.has(one.columnId), via: null }),
      ),
      ...mapped.map((one) => {
        const via = one.viaColumnId === null ? null : (columns.get(one.viaColumnId)?.name ?? null);
        return use(one.columnId, { isMain: false, isLive: true, via });
      }),
    ],
    homeOf: home === undefined ? [] : [sites.get(home)?.name ?? ''],
  };
}

export interface PagePlaceName {
  readonly siteName: string;
  readonly url: string;
}

/** The name of the site of each page, and the page's whole address. */
export async function nameAddresses(
  db: Db,
  base: PublicBase,
  pages: readonly { readonly site: string; readonly path: string }[],
): Promise<readonly (PagePlaceName | undefined)[]> {
  const sites = new Map((await allSites(db)).map((site) => [site.id, site]));
  return pages.map(({ site: id, path }) => {
    const site = sites.get(id);
    const domain = site?.domains[0];
    return site && domain ? { siteName: site.name, url: homeUrlOf(base, domain) + path.slice(1) } : undefined;
  });
}
