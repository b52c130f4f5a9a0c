import { sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { FileScan } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { sizedFileName } from '../../platform/media-type.ts';
import { inScope } from '../identity/index.ts';
import { type SizeOfBytes, sizesOf } from './picture-size.queries.ts';
import type { PictureSize } from './file.types.ts';

export interface AssetRow {
  readonly id: string;
  readonly unitId: string;
  readonly digest: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly scan: FileScan;
  readonly alt: string;
  readonly copyright: string;
  readonly source: string;
  readonly replacedBy: string | null;
}

export function assets(db: Db) {
  return db
    .selectFrom('library.asset')
    .leftJoin('library.file', 'library.file.digest', 'library.asset.digest')
    .leftJoin('library.asset as successor', 'successor.replaces_id', 'library.asset.id')
    .select([
      'library.asset.alt',
      'library.asset.copyright',
      'library.asset.source',
      'successor.id as replacedBy',
      'library.asset.id',
      'library.asset.unit_id as unitId',
      'library.asset.digest',
      'library.asset.file_name as fileName',
      'library.asset.media_type as mediaType',
      'library.asset.size',
      'library.asset.width',
      'library.asset.height',
      sql<FileScan>`coalesce(library.file.scan, 'off')`.as('scan'),
    ]);
}

export function assetInScope(db: Db, scope: Scope, id: string): Promise<AssetRow | undefined> {
  return assets(db)
    .where('library.asset.id', '=', id)
    .where(inScope(scope, 'library.asset.unit_id'))
    .executeTakeFirst();
}

/** An asset that somebody may look at: of the units in scope, or named by what is theirs, whichever unit has it. */
export function readableAsset(db: Db, scope: Scope, id: string): Promise<AssetRow | undefined> {
  return assets(db)
    .where('library.asset.id', '=', id)
    .where(
      sql<boolean>`(${inScope(scope, 'library.asset.unit_id')} or exists (
        select from library.revision_asset as used
        join library.revision on revision.id = used.revision_id
        join library.resource on resource.id = revision.resource_id
        where used.asset_id = library.asset.id and ${inScope(scope, 'library.resource.unit_id')}))`,
    )
    .executeTakeFirst();
}

/** Assets by id, whoever they belong to and whatever was found in them: for checking what a revision refers to. */
export async function knownAssets(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, AssetRow>> {
  if (ids.length === 0) return new Map();
  const rows = await assets(db)
    .where('library.asset.id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

const named = ({ fileName }: AssetRow, sizes: readonly SizeOfBytes[]): readonly PictureSize[] =>
  sizes.map((size) => ({ ...size, fileName: sizedFileName(fileName, size.width, size.mediaType) }));

/** An asset as pages show it. */
export interface ShownAsset extends AssetRow {
  /** Smaller forms of a picture, WebP and then AVIF, narrowest first; empty while there are none. */
  readonly sizes: readonly PictureSize[];
}

/** Assets by id as pages show them: one in quarantine is not there. */
export async function assetsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ShownAsset>> {
  const known = await knownAssets(db, ids);
  const pictures = [...known.values()].filter((one) => one.width !== null).map((one) => one.digest);
  const sizes = await sizesOf(db, [...new Set(pictures)]);
  return new Map(
    [...known]
      .filter(([, one]) => one.scan !== 'infected')
      .map(([id, one]) => [id, { ...one, sizes: named(one, sizes.get(one.digest) ?? []) }]),
  );
}

export interface NewAssetRow {
  readonly unitId: string;
  readonly digest: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly uploadedBy: string | null;
  readonly uploadedAt: Date;
}

/** The same file under the same name is one asset of a unit, however often it is uploaded. Answers its id. */
export async function insertAsset(db: Db, row: NewAssetRow): Promise<string> {
  const { id } = await db
    .insertInto('library.asset')
    .values({
      unit_id: row.unitId,
      digest: row.digest,
      file_name: row.fileName,
      media_type: row.mediaType,
      size: row.size,
      width: row.width,
      height: row.height,
      uploaded_by: row.uploadedBy,
      uploaded_at: row.uploadedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['unit_id', 'digest', 'file_name']).doUpdateSet({ media_type: row.mediaType }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function updateDescription(
  db: Db,
  id: string,
  words: Pick<AssetRow, 'alt' | 'copyright' | 'source'>,
): Promise<void> {
  await db
    .updateTable('library.asset')
    .set({ alt: words.alt, copyright: words.copyright, source: words.source })
    .where('id', '=', id)
    .execute();
}

/** Two replacements of one file follow one another. */
export async function lockAsset(db: Db, id: string): Promise<void> {
  await db.selectFrom('library.asset').select('id').where('id', '=', id).forUpdate().execute();
}

/** Takes the old one's place, with what was said of it unless more is known. False when it has another's already. */
export async function setReplaces(
  db: Db,
  id: string,
  old: Pick<AssetRow, 'id' | 'alt' | 'copyright' | 'source'>,
): Promise<boolean> {
  const kept = (column: 'alt' | 'copyright' | 'source') =>
    sql<string>`case when ${sql.ref(column)} = '' then ${old[column]} else ${sql.ref(column)} end`;
  const result = await db
    .updateTable('library.asset')
    .set({ replaces_id: old.id, alt: kept('alt'), copyright: kept('copyright'), source: kept('source') })
    .where('id', '=', id)
    .where('id', '>', old.id)
    .where('replaces_id', 'is', null)
    // What is in use already would move published addresses without an act on the pages that show it.
    .where((is) =>
      is.not(
        is.exists(is.selectFrom('library.revision_asset').select('asset_id').where('asset_id', '=', id)),
      ),
    )
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function insertRevisionAssets(
  db: Db,
  revisionId: string,
  uses: readonly { readonly assetId: string; readonly role: 'image' | 'attachment' }[],
): Promise<void> {
  if (uses.length === 0) return;
  await db
    .insertInto('library.revision_asset')
    .values(uses.map((use) => ({ revision_id: revisionId, asset_id: use.assetId, role: use.role })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Which of these the resource named in an earlier revision. */
export async function assetsNamedBefore(
  db: Db,
  resourceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct used.asset_id as id from library.revision
    join library.revision_asset used on used.revision_id = revision.id
    where revision.resource_id = ${resourceId} and used.asset_id = any(${[...ids]}::bigint[])`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** Every asset that stands for one of these bytes under one of these names, whichever unit uploaded it. */
export function assetsByContent(db: Db, digests: readonly string[]): Promise<readonly AssetRow[]> {
  if (digests.length === 0) return Promise.resolve([]);
  return assets(db)
    .where('library.asset.digest', 'in', [...digests])
    .execute();
}
