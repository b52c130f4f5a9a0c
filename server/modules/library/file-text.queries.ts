import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

export interface WaitingDocument {
  readonly digest: string;
  readonly mediaType: string;
}

/** Documents whose words nobody read yet, fresh ones first; none that waits for a scan is opened. */
export function documentsWaiting(db: Db, limit: number): Promise<readonly WaitingDocument[]> {
  return db
    .selectFrom('library.file')
    .select(['digest', 'media_type as mediaType'])
    .where('words', '=', 'waiting')
    .where('scan', 'in', ['off', 'clean'])
    .orderBy('noted_at', 'desc')
    .orderBy('digest')
    .limit(limit)
    .execute();
}

export interface ReadWords {
  readonly digest: string;
  readonly text: string;
  readonly findings: readonly string[];
}

export async function recordWords(db: Db, { digest, text, findings }: ReadWords, now: Date): Promise<void> {
  const values = { text, findings: [...findings], read_at: now };
  await db
    .insertInto('library.file_text')
    .values({ digest, ...values })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet(values))
    .execute();
  await db.updateTable('library.file').set({ words: 'read' }).where('digest', '=', digest).execute();
}

export interface FileWords {
  readonly state: 'none' | 'waiting' | 'read';
  readonly text: string;
  readonly findings: readonly string[];
}

/** What is known of the words of bytes; of bytes in quarantine nothing is told. */
export async function wordsOf(db: Db, digest: string): Promise<FileWords> {
  const row = await db
    .selectFrom('library.file')
    .leftJoin('library.file_text', 'library.file_text.digest', 'library.file.digest')
    .select([sql<FileWords['state']>`words`.as('state'), 'text', 'findings'])
    .where('library.file.digest', '=', digest)
    .where('scan', '<>', 'infected')
    .executeTakeFirst();
  return { state: row?.state ?? 'none', text: row?.text ?? '', findings: row?.findings ?? [] };
}

/** The beginnings of the words of files, by asset: what is in quarantine says nothing. */
export async function beginningsOf(
  db: Db,
  assetIds: readonly string[],
  characters: number,
): Promise<ReadonlyMap<string, string>> {
  if (assetIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.asset')
    .innerJoin('library.file', 'library.file.digest', 'library.asset.digest')
    .innerJoin('library.file_text', 'library.file_text.digest', 'library.asset.digest')
    .select(['library.asset.id', sql<string>`left(text, ${characters})`.as('text')])
    .where('library.asset.id', '=', sql<string>`any(${[...assetIds]}::bigint[])`)
    .where('scan', '<>', 'infected')
    .execute();
  return new Map(rows.map((row) => [row.id, row.text]));
}
