import type { Address, Placement } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnsById } from './column.queries.ts';
import { addressesOf, listingsOfResource } from './listing.queries.ts';
import { ownPlacementsOf } from './placement.queries.ts';
import { allSites } from './site.queries.ts';

/** Where its own unit put a resource, or will, and its address once it has one. */
export async function presentAddress(db: Db, base: PublicBase, resourceId: string): Promise<Address> {
  const placements = await ownPlacementsOf(db, resourceId);
  const columns = new Map(
    (
      await columnsById(
        db,
        placements.map((one) => one.columnId),
      )
    ).map((one) => [one.id, one]),
  );
  const sites = new Map((await allSites(db)).map((site) => [site.id, site]));
  const listed = new Set((await listingsOfResource(db, resourceId)).map((one) => one.columnId));
  const address = (await addressesOf(db, [resourceId])).get(resourceId);
  const domain = address && sites.get(address.siteId)?.domains[0];
  return {
    url: address && domain ? homeUrlOf(base, domain) + address.path.slice(1) : null,
    placements: placements.map((one): Placement => {
      const column = columns.get(one.columnId);
      return {
        id: one.id,
        columnId: one.columnId,
        columnName: column?.name ?? '',
        siteId: column?.siteId ?? '0',
        siteName: (column && sites.get(column.siteId)?.name) ?? '',
        isMain: one.isMain,
        titleOverride: one.titleOverride,
        pinnedUntil: one.pinnedUntil?.toISOString() ?? null,
        live: listed.has(one.columnId),
      };
    }),
  };
}
