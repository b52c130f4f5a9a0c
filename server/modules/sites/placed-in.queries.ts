import { sql } from 'kysely';

import type { FacetValue } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import type { PlacedIn } from '../library/index.ts';

/** For the library's lists: it knows no columns. */
export const placedIn: PlacedIn = {
  idsIn: (columnId) =>
    sql<string>`select placement.resource_id from sites.placement where placement.column_id = ${columnId}::bigint`,
  countByColumn: async (db: Db, resourceIds) => {
    if (resourceIds.length === 0) return [];
    const { rows } = await sql<FacetValue>`
      select counted.column_id::text as value, site.short_name || ' ' || here.name as name, counted.number
      from (
        select column_id, count(*)::int as number from sites.placement
        where resource_id = any(${[...resourceIds]}::bigint[]) group by column_id
      ) as counted
      join sites.column as here on here.id = counted.column_id
      join sites.site as site on site.id = here.site_id
      order by counted.number desc, counted.column_id limit 100`.execute(db);
    return rows;
  },
};

/** What stands in any column of a site, as ids in a statement of others. */
export const idsOnSite = (siteId: string) =>
  sql<string>`select placement.resource_id from sites.placement
    join sites.column as here on here.id = placement.column_id where here.site_id = ${siteId}::bigint`;
