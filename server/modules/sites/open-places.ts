import type { Db } from '../../platform/db.ts';
import { homeUrlOf, type PublicBase } from './address.rules.ts';
import { columnsById } from './column.queries.ts';
import { addressesOf, columnsListing } from './listing.queries.ts';
import { allSites } from './site.queries.ts';

export interface OpenPlace {
  /** The address of its page. */
  readonly url: string | null;
  readonly columns: readonly { readonly id: string; readonly name: string }[];
}

/** Where resources are shown, in one go; of the columns only those among these, when some are named. */
export async function openPlaces(
  db: Db,
  base: PublicBase,
  resourceIds: readonly string[],
  columnIds: readonly string[] | null,
): Promise<ReadonlyMap<string, OpenPlace>> {
  const addresses = await addressesOf(db, resourceIds);
  const listed = await columnsListing(db, resourceIds);
  const columns = await columnsById(db, [...new Set([...listed.values()].flat())]);
  const names = new Map(columns.map((column) => [column.id, column.name]));
  const domains = new Map((await allSites(db)).map((site) => [site.id, site.domains[0]]));
  return new Map(
    resourceIds.map((id) => {
      const address = addresses.get(id);
      const domain = address && domains.get(address.siteId);
      const shownIn = (listed.get(id) ?? []).filter((one) => columnIds?.includes(one) ?? true);
      return [
        id,
        {
          url: address && domain ? homeUrlOf(base, domain) + address.path.slice(1) : null,
          columns: shownIn.map((columnId) => ({ id: columnId, name: names.get(columnId) ?? '' })),
        },
      ];
    }),
  );
}
