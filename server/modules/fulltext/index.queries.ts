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

/** Which state of the index this is: another number after every transaction that wrote it. */
export async function generationOf(db: Db): Promise<string> {
  const row = await db.selectFrom('fulltext.generation').select('number').executeTakeFirst();
  return row?.number ?? '0';
}

export async function nextGeneration(db: Db): Promise<void> {
  await sql`
    insert into fulltext.generation as known (number) values (1)
    on conflict (only_one) do update set number = known.number + 1`.execute(db);
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

export interface Stretch {
  readonly id: string;
  /** As it is compared, not as it was written. */
  readonly text: string;
}

/**
 * Where the first of the terms stands in those of these texts that are longer than so many bytes, or their beginning. The
 * database cuts them out: how long a text is it knows without unpacking it. The first line is the title, and is left out.
 */
export async function stretchesOf(
  db: Db,
  rows: readonly Pick<EntryRow, 'id' | 'version'>[],
  { terms, longerThan, before, length }: StretchWish,
): Promise<readonly Stretch[]> {
  const { rows: found } = await sql<Stretch>`
    select entry.id, substr(body.text, greatest(1, coalesce(first.place, 1) - ${before}::int), ${length}::int) as text
    from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.version)}::bigint[]) as asked (id, version)
    join fulltext.entry on entry.id = asked.id and entry.version = asked.version
    cross join lateral (
      select substr(entry.folded, strpos(entry.folded, chr(10)) + 1) as text offset 0
    ) as body
    cross join lateral (
      select min(strpos(body.text, term)) filter (where strpos(body.text, term) > 0) as place
      from unnest(${[...terms]}::text[]) as term
    ) as first
    where octet_length(entry.folded) > ${longerThan}::int`.execute(db);
  return found;
}

export interface StretchWish {
  readonly terms: readonly string[];
  readonly longerThan: number;
  readonly before: number;
  readonly length: number;
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
