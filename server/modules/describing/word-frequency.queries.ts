import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** One number for this work (test/repository.test.ts). */
const countingLock = 7_246_091;

/** False when another worker is at it: two at once would only get in each other's way. */
export async function mayCountWords(db: Db): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${countingLock}) as mine`.execute(db);
  return rows[0]?.mine === true;
}

/** How many texts the frequencies are of. */
export async function countedTexts(db: Db): Promise<number> {
  const { rows } = await sql<{ texts: string }>`
    select count(*) as texts from describing.counted_text`.execute(db);
  return Number(rows[0]?.texts ?? 0);
}

/** Which revision of the resources was counted; one that is missing from the answer was not. */
export async function countedRevisions(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; revisionId: string }>`
    select resource_id as id, revision_id as "revisionId" from describing.counted_text
    where resource_id = any(${[...ids]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.revisionId]));
}

/** Counted resources that a smaller sample has no room for. */
export async function outsideOfSample(db: Db, every: number, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select resource_id as id from describing.counted_text where resource_id % ${every}::bigint <> 0
    limit ${limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** What of these resources is counted now: a revision, or nothing where it is missing. */
export async function noteCounted(
  db: Db,
  ids: readonly string[],
  counted: ReadonlyMap<string, string>,
): Promise<void> {
  const present = ids.filter((id) => counted.has(id));
  await sql`delete from describing.counted_text
    where resource_id = any(${ids.filter((id) => !counted.has(id))}::bigint[])`.execute(db);
  await sql`insert into describing.counted_text (resource_id, revision_id)
    select * from unnest(${present}::bigint[], ${present.map((id) => counted.get(id))}::bigint[])
    on conflict (resource_id) do update set revision_id = excluded.revision_id`.execute(db);
}

/** Adds to the frequencies of words, or takes away; words that no text has are forgotten. */
export async function changeFrequencies(db: Db, changes: ReadonlyMap<string, number>): Promise<void> {
  const entries = [...changes].sort(([one], [other]) => (one < other ? -1 : 1));
  const more = entries.filter(([, by]) => by > 0);
  const fewer = entries.filter(([, by]) => by < 0);
  const wordsOf = (some: readonly (readonly [string, number])[]) =>
    sql`unnest(${some.map(([word]) => word)}::text[], ${some.map(([, by]) => Math.abs(by))}::integer[])`;
  if (more.length > 0) {
    await sql`
      insert into describing.word_frequency as known (word, documents) select * from ${wordsOf(more)}
      on conflict (word) do update set documents = known.documents + excluded.documents`.execute(db);
  }
  if (fewer.length > 0) {
    await sql`
      update describing.word_frequency as known set documents = greatest(known.documents - given.texts, 0)
      from ${wordsOf(fewer)} as given (word, texts) where known.word = given.word`.execute(db);
    await sql`
      delete from describing.word_frequency
      where word = any(${fewer.map(([word]) => word)}::text[]) and documents = 0`.execute(db);
  }
}

/** In how many of the counted texts each word is; one that is missing from the answer is in none. */
export async function frequenciesOf(db: Db, words: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (words.length === 0) return new Map();
  const { rows } = await sql<{ word: string; documents: number }>`
    select word, documents from describing.word_frequency where word = any(${[...words]}::text[])`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.word, row.documents]));
}
