import { type SqlBool, sql } from 'kysely';

import type { RichDocument } from '../../../contracts/rich-text.ts';
import { openToAll } from '../../../contracts/resource-type.ts';
import type { Db } from '../../platform/db.ts';
import type { NamedFile } from './file.types.ts';

/** A document that a live page attaches and that can be read as text. */
export interface PreviewedUse extends NamedFile {
  readonly mediaType: string;
  readonly size: number;
  /** As the page calls it. */
  readonly name: string;
  readonly resourceId: string;
  readonly title: string;
}

/** PDF is shown as it looks, or by the browser. */
const isShownAsText = sql<SqlBool>`split_part(asset.media_type, ';', 1) <> 'application/pdf'`;

/**
 * Live attachments with these contents that have a text to be looked at, by resource: nothing that is in quarantine,
 * and nothing of what is not open to all.
 */
export async function previewedUsesOf(db: Db, digests: readonly string[]): Promise<readonly PreviewedUse[]> {
  if (digests.length === 0) return [];
  const { rows } = await sql<PreviewedUse>`
    select asset.digest, asset.file_name as "fileName", asset.media_type as "mediaType", asset.size::float8 as size,
      resource.id as "resourceId", revision.content ->> 'title' as title,
      coalesce((select named ->> 'name' from jsonb_array_elements(revision.content -> 'attachments') as named
        where named ->> 'assetId' = asset.id::text limit 1), asset.file_name) as name
    from library.asset as asset
    join library.file as file on file.digest = asset.digest and file.scan <> 'infected'
    join library.file_preview as preview on preview.digest = asset.digest and preview.kind = 'text'
    join library.revision_asset as use on use.asset_id = asset.id and use.role = 'attachment'
    join library.resource as resource on resource.live_revision_id = use.revision_id
    join library.revision as revision on revision.id = use.revision_id
    where asset.digest = any(${[...digests]}::text[]) and ${isShownAsText}
      and coalesce(nullif(revision.content ->> 'openMode', ''), ${openToAll}) = ${openToAll}
    order by resource.id desc, asset.id`.execute(db);
  return rows;
}

/** Contents of live attachments that have a text to be looked at, keyset paged by digest. */
export async function previewedDigestsAfter(
  db: Db,
  after: string,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await sql<{ digest: string }>`
    select preview.digest from library.file_preview as preview
    where preview.kind = 'text' and preview.digest > ${after} and exists (
      select 1 from library.asset as asset
      join library.revision_asset as use on use.asset_id = asset.id and use.role = 'attachment'
      join library.resource as resource on resource.live_revision_id = use.revision_id
      where asset.digest = preview.digest and ${isShownAsText})
    order by preview.digest limit ${limit}`.execute(db);
  return rows.map((row) => row.digest);
}

/** Which of these documents have a text to be looked at. */
export async function textPreviewed(db: Db, digests: readonly string[]): Promise<ReadonlySet<string>> {
  if (digests.length === 0) return new Set();
  const rows = await db
    .selectFrom('library.file_preview')
    .select('digest')
    .where('digest', '=', sql<string>`any(${[...digests]}::text[])`)
    .where('kind', '=', 'text')
    .execute();
  return new Set(rows.map((row) => row.digest));
}

export interface TextPreview {
  readonly body: RichDocument;
  readonly isWhole: boolean;
  readonly findings: readonly string[];
}

/** The texts themselves, by the digest of the document. */
export async function textPreviewsOf(
  db: Db,
  digests: readonly string[],
): Promise<ReadonlyMap<string, TextPreview>> {
  if (digests.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.file_preview')
    .select(['digest', sql<RichDocument>`body`.as('body'), 'is_whole as isWhole', 'findings'])
    .where('digest', '=', sql<string>`any(${[...digests]}::text[])`)
    .where('kind', '=', 'text')
    .execute();
  return new Map(rows.map(({ digest, ...preview }) => [digest, preview]));
}
