import { type Selectable, sql } from 'kysely';

import type {
  ColumnRule,
  FollowMode,
  SubscriptionState,
  SubscriptionTerms,
} from '../../../contracts/following.ts';
import type { FollowingSubscription } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';

export interface SubscriptionRow extends SubscriptionTerms {
  readonly id: string;
  readonly address: string;
  readonly instance: string;
  readonly platform: string;
  /** Null when the subscription has ended. */
  readonly sealedKey: Buffer | null;
  readonly reach: string;
  readonly state: SubscriptionState;
  /** Where to go on; null: at the beginning. */
  readonly cursor: string | null;
  readonly pass: number;
  readonly idlePages: number;
  /** Resources of theirs that are known here, whatever became of them. */
  readonly itemCount: number;
  readonly nextAt: Date;
  readonly failures: number;
  readonly troubleCode: string | null;
  readonly trouble: string | null;
  readonly troubleSince: Date | null;
  readonly caughtUpAt: Date | null;
  readonly lastChangeAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly createdByName: string;
}

function subscriptionOf(row: Selectable<FollowingSubscription>): SubscriptionRow {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    instance: row.instance,
    platform: row.platform,
    sealedKey: row.sealed_key,
    reach: row.reach,
    sourceTypes: row.source_types,
    sourceUnitIds: row.source_unit_ids,
    sourceColumnIds: row.source_column_ids,
    unitId: row.unit_id,
    rules: row.rules as ColumnRule[],
    columnId: row.column_id,
    mode: row.mode as FollowMode,
    mostItems: row.most_items,
    state: row.state as SubscriptionState,
    cursor: row.cursor,
    pass: row.pass,
    idlePages: row.idle_pages,
    itemCount: row.item_count,
    nextAt: row.next_at,
    failures: row.failures,
    troubleCode: row.trouble_code,
    trouble: row.trouble,
    troubleSince: row.trouble_since,
    caughtUpAt: row.caught_up_at,
    lastChangeAt: row.last_change_at,
    version: row.version,
    createdAt: row.created_at,
    createdByName: row.created_by_name,
  };
}

const columnsOf = (terms: SubscriptionTerms) => ({
  name: terms.name,
  source_types: terms.sourceTypes === null ? null : [...terms.sourceTypes],
  source_unit_ids: terms.sourceUnitIds === null ? null : [...terms.sourceUnitIds],
  source_column_ids: terms.sourceColumnIds === null ? null : [...terms.sourceColumnIds],
  unit_id: terms.unitId,
  rules: JSON.stringify(terms.rules),
  column_id: terms.columnId,
  mode: terms.mode,
  most_items: terms.mostItems,
});

export interface NewSubscriptionRow extends SubscriptionTerms {
  readonly address: string;
  readonly instance: string;
  readonly platform: string;
  readonly sealedKey: Buffer;
  readonly reach: string;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly createdByName: string;
}

