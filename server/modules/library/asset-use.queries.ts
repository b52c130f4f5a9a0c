import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** Every file that any revision of the resource ever showed or attached. */
export async function assetIdsOfResource(db: Db, resourceId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.revision_asset')
    .innerJoin('library.revision', 'library.revision.id', 'library.revision_asset.revision_id')
    .select('asset_id')
    .distinct()
    .where('resource_id', '=', resourceId)
    .execute();
  return rows.map((row) => row.asset_id);
}

export interface AssetUse {
  readonly assetId: string;
  readonly resourceId: string;
}

/** Which live resources use which of the files: a file that none uses is not public. */
export function liveUsesOf(db: Db, assetIds: readonly string[]): Promise<readonly AssetUse[]> {
  if (assetIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('library.revision_asset')
    .innerJoin('library.resource', 'library.resource.live_revision_id', 'library.revision_asset.revision_id')
    .select(['asset_id as assetId', 'library.resource.id as resourceId'])
    .distinct()
    .where('asset_id', '=', sql<string>`any(${[...assetIds]}::bigint[])`)
    .execute();
}

/** Files in use by live resources, keyset paged by asset and resource. */
export async function liveUsesAfter(db: Db, afterAssetId: string, limit: number): Promise<readonly AssetUse[]> {
  const ids = await db
    .selectFrom('library.asset')
    .select('id')
    .where('id', '>', afterAssetId)
    .where((is) =>
      is.exists(
        is
          .selectFrom('library.revision_asset')
          .innerJoin('library.resource', 'library.resource.live_revision_id', 'library.revision_asset.revision_id')
          .select('asset_id')
          .whereRef('asset_id', '=', 'library.asset.id'),
      ),
    )
    .orderBy('id')
    .limit(limit)
    .execute();
  return liveUsesOf(
    db,
    ids.map((row) => row.id),
  );
}
