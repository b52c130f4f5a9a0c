import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface EntryRemoval {
  readonly columnId: string;
  readonly resourceId: string;
  readonly unitId: string;
  readonly title: string;
  readonly reason: string;
  readonly byName: string;
  readonly at: Date;
}

export async function insertRemoval(db: Db, row: EntryRemoval): Promise<void> {
  await db
    .insertInto('sites.entry_removal')
    .values({
      column_id: row.columnId,
      resource_id: row.resourceId,
      unit_id: row.unitId,
      title: row.title,
      reason: row.reason,
      removed_by_name: row.byName,
      removed_at: row.at,
    })
    .execute();
}

/** What was taken out of columns from the units of a scope since then, the newest first. */
export function removalsSince(
  db: Db,
  scope: Scope,
  since: Date,
  limit: number,
): Promise<readonly (EntryRemoval & { readonly columnName: string })[]> {
  return db
    .selectFrom('sites.entry_removal')
    .innerJoin('sites.column', 'sites.column.id', 'sites.entry_removal.column_id')
    .select([
      'column_id as columnId',
      'sites.column.name as columnName',
      'resource_id as resourceId',
      'sites.entry_removal.unit_id as unitId',
      'title',
      'reason',
      'removed_by_name as byName',
      'removed_at as at',
    ])
    .where(inScope(scope, 'sites.entry_removal.unit_id'))
    .where('removed_at', '>=', since)
    .orderBy('removed_at', 'desc')
    .limit(limit)
    .execute();
}
