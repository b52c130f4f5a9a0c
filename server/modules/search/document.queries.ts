import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { SearchDocument } from './search.types.ts';

export interface DirtyKey {
  readonly key: string;
  readonly generation: string;
}

/** What the index files hold of a page, as far as that is certain. */
export interface RecordedDocument {
  readonly key: string;
  readonly digest: Buffer | null;
  readonly deleted: boolean;
}

export interface DocumentRecord {
  readonly document: SearchDocument;
  readonly digest: Buffer;
}

/** Marks keys, and the stored pages of the sites (`site-name:`) and units among the tags. In key order: no deadlocks. */
export async function markDirty(
  db: Db,
  keys: readonly string[],
  tags: readonly string[] = [],
): Promise<void> {
  const named = (prefix: string): string[] =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
  await sql`
    insert into search.dirty as d (key)
    select key from (
      select unnest(${[...keys]}::text[]) as key
      union select key from search.document where site = any(${named('site-name:')}::text[]) and deleted_at is null
      union select key from search.document where unit = any(${named('unit:')}::text[]) and deleted_at is null
    ) as asked order by key
    on conflict (key) do update set
      generation = excluded.generation, failures = 0, retry_at = '-infinity'`.execute(db);
}

/** Forgets what is known of these pages, so that they are written again even when they did not change. */
export async function forgetDigests(db: Db, keys: readonly string[]): Promise<void> {
  await sql`update search.document set digest = null, deleted_at = null where key = any(${[...keys]}::text[])`.execute(
    db,
  );
}

export async function dueKeys(db: Db, limit: number): Promise<readonly DirtyKey[]> {
  const { rows } = await sql<DirtyKey>`
    select key, generation from search.dirty where retry_at <= clock_timestamp()
    order by since, key limit ${limit}`.execute(db);
  return rows;
}

export async function hasDueKeys(db: Db): Promise<boolean> {
  return (await dueKeys(db, 1)).length > 0;
}

/** Pages whose indexing fails; the others must not wait for them. */
export async function postponeKeys(db: Db, keys: readonly string[]): Promise<void> {
  await sql`
    update search.dirty set failures = failures + 1,
      retry_at = clock_timestamp() + least(interval '10 minutes', interval '1 second' * 2 ^ least(failures, 10))
    where key = any(${[...keys]}::text[])`.execute(db);
}

export async function removeDirty(db: Db, done: readonly DirtyKey[]): Promise<void> {
  await sql`
    delete from search.dirty d using unnest(
      ${done.map((one) => one.key)}::text[], ${done.map((one) => one.generation)}::bigint[]
    ) as done (key, generation)
    where d.key = done.key and d.generation = done.generation`.execute(db);
}

export async function recordedDocuments(
  db: Db,
  indexId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RecordedDocument>> {
  const { rows } = await sql<RecordedDocument>`
    select key, digest, deleted_at is not null as deleted from search.document
    where index_id = ${indexId} and key = any(${[...keys]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.key, row]));
}

/** Before the index files change: from now until `recordDocuments` their content is uncertain. */
export async function recordWriting(db: Db, indexId: string, keys: readonly string[]): Promise<void> {
  await sql`
    insert into search.document as d (key, index_id, site, unit, version)
    select key, ${indexId}, '', '', 0 from unnest(${[...keys].sort()}::text[]) as key
    on conflict (key) do update set index_id = excluded.index_id, digest = null, deleted_at = null`.execute(
    db,
  );
}

export async function recordDocuments(
  db: Db,
  indexId: string,
  records: readonly DocumentRecord[],
): Promise<void> {
  const column = (valueOf: (document: SearchDocument) => string): string[] =>
    records.map((record) => valueOf(record.document));
  await sql`
    insert into search.document as d (key, index_id, site, unit, version, digest)
    select key, ${indexId}, site, unit, version, decode(digest, 'hex') from unnest(
      ${column((one) => one.key)}::text[], ${column((one) => one.site)}::text[],
      ${column((one) => one.unit)}::text[], ${column((one) => String(Math.trunc(one.version)))}::bigint[],
      ${records.map((record) => record.digest.toString('hex'))}::text[]
    ) as given (key, site, unit, version, digest) order by key
    on conflict (key) do update set index_id = excluded.index_id, site = excluded.site, unit = excluded.unit,
      version = excluded.version, digest = excluded.digest, deleted_at = null`.execute(db);
}

export async function recordDeletions(db: Db, indexId: string, keys: readonly string[]): Promise<void> {
  await sql`
    update search.document set index_id = ${indexId}, digest = null, deleted_at = clock_timestamp()
    where key = any(${[...keys]}::text[])`.execute(db);
}

export async function recordedIndexId(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ index_id: string }>`select index_id from search.state`.execute(db);
  return rows[0]?.index_id;
}

/** After a rebuild: the records of earlier contents of the index say nothing any more. */
export async function recordRebuild(db: Db, indexId: string): Promise<void> {
  await sql`
    insert into search.state (index_id) values (${indexId})
    on conflict (singleton) do update set index_id = excluded.index_id, rebuilt_at = clock_timestamp()`.execute(
    db,
  );
  await sql`delete from search.document where index_id <> ${indexId}`.execute(db);
}
