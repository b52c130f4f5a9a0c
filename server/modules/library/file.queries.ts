import { sql, type SqlBool } from 'kysely';

import type { FileScan } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { isReadable } from '../../platform/document-text/readable-types.ts';
import { isSized } from '../../platform/picture-sizes.ts';

/** What a scan said when the bytes came. */
export interface Scanned {
  readonly state: Exclude<FileScan, 'infected'>;
  /** Program and signatures; null when nobody was asked. */
  readonly engine: string | null;
}

export interface NewFile {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
  readonly scanned: Scanned;
}

/** Notes bytes once, however often they come; a scan that says more than was known is kept. Says what holds now. */
export async function noteFile(db: Db, file: NewFile, now: Date): Promise<FileScan> {
  const { state, engine } = file.scanned;
  const { rows } = await sql<{ scan: FileScan }>`
    insert into library.file (digest, media_type, size, scan, scanned_at, scanned_with, sizes, words, noted_at)
    values (${file.digest}, ${file.mediaType}, ${file.size}, ${state}, ${engine === null ? null : now}, ${engine},
      ${isSized(file.mediaType) ? 'waiting' : 'none'}, ${isReadable(file.mediaType) ? 'waiting' : 'none'},
      ${now})
    on conflict (digest) do update set
      noted_at = greatest(file.noted_at, excluded.noted_at),
      scan = case when file.scan = 'off' or (file.scan = 'waiting' and excluded.scan = 'clean')
        then excluded.scan else file.scan end,
      scanned_at = case when file.scan in ('off', 'waiting') then excluded.scanned_at else file.scanned_at end,
      scanned_with = case when file.scan in ('off', 'waiting') then excluded.scanned_with else file.scanned_with end
    returning scan`.execute(db);
  return rows[0]?.scan ?? 'off';
}

export interface FileToScan {
  readonly digest: string;
  readonly size: number;
  readonly scan: FileScan;
}

const columns = ['digest', 'size', sql<FileScan>`scan`.as('scan')] as const;
const fileOf = (row: { digest: string; size: string; scan: FileScan }): FileToScan => ({
  ...row,
  size: Number(row.size),
});

/** Bytes that may not be published before they were scanned. */
export async function filesWaitingForScan(db: Db, now: Date, limit: number): Promise<readonly FileToScan[]> {
  const rows = await db
    .selectFrom('library.file')
    .select(columns)
    .where('scan', '=', 'waiting')
    .where((is) => is.or([is('scan_after', 'is', null), is('scan_after', '<=', now)]))
    .orderBy('digest')
    .limit(limit)
    .execute();
  return rows.map(fileOf);
}

/**
 * Bytes that these signatures have not seen, or not since then; those that were never scanned come first. Each kind is
 * looked up by its index: asked for all at once, PostgreSQL goes through every file there is when none is wanted.
 */
export async function filesScannedBefore(
  db: Db,
  seen: { readonly engine: string; readonly since: Date; readonly now: Date },
  limit: number,
): Promise<readonly FileToScan[]> {
  const kinds = [
    sql<SqlBool>`scanned_at is null`,
    sql<SqlBool>`scanned_at < ${seen.since}`,
    sql<SqlBool>`scanned_with < ${seen.engine}`,
    sql<SqlBool>`scanned_with > ${seen.engine}`,
  ];
  const { rows } = await sql<Parameters<typeof fileOf>[0]>`
    select digest, size, scan from (${sql.join(
      kinds.map(
        (kind) => sql`(select digest, size, scan, scanned_at from library.file
          where ${kind} and (scan_after is null or scan_after <= ${seen.now}) limit ${limit})`,
      ),
      sql` union `,
    )}) as seen order by scanned_at nulls first, digest limit ${limit}`.execute(db);
  return rows.map(fileOf);
}

/** Nothing was found, again. An infected file is cleared by a command, never here. */
export async function noteClean(db: Db, digest: string, engine: string, now: Date): Promise<void> {
  await db
    .updateTable('library.file')
    .set({ scan: 'clean', scanned_at: now, scanned_with: engine, scan_after: null })
    .where('digest', '=', digest)
    .where('scan', '<>', 'infected')
    .execute();
}

/** Still what it was: infected, as these signatures say too. */
export async function noteStillInfected(db: Db, digest: string, engine: string, now: Date): Promise<void> {
  await db
    .updateTable('library.file')
    .set({ scanned_at: now, scanned_with: engine, scan_after: null })
    .where('digest', '=', digest)
    .where('scan', '=', 'infected')
    .execute();
}

/** Not to be asked again before then. */
export async function postponeScan(db: Db, digest: string, until: Date): Promise<void> {
  await db.updateTable('library.file').set({ scan_after: until }).where('digest', '=', digest).execute();
}

/** Nobody scans any more: what waited for it waits no longer. Says how many. */
export async function endWaiting(db: Db): Promise<number> {
  const result = await db
    .updateTable('library.file')
    .set({ scan: 'off' })
    .where('scan', '=', 'waiting')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** A file of a revision that may not be published as it is. */
export interface UnsoundFile {
  readonly fileName: string;
  readonly scan: FileScan;
}

export async function unsoundFilesOf(db: Db, revisionId: string): Promise<readonly UnsoundFile[]> {
  return db
    .selectFrom('library.revision_asset')
    .innerJoin('library.asset', 'library.asset.id', 'library.revision_asset.asset_id')
    .innerJoin('library.file', 'library.file.digest', 'library.asset.digest')
    .select(['library.asset.file_name as fileName', sql<FileScan>`library.file.scan`.as('scan')])
    .distinct()
    .where('revision_id', '=', revisionId)
    .where('library.file.scan', 'in', ['waiting', 'infected'])
    .orderBy('fileName')
    .execute();
}
