import { sql } from 'kysely';

import type { Db } from '../../server/platform/db.ts';

export interface Crowd {
  /** Those that the resources belong to in turn. */
  readonly unitIds: readonly string[];
  /** Columns of one site, in turn those in which they stand. */
  readonly columnIds: readonly string[];
  readonly siteId: string;
  readonly count: number;
}

/** Their ids begin here: far from those that the acts of a test give. */
export const firstId = 1_000_000;

/**
 * Many published resources at once, without the acts by which they came: enough of them that a plan which reads a whole
 * table shows. Each names three of those before it.
 */
export async function aCrowd(db: Db, { unitIds, columnIds, siteId, count }: Crowd): Promise<void> {
  const nth = (ids: readonly string[]) => sql`(${[...ids]}::bigint[])[1 + n % ${ids.length}::int]`;
  const all = sql`generate_series(1, ${count}::int) n cross join lateral (select ${firstId}::bigint + n as id) as named
    cross join lateral (select timestamptz '2020-01-01' + n * interval '1 minute' as at) as moments`;
  await db.transaction().execute(async (trx) => {
    // No triggers and no checks of keys: what is written is whole.
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`
      insert into library.revision (id, resource_id, number, content, digest, origin, created_by_name, created_at)
      overriding system value select id, id, 1,
        jsonb_build_object('title', '关于第' || n || '号事项', 'openMode', '主动公开'), '\\x00', 'saved', '某', at
      from ${all}`.execute(trx);
    await sql`
      insert into library.resource (id, unit_id, type, stage, title, index_number, live_revision_id, head_revision_id,
        first_published_at, last_published_at, created_at, updated_at)
      overriding system value select id, ${nth(unitIds)},
        case when n % 500 = 0 then 'procurement' when n % 4 = 0 then 'policy' else 'article' end, 'live',
        '关于第' || n || '号事项', 'crowd/' || n, id, id, at, at, at, at
      from ${all}`.execute(trx);
    await sql`
      insert into library.index_number (index_number, unit_id, year, serial, resource_id, given_at)
      select 'crowd/' || n, ${nth(unitIds)}, 2020, n, id, at from ${all}`.execute(trx);
    await sql`
      insert into sites.address (resource_id, site_id, column_id, path)
      select id, ${siteId}::bigint, ${nth(columnIds)}, '/t_' || id || '.html' from ${all}`.execute(trx);
    await sql`
      insert into sites.listing (column_id, sequence, resource_id, listed_at)
      select ${nth(columnIds)}, id, id, at from ${all}`.execute(trx);
    await sql`
      insert into library.relation (resource_id, kind, target_id, place)
      select id, kind, id - far, 0 from ${all}
      cross join (values ('replacedBy', 1), ('repeals', 2), ('seeAlso', 3)) as naming (kind, far) where n > 3`.execute(
      trx,
    );
  });
  await sql`analyze`.execute(db);
}
