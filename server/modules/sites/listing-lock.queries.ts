import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** One number for "what shows what": the mappings, and the tree with its paths. */
const treeLock = 7_246_014;

/**
 * For whoever lists or unlists entries: the tree and the mappings stay as they are until the transaction ends.
 * Any number may hold it at once. Taken before any column is locked, so that no two wait for each other.
 */
export async function keepTree(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${treeLock})`.execute(db);
}

/** For whoever changes mappings or the tree: nobody lists anything meanwhile, so nothing is listed by the old ones. */
export async function holdTree(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${treeLock})`.execute(db);
}

/**
 * Everybody takes columns in order of id; entries of a locked column come and go one after the other. Columns above
 * that hide without entries are taken too: whether they are shown hangs on what is below. The keys stay free: who writes a
 * placement before holds that of its column already, and would wait in a circle with others that did.
 */
export async function lockColumns(db: Db, columnIds: readonly string[]): Promise<void> {
  if (columnIds.length === 0) return;
  await sql`
    with recursive above (id, parent_id) as (
      select id, parent_id from sites.column where id = any(${[...columnIds]}::bigint[])
      union
      select parent.id, parent.parent_id from above join sites.column as parent on parent.id = above.parent_id
    )
    select id from sites.column
    where id = any(${[...columnIds]}::bigint[]) or (hidden_when_empty and id in (select id from above))
    order by id for no key update`.execute(db);
}
