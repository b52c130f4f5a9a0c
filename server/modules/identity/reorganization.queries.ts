import { type Selectable, sql } from 'kysely';

import type { ReorganizationKind, ReorganizationState } from '../../../contracts/reorganization.ts';
import type { SplitRule } from '../../../contracts/unit-split.ts';
import type { IdentityReorganization } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';
import {
  insertReceivers,
  receiversOf,
  type SplitPlan,
  type SplitReceiver,
  type SplitRow,
} from './split.queries.ts';

/** What is written down when something is planned. */
export interface ReorganizationPlan {
  readonly kind: ReorganizationKind;
  readonly name: string;
  readonly basis: string;
  readonly unitIds: readonly string[];
  /** Who takes over; of a renaming and of a split, the unit itself. */
  readonly successorId: string;
  readonly newName: string | null;
  readonly newShortName: string | null;
  /** Null of the other kinds. */
  readonly split: SplitPlan | null;
  readonly startsAt: Date;
}

export interface ReorganizationRow extends ReorganizationPlan {
  readonly split: SplitRow | null;
  readonly id: string;
  readonly state: ReorganizationState;
  readonly plannedBy: string;
  readonly plannedByName: string;
  readonly plannedAt: Date;
  readonly confirmedByName: string | null;
  readonly confirmedAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  /** How many rows of each holding have moved, or have followed the new name, so far. */
  readonly moved: Readonly<Record<string, number>>;
  /** Which of those who follow a new name are at it, and how far they have come. */
  readonly step: number;
  readonly afterId: string;
  readonly note: string | null;
  readonly version: number;
}

/** The units that give up what they hold. */
export const givingUnits = ({ kind, unitIds, successorId }: ReorganizationRow): readonly string[] =>
  kind === 'split' ? [successorId] : unitIds;

function rowOf(
  row: Selectable<IdentityReorganization>,
  unitIds: readonly string[],
  receivers: readonly SplitReceiver[],
): ReorganizationRow {
  // Written by `insertReorganization`, and checked by the contract before.
  const rules = row.split_rules as readonly SplitRule[] | null;
  return {
    id: row.id,
    // The checks of the table allow no others.
    kind: row.kind as ReorganizationKind,
    name: row.name,
    basis: row.basis,
    state: row.state as ReorganizationState,
    unitIds,
    successorId: row.successor_id,
    newName: row.new_name,
    newShortName: row.new_short_name,
    split: rules && { rules, receivers, restTo: row.rest_to },
    startsAt: row.starts_at,
    plannedBy: row.planned_by,
    plannedByName: row.planned_by_name,
    plannedAt: row.planned_at,
    confirmedByName: row.confirmed_by_name,
    confirmedAt: row.confirmed_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    moved: row.moved as Readonly<Record<string, number>>,
    step: row.step,
    afterId: row.after_id,
    note: row.note,
    version: row.version,
  };
}

async function withUnits(
  db: Db,
  rows: readonly Selectable<IdentityReorganization>[],
): Promise<readonly ReorganizationRow[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const units = await db
    .selectFrom('identity.reorganization_unit')
    .selectAll()
    .where('reorganization_id', 'in', ids)
    .orderBy('unit_id')
    .execute();
  const receivers = await receiversOf(db, ids);
  const unitsOf = Map.groupBy(units, (one) => one.reorganization_id);
  return rows.map((row) =>
    rowOf(
      row,
      (unitsOf.get(row.id) ?? []).map((one) => one.unit_id),
      receivers.get(row.id) ?? [],
    ),
  );
}

export async function newestReorganizations(db: Db, limit: number): Promise<readonly ReorganizationRow[]> {
  const rows = await db
    .selectFrom('identity.reorganization')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return withUnits(db, rows);
}

export async function findReorganization(db: Db, id: string): Promise<ReorganizationRow | undefined> {
  const rows = await db.selectFrom('identity.reorganization').selectAll().where('id', '=', id).execute();
  return (await withUnits(db, rows))[0];
}

export async function findReorganizationForUpdate(
  db: Db,
  id: string,
): Promise<ReorganizationRow | undefined> {
  const rows = await db
    .selectFrom('identity.reorganization')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .execute();
  return (await withUnits(db, rows))[0];
}

