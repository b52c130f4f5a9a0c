import type { Db } from '../../platform/db.ts';
import { liveHeadings } from '../library/index.ts';
import { columnAbove } from './column.queries.ts';
import { addressAt } from './listing.queries.ts';
import { reuseAddressAt } from './reuse.queries.ts';
import { siteById } from './site.queries.ts';

/** Whose matter a page is, and what it shows. */
export interface PageKeeper {
  readonly unitId: string;
  /** The title of the article, the name of the column, or that of the site. */
  readonly name: string;
  readonly resourceId: string | null;
  readonly columnId: string | null;
}

/**
 * The unit that answers for a page of a site: that of the article, also where another unit shows it by reference; for a list the column's; else the site's. Whether
 * there is a page at the path the page store knows. Undefined when there is no such site.
 */
export async function responsibleUnitAt(
  db: Db,
  siteId: string,
  path: string,
): Promise<PageKeeper | undefined> {
  const site = await siteById(db, siteId);
  if (!site) return undefined;
  const address = (await addressAt(db, siteId, path)) ?? (await reuseAddressAt(db, siteId, path));
  const article = address && (await liveHeadings(db, [address.resourceId])).get(address.resourceId);
  if (address && article) {
    const { unitId, title, id } = article;
    return { unitId, name: title, resourceId: id, columnId: address.columnId };
  }
  const column = await columnAbove(db, siteId, path);
  if (column) return { unitId: column.unitId, name: column.name, resourceId: null, columnId: column.id };
  return { unitId: site.unitId, name: site.name, resourceId: null, columnId: null };
}
