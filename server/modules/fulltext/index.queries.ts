import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** One number for this work (test/repository.test.ts). */
const writerLock = 7_246_090;

/**
 * Until the transaction ends the index is the caller's to write: two who change one row of a token would lose what the
 * other wrote, and an older text could follow a newer one. False when another process is at it.
 */
export async function takeTurn(db: Db): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${writerLock}) as mine`.execute(db);
  return rows[0]?.mine === true;
}

export interface EntryRow {
  readonly id: string;
  readonly version: string;
  readonly folded: string;
}

export async function entriesOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, EntryRow>> {
  const rows = await db
    .selectFrom('fulltext.entry')
    .select(['id', 'version', 'folded'])
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function putEntries(db: Db, rows: readonly EntryRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into fulltext.entry (id, version, folded)
    select * from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.version)}::bigint[],
      ${rows.map((row) => row.folded)}::text[])
    on conflict (id) do update set version = excluded.version, folded = excluded.folded`.execute(db);
}

export async function removeEntries(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('fulltext.entry')
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
}

export interface PostingRow {
  readonly token: string;
  readonly block: number;
  readonly ids: Buffer;
}

/** The blocks of some tokens; of one block only when it is said. */
export async function postingsOf(
  db: Db,
  tokens: readonly string[],
  block?: number,
): Promise<readonly PostingRow[]> {
  let query = db
    .selectFrom('fulltext.posting')
    .select(['token', 'block', 'ids'])
    .where('token', '=', sql<string>`any(${[...tokens]}::text[])`);
  if (block !== undefined) query = query.where('block', '=', block);
  return query.execute();
}

export async function putPostings(db: Db, rows: readonly PostingRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into fulltext.posting (token, block, ids)
    select * from unnest(${rows.map((row) => row.token)}::text[], ${rows.map((row) => row.block)}::integer[],
      ${rows.map((row) => row.ids)}::bytea[])
    on conflict (token, block) do update set ids = excluded.ids`.execute(db);
}

export async function removePostings(db: Db, tokens: readonly string[], block: number): Promise<void> {
  if (tokens.length === 0) return;
  await db
    .deleteFrom('fulltext.posting')
    .where('token', '=', sql<string>`any(${[...tokens]}::text[])`)
    .where('block', '=', block)
    .execute();
}
