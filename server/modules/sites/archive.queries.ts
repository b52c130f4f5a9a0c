import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export async function insertArchivePlacements(
  db: Db,
  columnId: string,
  resourceIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql`
    insert into sites.placement (column_id, resource_id, is_main, created_at)
    select ${columnId}::bigint, id, true, ${at} from unnest(${[...resourceIds]}::bigint[]) as given (id)`.execute(
    db,
  );
}

export async function insertArchiveAddresses(
  db: Db,
  column: { readonly id: string; readonly siteId: string },
  addresses: readonly { readonly id: string; readonly path: string }[],
): Promise<void> {
  await sql`
    insert into sites.address (resource_id, site_id, column_id, path)
    select given.id, ${column.siteId}::bigint, ${column.id}::bigint, given.path
    from unnest(${addresses.map((one) => one.id)}::bigint[], ${addresses.map((one) => one.path)}::text[])
      as given (id, path)`.execute(db);
}
