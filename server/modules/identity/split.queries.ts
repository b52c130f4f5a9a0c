import { sql } from 'kysely';

import type { SplitRule, SplitUnit } from '../../../contracts/unit-split.ts';
import type { Db } from '../../platform/db.ts';

export interface ReceiverPlan {
  /** Null until the unit is made. */
  readonly unitId: string | null;
  readonly newUnit: SplitUnit | null;
  readonly accountIds: readonly string[];
}

export interface SplitPlan {
  readonly receivers: readonly ReceiverPlan[];
  readonly rules: readonly SplitRule[];
  /** Which receiver takes the rest; null where the unit goes on with it. */
  readonly restTo: number | null;
}

export interface SplitReceiver extends ReceiverPlan {
  readonly position: number;
  readonly moved: Readonly<Record<string, number>>;
}

export interface SplitRow extends SplitPlan {
  readonly receivers: readonly SplitReceiver[];
}

export async function insertReceivers(db: Db, id: string, receivers: readonly ReceiverPlan[]): Promise<void> {
  await db
    .insertInto('identity.split_receiver')
    .values(
      receivers.map(({ unitId, newUnit, accountIds }, position) => ({
        reorganization_id: id,
        position,
        unit_id: unitId,
        new_unit: newUnit && JSON.stringify(newUnit),
        account_ids: [...accountIds],
      })),
    )
    .execute();
}

/** The receivers of splits, in their order. */
export async function receiversOf(
  db: Db,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SplitReceiver[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<SplitReceiver & { readonly reorganizationId: string }>`
    select reorganization_id as "reorganizationId", position, unit_id as "unitId", new_unit as "newUnit",
      account_ids::text[] as "accountIds", moved
    from identity.split_receiver where reorganization_id = any(${[...ids]}::bigint[])
    order by reorganization_id, position`.execute(db);
  return Map.groupBy(rows, (row) => row.reorganizationId);
}

export async function nameReceiver(db: Db, id: string, position: number, unitId: string): Promise<void> {
  await db
    .updateTable('identity.split_receiver')
    .set({ unit_id: unitId })
    .where('reorganization_id', '=', id)
    .where('position', '=', position)
    .execute();
}

/** How much of a holding a receiver has got so far. */
export async function addReceived(
  db: Db,
  of: { readonly id: string; readonly position: number },
  column: string,
  count: number,
): Promise<void> {
  await sql`update identity.split_receiver set moved = jsonb_set(moved, array[${column}::text],
    to_jsonb(coalesce((moved ->> ${column}::text)::bigint, 0) + ${count}::bigint))
    where reorganization_id = ${of.id} and position = ${of.position}`.execute(db);
}

/** People of a unit who go to one of the receivers; who has left the unit since stays where they are. */
export async function moveSomeAccounts(
  db: Db,
  { from, to, ids }: { readonly from: string; readonly to: string; readonly ids: readonly string[] },
): Promise<number> {
  const moved = await db
    .updateTable('identity.account')
    .set((eb) => ({ unit_id: to, version: eb('version', '+', 1) }))
    .where('unit_id', '=', from)
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .executeTakeFirst();
  return Number(moved.numUpdatedRows);
}

export async function countAccountsAmong(db: Db, unitId: string, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from identity.account
    where unit_id = ${unitId} and id = any(${[...ids]}::bigint[])`.execute(db);
  return rows[0]?.count ?? 0;
}

export async function insertUnitSplit(
  db: Db,
  { unitId, at, basis }: { readonly unitId: string; readonly at: Date; readonly basis: string },
  receiverIds: readonly string[],
): Promise<void> {
  await db
    .insertInto('identity.unit_split')
    .values(receiverIds.map((id, position) => ({ unit_id: unitId, at, position, receiver_id: id, basis })))
    .execute();
}

export interface PastSplit {
  readonly unitId: string;
  readonly at: Date;
  readonly receiverId: string;
  readonly basis: string;
}

/** The splits of these units, the oldest first. */
export async function splitsOf(db: Db, unitIds: readonly string[]): Promise<readonly PastSplit[]> {
  if (unitIds.length === 0) return [];
  const { rows } = await sql<PastSplit>`
    select unit_id as "unitId", at, receiver_id as "receiverId", basis from identity.unit_split
    where unit_id = any(${[...unitIds]}::bigint[]) order by unit_id, at, position`.execute(db);
  return rows;
}

/** Every split in which the unit gave or received. */
export async function splitsAround(db: Db, unitId: string): Promise<readonly PastSplit[]> {
  const { rows } = await sql<PastSplit>`
    select unit_id as "unitId", at, receiver_id as "receiverId", basis from identity.unit_split
    where unit_id = ${unitId} or receiver_id = ${unitId} order by at, position`.execute(db);
  return rows;
}
