import { sql } from 'kysely';

import type { BulkKind, BulkOutcome, NewBulkAct } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';

export interface BulkAct {
  readonly id: string;
  readonly accountId: string;
  readonly kind: BulkKind;
  readonly columnId: string | null;
  readonly reason: string | null;
  readonly category: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface BulkItemRow {
  readonly bulkActId: string;
  readonly resourceId: string;
  readonly version: number;
  readonly outcome: BulkOutcome;
  readonly message: string | null;
}

function acts(db: Db) {
  return db
    .selectFrom('sites.bulk_act')
    .select([
      'id',
      'account_id as accountId',
      sql<BulkKind>`kind`.as('kind'),
      'column_id as columnId',
      'reason',
      'category',
      'created_at as createdAt',
      'finished_at as finishedAt',
    ]);
}

/** Somebody's own order; that of others is not found. */
export function bulkActOf(db: Db, accountId: string, id: string): Promise<BulkAct | undefined> {
  return acts(db).where('id', '=', id).where('account_id', '=', accountId).executeTakeFirst();
}

export function lastBulkActs(db: Db, accountId: string, limit: number): Promise<readonly BulkAct[]> {
  return acts(db).where('account_id', '=', accountId).orderBy('id', 'desc').limit(limit).execute();
}

export interface NewBulkRow extends Omit<NewBulkAct, 'resourceIds'> {
  readonly accountId: string;
  readonly at: Date;
  readonly items: readonly { readonly resourceId: string; readonly version: number }[];
}

export async function insertBulkAct(db: Db, row: NewBulkRow): Promise<string> {
  const { id } = await db
    .insertInto('sites.bulk_act')
    .values({
      account_id: row.accountId,
      kind: row.kind,
      column_id: row.columnId ?? null,
      reason: row.reason ?? null,
      category: row.category ?? null,
      created_at: row.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('sites.bulk_item')
    .values(
      row.items.map(({ resourceId, version }, place) => ({
        bulk_act_id: id,
        place,
        resource_id: resourceId,
        version,
      })),
    )
    .execute();
  return id;
}

function items(db: Db) {
  return db
    .selectFrom('sites.bulk_item')
    .select([
      'bulk_act_id as bulkActId',
      'resource_id as resourceId',
      'version',
      sql<BulkOutcome>`outcome`.as('outcome'),
      'message',
    ]);
}

export function bulkItems(db: Db, actId: string): Promise<readonly BulkItemRow[]> {
  return items(db).where('bulk_act_id', '=', actId).orderBy('place').execute();
}

export interface BulkCount {
  readonly actId: string;
  readonly outcome: BulkOutcome;
  readonly number: number;
}

export function countBulkItems(db: Db, actIds: readonly string[]): Promise<readonly BulkCount[]> {
  if (actIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('sites.bulk_item')
    .select([
      'bulk_act_id as actId',
      sql<BulkOutcome>`outcome`.as('outcome'),
      sql<number>`count(*)::int`.as('number'),
    ])
    .where('bulk_act_id', 'in', [...actIds])
    .groupBy(['bulk_act_id', 'outcome'])
    .execute();
}

/** The oldest order that is not done. */
export function nextBulkAct(db: Db): Promise<BulkAct | undefined> {
  return acts(db).where('finished_at', 'is', null).orderBy('id').limit(1).executeTakeFirst();
}

/** The item, held until the transaction ends, if nobody did it yet. */
export function waitingItemForUpdate(
  db: Db,
  actId: string,
  resourceId: string,
): Promise<BulkItemRow | undefined> {
  return items(db)
    .where('bulk_act_id', '=', actId)
    .where('resource_id', '=', resourceId)
    .where('outcome', '=', 'waiting')
    .forUpdate()
    .executeTakeFirst();
}

export async function endItem(
  db: Db,
  item: Pick<BulkItemRow, 'bulkActId' | 'resourceId'>,
  outcome: BulkOutcome,
  message: string | null,
): Promise<void> {
  await db
    .updateTable('sites.bulk_item')
    .set({ outcome, message })
    .where('bulk_act_id', '=', item.bulkActId)
    .where('resource_id', '=', item.resourceId)
    .where('outcome', '=', 'waiting')
    .execute();
}

export async function finishBulkAct(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('sites.bulk_act').set({ finished_at: at }).where('id', '=', id).execute();
}