/** Whether the hour of any has come. */
export async function isReorganizationDue(db: Db, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select from identity.reorganization
    where state in ('confirmed', 'running') and starts_at <= ${now} limit 1`.execute(db);
  return rows.length > 0;
}

/** What is confirmed and due, or begun and not done; the oldest first. */
export async function dueReorganizations(db: Db, now: Date): Promise<readonly ReorganizationRow[]> {
  const rows = await db
    .selectFrom('identity.reorganization')
    .selectAll()
    .where('state', 'in', ['confirmed', 'running'])
    .where('starts_at', '<=', now)
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return withUnits(db, rows);
}

export async function insertReorganization(
  db: Db,
  plan: ReorganizationPlan,
  by: { readonly id: string; readonly name: string; readonly at: Date },
): Promise<string> {
  const { id } = await db
    .insertInto('identity.reorganization')
    .values({
      kind: plan.kind,
      name: plan.name,
      basis: plan.basis,
      successor_id: plan.successorId,
      new_name: plan.newName,
      new_short_name: plan.newShortName,
      split_rules: plan.split && JSON.stringify(plan.split.rules),
      rest_to: plan.split && plan.split.restTo,
      starts_at: plan.startsAt,
      planned_by: by.id,
      planned_by_name: by.name,
      planned_at: by.at,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (plan.split) await insertReceivers(db, id, plan.split.receivers);
  if (plan.unitIds.length === 0) return id;
  await db
    .insertInto('identity.reorganization_unit')
    .values(plan.unitIds.map((unitId) => ({ reorganization_id: id, unit_id: unitId })))
    .execute();
  return id;
}

export interface ReorganizationStep {
  readonly state: ReorganizationState;
  readonly confirmed_by?: string;
  readonly confirmed_by_name?: string;
  readonly confirmed_at?: Date;
  readonly started_at?: Date;
  readonly ended_at?: Date;
  readonly step?: number;
  readonly after_id?: string;
  readonly note?: string;
}

export async function updateReorganization(db: Db, id: string, step: ReorganizationStep): Promise<void> {
  await db
    .updateTable('identity.reorganization')
    .set((eb) => ({ ...step, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function addMoved(db: Db, id: string, column: string, count: number): Promise<void> {
  await sql`update identity.reorganization set moved = jsonb_set(moved, array[${column}::text],
    to_jsonb(coalesce((moved ->> ${column}::text)::bigint, 0) + ${count}::bigint)) where id = ${id}`.execute(
    db,
  );
}

/** Whether one of the units has a part in a reorganization that is under way. */
export async function areInReform(db: Db, unitIds: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`select exists (
    select from identity.reorganization one
    where one.state in ('planned', 'confirmed', 'running') and (
      one.successor_id = any(${[...unitIds]}::bigint[]) or exists (
        select from identity.reorganization_unit part
        where part.reorganization_id = one.id and part.unit_id = any(${[...unitIds]}::bigint[])) or exists (
        select from identity.split_receiver receiver
        where receiver.reorganization_id = one.id and receiver.unit_id = any(${[...unitIds]}::bigint[])))) as used`.execute(
    db,
  );
  return rows[0]?.used ?? false;
}

/** Ends a unit: it keeps its name and code and stands under its successor from now on, for ever. */
export async function endUnit(db: Db, id: string, successorId: string, at: Date): Promise<void> {
  await sql`update identity.unit set closed_at = ${at}, successor_id = ${successorId}, parent_id = ${successorId},
    version = version + 1 where id = ${id}`.execute(db);
}

export async function childUnits(db: Db, id: string): Promise<readonly string[]> {
  const rows = await db.selectFrom('identity.unit').select('id').where('parent_id', '=', id).execute();
  return rows.map((row) => row.id);
}

export async function hangUnit(db: Db, id: string, parentId: string): Promise<void> {
  await db
    .updateTable('identity.unit')
    .set((eb) => ({ parent_id: parentId, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Everybody of a unit, in one step: nobody may be left who can sign in to a unit that has ended. */
export async function moveAccounts(db: Db, from: string, to: string): Promise<number> {
  const moved = await db
    .updateTable('identity.account')
    .set((eb) => ({ unit_id: to, version: eb('version', '+', 1) }))
    .where('unit_id', '=', from)
    .executeTakeFirst();
  return Number(moved.numUpdatedRows);
}

/** Waits for a merger that is just ending the unit, and keeps one from beginning until this transaction is over. */
export async function successorNow(db: Db, unitId: string): Promise<string | null> {
  const row = await db
    .selectFrom('identity.unit')
    .select('successor_id')
    .where('id', '=', unitId)
    .forShare()
    .executeTakeFirst();
  return row?.successor_id ?? null;
}

/** Which unit stands for each of these today: itself, or the last of the chain of its successors. */
export async function unitsToday(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; today: string }>`
    with recursive chain as (
      select id, id as today from identity.unit where id = any(${[...ids]}::bigint[])
      union all
      select chain.id, unit.successor_id from chain join identity.unit unit on unit.id = chain.today
      where unit.successor_id is not null
    )
    select chain.id, chain.today from chain join identity.unit unit on unit.id = chain.today
    where unit.successor_id is null`.execute(db);
  return new Map(rows.map((row) => [row.id, row.today]));
}

interface PastUnit {
  readonly id: string;
  readonly name: string;
  readonly organisationCode: string;
}

export interface PastMerger {
  readonly at: Date;
  readonly from: PastUnit;
  readonly to: PastUnit;
  /** Unknown when the unit came here merged, in a package. */
  readonly basis: string | null;
}

/** Every merger in which the unit ended or took over; one that ended in a split did not merge. */
export async function mergersAround(db: Db, unitId: string): Promise<readonly PastMerger[]> {
  const { rows } = await sql<PastMerger>`
    select ended.closed_at as at,
      jsonb_build_object('id', ended.id::text, 'name', ended.name, 'organisationCode', ended.organisation_code) as from,
      jsonb_build_object('id', taker.id::text, 'name', taker.name, 'organisationCode', taker.organisation_code) as to,
      (select one.basis from identity.reorganization_unit part
        join identity.reorganization one on one.id = part.reorganization_id
        where part.unit_id = ended.id and one.successor_id = taker.id and one.started_at = ended.closed_at
        limit 1) as basis
    from identity.unit ended join identity.unit taker on taker.id = ended.successor_id
    where (ended.id = ${unitId} or ended.successor_id = ${unitId}) and not exists (
      select from identity.unit_split divided where divided.unit_id = ended.id and divided.at = ended.closed_at)`.execute(
    db,
  );
  return rows;
}
