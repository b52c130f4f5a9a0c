import { sql } from 'kysely';

import type { Actor } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';

export interface Training {
  /** About how many resources there were. */
  readonly resources: number;
  readonly texts: number;
  readonly characters: number;
  /** Of the file; null when there was too little to learn from. */
  readonly digest: string | null;
  readonly threshold: number | null;
  readonly measured: number;
  readonly trainedAt: Date;
}

export async function lastTraining(db: Db): Promise<Training | undefined> {
  const row = await db.selectFrom('proofreading.spelling_training').selectAll().executeTakeFirst();
  return (
    row && {
      ...{ resources: row.resources, texts: row.texts, digest: row.digest, threshold: row.threshold },
      ...{ characters: row.characters, measured: row.measured, trainedAt: row.trained_at },
    }
  );
}

export async function recordTraining(db: Db, { trainedAt, ...training }: Training): Promise<void> {
  const row = { ...training, trained_at: trainedAt };
  await db
    .insertInto('proofreading.spelling_training')
    .values(row)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(row))
    .execute();
}

/** What tells a process whether what it holds is still right: one look at two small tables. */
export async function spellingState(
  db: Db,
): Promise<{ readonly digest: string | null; readonly words: string }> {
  const { rows } = await sql<{ digest: string | null; words: string }>`
    select (select digest from proofreading.spelling_training) as digest,
      (select count(*) || ' ' || coalesce(max(id), 0) from proofreading.known_word) as words`.execute(db);
  return rows[0] ?? { digest: null, words: '' };
}

export async function knownWords(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('proofreading.known_word').select('word').orderBy('id').execute();
  return rows.map((row) => row.word);
}

export interface KeptWord {
  readonly id: string;
  readonly word: string;
  readonly addedByName: string;
  readonly addedAt: Date;
}

/** All of them, the newest first: their number is bounded. */
export async function keptWords(db: Db): Promise<readonly KeptWord[]> {
  return db
    .selectFrom('proofreading.known_word')
    .select(['id', 'word', 'added_by_name as addedByName', 'added_at as addedAt'])
    .orderBy('id', 'desc')
    .execute();
}

export async function countKnownWords(db: Db): Promise<number> {
  const { rows } = await sql<{
    words: string;
  }>`select count(*) as words from proofreading.known_word`.execute(db);
  return Number(rows[0]?.words ?? 0);
}

/** Says how many of them were new. */
export async function insertKnownWords(
  db: Db,
  words: readonly string[],
  { by, at }: { readonly by: Pick<Actor, 'id' | 'name'>; readonly at: Date },
): Promise<number> {
  const rows = await db
    .insertInto('proofreading.known_word')
    .values(words.map((word) => ({ word, added_by: by.id, added_by_name: by.name, added_at: at })))
    .onConflict((conflict) => conflict.column('word').doNothing())
    .returning('id')
    .execute();
  return rows.length;
}

export async function deleteKnownWord(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .deleteFrom('proofreading.known_word')
    .where('id', '=', id)
    .returning('word')
    .executeTakeFirst();
  return row?.word;
}
