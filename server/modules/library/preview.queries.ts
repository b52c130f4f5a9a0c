import { type SqlBool, sql } from 'kysely';

import type { RichDocument } from '../../../contracts/rich-text.ts';
import type { Db } from '../../platform/db.ts';
import { previewedTypes } from '../../platform/document-preview/previewed-types.ts';

/** So many pages of a document stand on public pages; the console shows all that were drawn. */
export const publicPages = 3;

export interface WaitingPreview {
  readonly digest: string;
  readonly mediaType: string;
}

export const isPreviewed = sql<SqlBool>`split_part(media_type, ';', 1) = any(${Object.keys(previewedTypes)}::text[])`;

/** Documents that nobody looked at yet, fresh ones first; none that waits for a scan is opened. */
export function previewsWaiting(db: Db, limit: number): Promise<readonly WaitingPreview[]> {
  return db
    .selectFrom('library.file')
    .select(['digest', 'media_type as mediaType'])
    .where('preview', 'is', null)
    .where('scan', 'in', ['off', 'clean'])
    .where(isPreviewed)
    .orderBy('noted_at', 'desc')
    .orderBy('digest')
    .limit(limit)
    .execute();
}

/** Of pictures, films and archives there is no preview: they wait no longer. Says of how many. */
export async function settleUnpreviewed(db: Db, limit: number): Promise<number> {
  const result = await db
    .updateTable('library.file')
    .set({ preview: 'none' })
    .where('digest', 'in', (from) =>
      from
        .selectFrom('library.file')
        .select('digest')
        .where('preview', 'is', null)
        .where(sql<SqlBool>`not ${isPreviewed}`)
        .orderBy('digest')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** A drawn page that lies in the asset store. */
export interface PreviewPage {
  readonly digest: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface KeptPreview {
  readonly kind: 'pages' | 'text' | 'none';
  readonly pages: readonly PreviewPage[];
  readonly totalPages: number | null;
  readonly body: RichDocument | null;
  readonly isWhole: boolean;
  readonly findings: readonly string[];
}

export interface PreviewOfBytes extends KeptPreview {
  readonly digest: string;
}

/** Once for all files with these bytes, and once only: a second maker finds it done. False then. */
export async function insertPreview(db: Db, preview: PreviewOfBytes, now: Date): Promise<boolean> {
  const { digest, kind, totalPages, body, isWhole, findings, pages } = preview;
  const inserted = await db
    .insertInto('library.file_preview')
    .values({
      digest,
      kind,
      total_pages: totalPages,
      body: body === null ? null : JSON.stringify(body),
      is_whole: isWhole,
      findings: [...findings],
      made_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return false;
  if (pages.length > 0) {
    await db
      .insertInto('library.preview_page')
      .values(
        pages.map((page, at) => ({
          digest,
          number: at + 1,
          page_digest: page.digest,
          width: page.width,
          height: page.height,
          bytes: page.bytes,
        })),
      )
      .execute();
  }
  await db.updateTable('library.file').set({ preview: 'made' }).where('digest', '=', digest).execute();
  return true;
}

/** How a file is shown: `waiting` until somebody looked at it, and of what is in quarantine nothing. */
export type FoundPreview =
  { readonly state: 'none' | 'waiting' } | ({ readonly state: 'made' } & KeptPreview);

export async function previewOf(db: Db, digest: string): Promise<FoundPreview> {
  const row = await db
    .selectFrom('library.file')
    .leftJoin('library.file_preview', 'library.file_preview.digest', 'library.file.digest')
    .select([
      'preview',
      'kind',
      'total_pages as totalPages',
      sql<RichDocument | null>`body`.as('body'),
      'is_whole as isWhole',
      'findings',
      isPreviewed.as('isPreviewed'),
    ])
    .where('library.file.digest', '=', digest)
    .where('scan', '<>', 'infected')
    .executeTakeFirst();
  if (row === undefined || row.preview === 'none' || (row.preview === null && !row.isPreviewed))
    return { state: 'none' };
  if (row.preview === null || row.kind === null) return { state: 'waiting' };
  return {
    state: 'made',
    kind: row.kind as KeptPreview['kind'],
    totalPages: row.totalPages,
    body: row.body,
    isWhole: row.isWhole ?? false,
    findings: row.findings ?? [],
    pages: (await previewPagesOf(db, [digest])).get(digest)?.pages ?? [],
  };
}

export interface DrawnDocument {
  readonly pages: readonly PreviewPage[];
  readonly totalPages: number;
}

/** The drawn pages of documents, first page first, at most so many of each; those without any are left out. */
export async function previewPagesOf(
  db: Db,
  digests: readonly string[],
  most = 1_000,
): Promise<ReadonlyMap<string, DrawnDocument>> {
  if (digests.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.preview_page')
    .innerJoin('library.file_preview', 'library.file_preview.digest', 'library.preview_page.digest')
    .select([
      'library.preview_page.digest as of',
      'page_digest as digest',
      'width',
      'height',
      'bytes',
      'total_pages as totalPages',
    ])
    .where('library.preview_page.digest', '=', sql<string>`any(${[...digests]}::text[])`)
    .where('number', '<=', most)
    .orderBy('number')
    .execute();
  return new Map(
    [...Map.groupBy(rows, (row) => row.of)].map(([of, pages]) => [
      of,
      {
        totalPages: pages[0]?.totalPages ?? pages.length,
        pages: pages.map(({ digest, width, height, bytes }) => ({
          digest,
          width,
          height,
          bytes: Number(bytes),
        })),
      },
    ]),
  );
}
