import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';
import type { FormType } from '../../platform/media-type.ts';

/** Bytes of a smaller form, whatever the picture is called. */
export interface SizeOfBytes {
  readonly digest: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly mediaType: FormType;
}

/** The smaller forms of pictures by the digest of the picture, WebP and then AVIF, narrowest first. */
export async function sizesOf(
  db: Db,
  digests: readonly string[],
): Promise<ReadonlyMap<string, readonly SizeOfBytes[]>> {
  if (digests.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.picture_size')
    .select([
      'digest as of',
      'size_digest as digest',
      'width',
      'height',
      'bytes',
      sql<FormType>`media_type`.as('mediaType'),
    ])
    .where('digest', '=', sql<string>`any(${[...digests]}::text[])`)
    .orderBy('media_type', 'desc')
    .orderBy('width')
    .execute();
  const grouped = Map.groupBy(rows, (row) => row.of);
  return new Map(
    [...grouped].map(([of, sizes]) => [
      of,
      sizes.map(({ digest, width, height, bytes, mediaType }) => {
        return { digest, width, height, bytes: Number(bytes), mediaType };
      }),
    ]),
  );
}

export interface WaitingPicture {
  readonly digest: string;
  readonly size: number;
  readonly attempts: number;
}

/** Pictures that wait for their smaller forms, fresh ones first; none that waits for a scan is opened. */
export async function picturesWaiting(db: Db, limit: number): Promise<readonly WaitingPicture[]> {
  const rows = await db
    .selectFrom('library.file')
    .select(['digest', 'size', 'sizes_attempts as attempts'])
    .where('sizes', '=', 'waiting')
    .where('scan', 'in', ['off', 'clean'])
    .orderBy('noted_at', 'desc')
    .orderBy('digest')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, size: Number(row.size) }));
}

/** Noted before the picture is opened and after it was: one that ends the process is not opened for ever. */
export async function noteSizing(db: Db, digest: string, attempts: number): Promise<void> {
  await db
    .updateTable('library.file')
    .set({ sizes_attempts: attempts })
    .where('digest', '=', digest)
    .execute();
}

/** It is shown as it came. */
export async function endSizing(db: Db, digest: string, state: 'done' | 'failed'): Promise<void> {
  await db.updateTable('library.file').set({ sizes: state }).where('digest', '=', digest).execute();
}

export async function insertSizes(db: Db, of: string, sizes: readonly SizeOfBytes[]): Promise<void> {
  if (sizes.length === 0) return;
  await db
    .insertInto('library.picture_size')
    .values(
      sizes.map(({ digest, width, height, bytes, mediaType }) => ({
        digest: of,
        size_digest: digest,
        width,
        height,
        bytes,
        media_type: mediaType,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Pictures with smaller forms that nobody tried as AVIF yet, fresh ones first. */
export async function picturesWithoutAvif(db: Db, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.file')
    .select('digest')
    .where('sizes', '=', 'done')
    .where('avif', 'is', null)
    .where('scan', 'in', ['off', 'clean'])
    .orderBy('noted_at', 'desc')
    .orderBy('digest')
    .limit(limit)
    .execute();
  return rows.map((row) => row.digest);
}

/** It is not tried again. */
export async function endAvif(db: Db, digest: string, state: 'none' | 'made'): Promise<void> {
  await db.updateTable('library.file').set({ avif: state }).where('digest', '=', digest).execute();
}
