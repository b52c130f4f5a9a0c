import type { Scope } from '../../../contracts/actor.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

export interface AssetRow {
  readonly id: string;
  readonly unitId: string;
  readonly digest: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: string;
  readonly width: number | null;
  readonly height: number | null;
}

function assets(db: Db) {
  return db
    .selectFrom('library.asset')
    .select([
      'id',
      'unit_id as unitId',
      'digest',
      'file_name as fileName',
      'media_type as mediaType',
      'size',
      'width',
      'height',
    ]);
}

export function assetInScope(db: Db, scope: Scope, id: string): Promise<AssetRow | undefined> {
  return assets(db).where('id', '=', id).where(inScope(scope, 'library.asset.unit_id')).executeTakeFirst();
}

/** Assets by id, whoever they belong to: for pages and for checking what a revision refers to. */
export async function assetsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, AssetRow>> {
  if (ids.length === 0) return new Map();
  const rows = await assets(db)
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
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

/** The same file under the same name is one asset of a unit, however often it is uploaded. */
export function insertAsset(db: Db, row: NewAssetRow): Promise<AssetRow> {
  return db
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
    .returning([
      'id',
      'unit_id as unitId',
      'digest',
      'file_name as fileName',
      'media_type as mediaType',
      'size',
      'width',
      'height',
    ])
    .executeTakeFirstOrThrow();
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

/** Every asset that stands for one of these bytes under one of these names, whichever unit uploaded it. */
export function assetsByContent(db: Db, digests: readonly string[]): Promise<readonly AssetRow[]> {
  if (digests.length === 0) return Promise.resolve([]);
  return assets(db)
    .where('digest', 'in', [...digests])
    .execute();
}