export async function insertSubscription(db: Db, given: NewSubscriptionRow): Promise<SubscriptionRow> {
  const row = await db
    .insertInto('following.subscription')
    .values({
      ...columnsOf(given),
      address: given.address,
      instance: given.instance,
      platform: given.platform,
      sealed_key: given.sealedKey,
      reach: given.reach,
      state: 'active',
      next_at: given.createdAt,
      created_at: given.createdAt,
      created_by: given.createdBy,
      created_by_name: given.createdByName,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return subscriptionOf(row);
}

export async function subscriptionById(db: Db, id: string): Promise<SubscriptionRow | undefined> {
  const row = await db
    .selectFrom('following.subscription')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && subscriptionOf(row);
}

export async function subscriptionForUpdate(db: Db, id: string): Promise<SubscriptionRow | undefined> {
  const row = await db
    .selectFrom('following.subscription')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && subscriptionOf(row);
}

/** One number for "somebody adds a platform". */
const addressLock = 7_246_100;

export async function lockAddresses(db: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${addressLock})`.execute(db);
}

/** Where the platform of this name is followed now. */
export async function followedAddresses(db: Db, instance: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('following.subscription')
    .select('address')
    .where('instance', '=', instance)
    .where('state', '<>', 'ended')
    .execute();
  return rows.map((row) => row.address);
}

export async function newestSubscriptions(db: Db, limit: number): Promise<readonly SubscriptionRow[]> {
  const rows = await db
    .selectFrom('following.subscription')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(subscriptionOf);
}

/** Whether it is the turn of any subscription. */
export async function isFollowingDue(db: Db, now: Date): Promise<boolean> {
  const { rows } = await sql`
    select from following.subscription where state = 'active' and next_at <= ${now} limit 1`.execute(db);
  return rows.length > 0;
}

/** Whose turn it is, whoever waited longest first. */
export async function dueSubscriptions(
  db: Db,
  now: Date,
  limit: number,
): Promise<readonly SubscriptionRow[]> {
  const rows = await db
    .selectFrom('following.subscription')
    .selectAll()
    .where('state', '=', 'active')
    .where('next_at', '<=', now)
    .orderBy('next_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(subscriptionOf);
}

export interface TermsChange {
  readonly terms: SubscriptionTerms;
  /** What a new key says. */
  readonly renewed?: { readonly sealedKey: Buffer; readonly platform: string; readonly reach: string };
}

/** New terms hold from the beginning of the feed on: everything is read anew. */
export async function updateTerms(
  db: Db,
  row: SubscriptionRow,
  { terms, renewed }: TermsChange,
  now: Date,
): Promise<SubscriptionRow> {
  const changed = await db
    .updateTable('following.subscription')
    .set({
      ...columnsOf(terms),
      ...(renewed
        ? { sealed_key: renewed.sealedKey, platform: renewed.platform, reach: renewed.reach, state: 'active' }
        : {}),
      ...anew(row, now),
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return subscriptionOf(changed);
}

const untroubled = {
  failures: 0,
  trouble_code: null,
  trouble: null,
  trouble_since: null,
} as const;
const anew = (row: SubscriptionRow, now: Date) => ({
  ...untroubled,
  cursor: null,
  pass: row.pass + 1,
  idle_pages: 0,
  next_at: now,
});

export async function updateState(
  db: Db,
  row: SubscriptionRow,
  act: 'pause' | 'resume' | 'resync' | 'end',
  now: Date,
): Promise<SubscriptionRow> {
  const changes = {
    pause: { state: 'paused' },
    resume: { state: 'active', next_at: now, ...untroubled },
    resync: anew(row, now),
    end: { state: 'ended', sealed_key: null, ...untroubled },
  } as const;
  const changed = await db
    .updateTable('following.subscription')
    .set({ ...changes[act], version: row.version + 1 })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return subscriptionOf(changed);
}

export interface Reading {
  readonly cursor: string | null;
  readonly idlePages: number;
  readonly nextAt: Date;
  readonly lastChangeAt: Date | null;
  /** Set when nothing more is to be read now. */
  readonly caughtUpAt: Date | null;
}

/** How far it was read, without trouble. */
export async function writeReading(db: Db, id: string, reading: Reading): Promise<void> {
  await db
    .updateTable('following.subscription')
    .set({
      ...untroubled,
      cursor: reading.cursor,
      idle_pages: reading.idlePages,
      next_at: reading.nextAt,
      ...(reading.lastChangeAt === null ? {} : { last_change_at: reading.lastChangeAt }),
      ...(reading.caughtUpAt === null ? {} : { caught_up_at: reading.caughtUpAt }),
    })
    .where('id', '=', id)
    .execute();
}

/** So many resources of theirs were not known before. */
export async function countNewItems(db: Db, id: string, fresh: number): Promise<void> {
  if (fresh === 0) return;
  await db
    .updateTable('following.subscription')
    .set({ item_count: sql<number>`item_count + ${fresh}` })
    .where('id', '=', id)
    .execute();
}

/** Begins anew because the key sees more or less than before, or because their feed is another one. */
export async function beginAnew(db: Db, row: SubscriptionRow, reach: string, now: Date): Promise<void> {
  await db
    .updateTable('following.subscription')
    .set({ ...anew(row, now), reach })
    .where('id', '=', row.id)
    .where('pass', '=', row.pass)
    .execute();
}

export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly nextAt: Date;
  readonly state: SubscriptionState;
}

export async function writeTrouble(db: Db, row: SubscriptionRow, trouble: Trouble, now: Date): Promise<void> {
  await db
    .updateTable('following.subscription')
    .set({
      state: trouble.state,
      failures: row.failures + 1,
      trouble_code: trouble.code,
      trouble: trouble.message.slice(0, 500),
      trouble_since: sql<Date>`coalesce(trouble_since, ${now})`,
      next_at: trouble.nextAt,
    })
    .where('id', '=', row.id)
    .where('state', '=', 'active')
    .where('version', '=', row.version)
    .execute();
}

/** Later, and nothing is wrong. */
export async function writeWait(db: Db, id: string, nextAt: Date): Promise<void> {
  await db.updateTable('following.subscription').set({ next_at: nextAt }).where('id', '=', id).execute();
}
