import { type Insertable, type Selectable, sql } from 'kysely';

import type { AuditEntry as EntryRow } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';

export type NewEntryRow = Omit<Insertable<EntryRow>, 'seq' | 'previous_hash' | 'hash'>;

export async function insertEntries(db: Db, rows: readonly NewEntryRow[]): Promise<void> {
  await db
    .insertInto('audit.entry')
    // Placeholders: the trigger sets the place in the chain while it holds the lock on the chain's end.
    .values(rows.map((row) => ({ ...row, seq: '0', previous_hash: Buffer.alloc(0), hash: Buffer.alloc(0) })))
    .execute();
}

export interface EntryFilter {
  readonly actorId?: string | undefined;
  readonly action?: string | undefined;
  readonly objectKind?: string | undefined;
  readonly objectId?: string | undefined;
  readonly result?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Where a page of entries ends: the instant to the microsecond, then the number. */
export interface EntryPlace {
  readonly at: string;
  readonly seq: string;
}

export type StoredEntry = Omit<Selectable<EntryRow>, 'hash' | 'previous_hash'> & {
  readonly place_at: string;
};

/** Newest first, after `place`. */
export async function entriesBefore(
  db: Db,
  filter: EntryFilter,
  place: EntryPlace | null,
  limit: number,
): Promise<readonly StoredEntry[]> {
  let query = db
    .selectFrom('audit.entry')
    .select([
      'seq',
      'at',
      'actor_kind',
      'actor_id',
      'actor_name',
      'unit_id',
      'action',
      'object_kind',
      'object_id',
    ])
    .select(['result', 'code', 'details', 'address', 'request_id'])
    .select(sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('place_at'))
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit);
  const equal = {
    actor_id: filter.actorId,
    action: filter.action,
    object_kind: filter.objectKind,
    object_id: filter.objectId,
    result: filter.result,
  } as const;
  for (const column of ['actor_id', 'action', 'object_kind', 'object_id', 'result'] as const) {
    const value = equal[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (filter.from !== undefined) query = query.where('at', '>=', new Date(filter.from));
  if (filter.to !== undefined) query = query.where('at', '<', new Date(filter.to));
  if (place) query = query.where(sql<boolean>`(at, seq) < (${place.at}::timestamptz, ${place.seq}::bigint)`);
  return query.execute();
}

export interface ChainLink {
  readonly seq: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  /** The hashed columns, in the order of the hash; built here and not by the database's own function. */
  readonly fields: readonly (string | null)[];
}

/** The next links of the chain after `seq`, in order. */
export async function linksAfter(db: Db, seq: string, limit: number): Promise<readonly ChainLink[]> {
  const rows = await db
    .selectFrom('audit.entry')
    .select(['seq', 'previous_hash', 'hash', 'actor_kind', 'actor_id', 'actor_name', 'unit_id', 'action'])
    .select(['object_kind', 'object_id', 'result', 'code', 'address', 'request_id'])
    .select(sql<string>`to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`.as('instant'))
    .select(sql<string>`details::text`.as('details_text'))
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    seq: row.seq,
    previousHash: row.previous_hash,
    hash: row.hash,
    fields: [
      row.seq,
      row.instant,
      row.actor_kind,
      row.actor_id,
      row.actor_name,
      row.unit_id,
      row.action,
      row.object_kind,
      row.object_id,
      row.result,
      row.code,
      row.details_text,
      row.address,
      row.request_id,
    ],
  }));
}

export async function chainHead(
  db: Db,
): Promise<{ readonly seq: string; readonly hash: Buffer } | undefined> {
  return db.selectFrom('audit.head').select(['seq', 'hash']).executeTakeFirst();
}
