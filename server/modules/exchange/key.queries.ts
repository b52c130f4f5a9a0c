import { type Selectable, sql } from 'kysely';

import type { ResourceTypeKey } from '../../../contracts/library.ts';
import type { ExchangeAccessKey } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';

/** What a key is for and how far it reaches, as it is stored. */
export interface KeyTermsRow {
  readonly name: string;
  readonly holder: string;
  readonly unitIds: readonly string[] | null;
  readonly columnIds: readonly string[] | null;
  readonly types: readonly ResourceTypeKey[] | null;
  readonly fullText: boolean;
  readonly perMinute: number;
  readonly perDay: number;
  readonly expiresAt: Date | null;
}

export interface KeyRow extends KeyTermsRow {
  readonly id: string;
  readonly prefix: string;
  readonly digest: Buffer;
  readonly createdAt: Date;
  readonly createdByName: string;
  readonly revokedAt: Date | null;
  readonly revocationReason: string | null;
  readonly version: number;
}

function keyOf(row: Selectable<ExchangeAccessKey>): KeyRow {
  return {
    id: row.id,
    name: row.name,
    holder: row.holder,
    prefix: row.prefix,
    digest: row.digest,
    unitIds: row.unit_ids,
    columnIds: row.column_ids,
    types: row.types as ResourceTypeKey[] | null,
    fullText: row.full_text,
    perMinute: row.per_minute,
    perDay: row.per_day,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    createdByName: row.created_by_name,
    revokedAt: row.revoked_at,
    revocationReason: row.revocation_reason,
    version: row.version,
  };
}

const columnsOf = (terms: KeyTermsRow) => ({
  name: terms.name,
  holder: terms.holder,
  unit_ids: terms.unitIds === null ? null : [...terms.unitIds],
  column_ids: terms.columnIds === null ? null : [...terms.columnIds],
  types: terms.types === null ? null : [...terms.types],
  full_text: terms.fullText,
  per_minute: terms.perMinute,
  per_day: terms.perDay,
  expires_at: terms.expiresAt,
});

export interface NewKeyRow extends KeyTermsRow {
  readonly prefix: string;
  readonly digest: Buffer;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly createdByName: string;
}

export async function insertKey(db: Db, key: NewKeyRow): Promise<KeyRow> {
  const row = await db
    .insertInto('exchange.access_key')
    .values({
      ...columnsOf(key),
      prefix: key.prefix,
      digest: key.digest,
      created_at: key.createdAt,
      created_by: key.createdBy,
      created_by_name: key.createdByName,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return keyOf(row);
}

export async function keyForUpdate(db: Db, id: string): Promise<KeyRow | undefined> {
  const row = await db
    .selectFrom('exchange.access_key')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && keyOf(row);
}

export async function keyById(db: Db, id: string): Promise<KeyRow | undefined> {
  const row = await db.selectFrom('exchange.access_key').selectAll().where('id', '=', id).executeTakeFirst();
  return row && keyOf(row);
}

export async function keyByPrefix(db: Db, prefix: string): Promise<KeyRow | undefined> {
  const row = await db
    .selectFrom('exchange.access_key')
    .selectAll()
    .where('prefix', '=', prefix)
    .executeTakeFirst();
  return row && keyOf(row);
}

/** The newest keys; a district gives out some dozens. */
export async function newestKeys(db: Db, limit: number): Promise<readonly KeyRow[]> {
  const rows = await db
    .selectFrom('exchange.access_key')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(keyOf);
}

export async function updateTerms(db: Db, key: KeyRow, terms: KeyTermsRow): Promise<KeyRow> {
  const row = await db
    .updateTable('exchange.access_key')
    .set({ ...columnsOf(terms), version: key.version + 1 })
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return keyOf(row);
}

export async function storeRevocation(db: Db, key: KeyRow, at: Date, reason: string): Promise<KeyRow> {
  const row = await db
    .updateTable('exchange.access_key')
    .set({ revoked_at: at, revocation_reason: reason, version: key.version + 1 })
    .where('id', '=', key.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return keyOf(row);
}

export interface KeyPace {
  readonly minuteUsed: number;
  readonly dayUsed: number;
}

/** Counts one request of a key, in any process, and says how many there were in this minute and on this day. */
export async function countRequest(
  db: Db,
  keyId: string,
  at: { readonly now: Date; readonly minute: Date; readonly day: string },
): Promise<KeyPace> {
  const { rows } = await sql<KeyPace>`
    insert into exchange.pace as known (key_id, minute, minute_used, day, day_used, last_used_at)
    values (${keyId}::bigint, ${at.minute}, 1, ${at.day}::date, 1, ${at.now})
    on conflict (key_id) do update set
      minute_used = case when known.minute = excluded.minute then known.minute_used + 1 else 1 end,
      minute = excluded.minute,
      day_used = case when known.day = excluded.day then known.day_used + 1 else 1 end,
      day = excluded.day, last_used_at = excluded.last_used_at
    returning minute_used as "minuteUsed", day_used as "dayUsed"`.execute(db);
  const [pace] = rows;
  if (!pace) throw new Error('a request was not counted');
  return pace;
}

export interface LastUse {
  readonly lastUsedAt: Date;
  readonly usedToday: number;
}

export async function lastUses(
  db: Db,
  keyIds: readonly string[],
  today: string,
): Promise<ReadonlyMap<string, LastUse>> {
  if (keyIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('exchange.pace')
    .select(['key_id', 'last_used_at as lastUsedAt', 'day', 'day_used'])
    .where('key_id', 'in', [...keyIds])
    .execute();
  return new Map(
    rows.map((row) => [
      row.key_id,
      { lastUsedAt: row.lastUsedAt, usedToday: String(row.day) === today ? row.day_used : 0 },
    ]),
  );
}

export interface UsageNote {
  readonly keyId: string;
  readonly day: string;
  readonly operation: string;
  readonly refused: boolean;
  readonly bytes: number;
}

export async function noteUsage(db: Db, note: UsageNote): Promise<void> {
  await sql`
    insert into exchange.usage as known (key_id, day, operation, requests, refused, bytes)
    values (${note.keyId}::bigint, ${note.day}::date, ${note.operation}, 1, ${note.refused ? 1 : 0}, ${note.bytes})
    on conflict (key_id, day, operation) do update set requests = known.requests + 1,
      refused = known.refused + excluded.refused, bytes = known.bytes + excluded.bytes`.execute(db);
}

export interface UsageRow {
  readonly day: string;
  readonly operation: string;
  readonly requests: string;
  readonly refused: string;
  readonly bytes: string;
}

export async function usageSince(db: Db, keyId: string, day: string): Promise<readonly UsageRow[]> {
  const { rows } = await sql<UsageRow>`
    select day, operation, requests, refused, bytes from exchange.usage
    where key_id = ${keyId}::bigint and day >= ${day}::date
    order by day desc, requests desc limit 5000`.execute(db);
  return rows;
}
