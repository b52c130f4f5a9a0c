import type { ColumnUse } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnsById } from './column.queries.ts';
import { homeSitesOf } from './composed.queries.ts';
import { listingsOfResource } from './listing.queries.ts';
import { type PlacementRow, placementsOf } from './placement.queries.ts';
import { reusesById } from './reuse.queries.ts';
import { allSites } from './site.queries.ts';
import { canEndReuse } from './sites.policy.ts';

/** Where a resource is used among the columns and home pages of all sites. */
export interface SiteUses {
  readonly columns: ColumnUse[];
  readonly homeOf: string[];
}

/** Every column in which a resource stands, by placement or mapping, or is to stand; the main one first. */
export async function presentSiteUses(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  { id: resourceId, unitId }: { readonly id: string; readonly unitId: string },
): Promise<SiteUses> {
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
  const reuses = await reusesById(
    db,
    placements.flatMap((one) => one.reuseId ?? []),
  );
  const reusing = [...reuses.values()].flatMap((one) => columns.get(one.columnId)?.unitId ?? []);
  const names = await unitNames(db, [...new Set(reusing)]);
  const reuseOf = ({ columnId, reuseId }: PlacementRow): ColumnUse['reuse'] => {
    const reuse = reuseId === null ? undefined : reuses.get(reuseId);
    if (!reuse) return null;
    const reuserId = columns.get(columnId)?.unitId ?? '';
    return {
      id: reuse.id,
      endable: canEndReuse(actor, unitId, reuserId),
      unitName: names.get(reuserId) ?? '',
      madeByName: reuse.madeByName,
      madeAt: reuse.madeAt.toISOString(),
    };
  };
  const use = (
    columnId: string,
    facts: Pick<ColumnUse, 'isMain' | 'isLive' | 'via' | 'reuse'>,
  ): ColumnUse => {
    const column = columns.get(columnId);
    const siteName = (column && sites.get(column.siteId)?.name) ?? '';
    return { columnId, columnName: column?.name ?? '', siteName, ...facts };
  };
  const home = (await homeSitesOf(db, [resourceId])).get(resourceId);
  return {
    columns: [
      ...placements.map((one) =>
        use(one.columnId, {
          isMain: one.isMain,
          isLive: listed.has(one.columnId),
          via: one.mappingRuleId === null ? null : '映射规则',
          reuse: reuseOf(one),
        }),
      ),
      ...mapped.map((one) => {
        const via = one.viaColumnId === null ? null : (columns.get(one.viaColumnId)?.name ?? null);
        return use(one.columnId, { isMain: false, isLive: true, via, reuse: null });
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
