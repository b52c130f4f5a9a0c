import { sql } from 'kysely';

import type { Db } from '../../platform/db.ts';

/** A file by what is in it and what it is called: however often it was uploaded, it is one file for the public. */
export interface NamedFile {
  readonly digest: string;
  readonly fileName: string;
}

/** Every file that any revision of the resource ever showed or attached. */
export async function filesOfResource(db: Db, resourceId: string): Promise<readonly NamedFile[]> {
  return db
    .selectFrom('library.revision_asset')
    .innerJoin('library.revision', 'library.revision.id', 'library.revision_asset.revision_id')
    .innerJoin('library.asset', 'library.asset.id', 'library.revision_asset.asset_id')
    .select(['library.asset.digest', 'library.asset.file_name as fileName'])
    .distinct()
    .where('resource_id', '=', resourceId)
    .execute();
}

export interface FileUse extends NamedFile {
  readonly mediaType: string;
  readonly resourceId: string;
}

/** Which live resources use files with these contents: a file that none uses is not public. */
export function liveUsesOf(db: Db, digests: readonly string[]): Promise<readonly FileUse[]> {
  if (digests.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('library.asset')
    .innerJoin('library.revision_asset', 'library.revision_asset.asset_id', 'library.asset.id')
    .innerJoin('library.resource', 'library.resource.live_revision_id', 'library.revision_asset.revision_id')
    .select([
      'library.asset.digest',
      'library.asset.file_name as fileName',
      'library.asset.media_type as mediaType',
      'library.resource.id as resourceId',
    ])
    .distinct()
    .where('library.asset.digest', '=', sql<string>`any(${[...digests]}::text[])`)
    .execute();
}

/** Contents that live resources use, keyset paged by digest. */
export async function liveDigestsAfter(db: Db, after: string, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('library.asset')
    .select('digest')
    .distinct()
    .where('digest', '>', after)
    .where((is) =>
      is.exists(
        is
          .selectFrom('library.revision_asset')
          .innerJoin(
            'library.resource',
            'library.resource.live_revision_id',
            'library.revision_asset.revision_id',
          )
          .select('asset_id')
          .whereRef('asset_id', '=', 'library.asset.id'),
      ),
    )
    .orderBy('digest')
    .limit(limit)
    .execute();
  return rows.map((row) => row.digest);
}
