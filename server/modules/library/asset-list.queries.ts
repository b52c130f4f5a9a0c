import { type RawBuilder, type SqlBool, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { AssetKind, AssetQuery, Stage } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { type AssetRow, assets } from './asset.queries.ts';

export interface ListedAssetRow extends AssetRow {
  readonly uploadedAt: Date;
  readonly uploadedBy: string | null;
  readonly uses: number;
}

/** Resources whose newest, signed or published revision names the asset. */
const usesNow = sql<number>`(
  select count(distinct resource.id)::int from library.revision_asset as use
  join library.revision as revision on revision.id = use.revision_id
  join library.resource as resource on resource.id = revision.resource_id
  where use.asset_id = library.asset.id and resource.stage <> 'discarded'
    and revision.id in (resource.head_revision_id, resource.live_revision_id, resource.signed_revision_id)
)`;

function listed(db: Db) {
  return assets(db).select([
    'library.asset.uploaded_at as uploadedAt',
    'library.asset.uploaded_by as uploadedBy',
    usesNow.as('uses'),
  ]);
}

const type = sql.ref('library.asset.media_type');
const isArchive = sql<SqlBool>`${type} in ('application/zip', 'application/x-rar-compressed', 'application/x-7z-compressed')`;
const kinds: Readonly<Record<AssetKind, RawBuilder<SqlBool>>> = {
  image: sql<SqlBool>`${type} like 'image/%'`,
  audio: sql<SqlBool>`${type} like 'audio/%'`,
  video: sql<SqlBool>`${type} like 'video/%'`,
  archive: isArchive,
  document: sql<SqlBool>`${type} not like 'image/%' and ${type} not like 'audio/%'
    and ${type} not like 'video/%' and not ${isArchive}`,
};

const shows: Readonly<Record<NonNullable<AssetQuery['show']>, RawBuilder<SqlBool>>> = {
  unused: sql<SqlBool>`${usesNow} = 0`,
  'no-alt': sql<SqlBool>`${kinds.image} and library.asset.alt = ''`,
  trouble: sql<SqlBool>`library.file.scan in ('waiting', 'infected')`,
};

/** Backslash, percent and underscore mean themselves. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

export interface AssetFilter {
  readonly unitId: string | undefined;
  readonly kind: AssetKind | undefined;
  readonly show: AssetQuery['show'] | undefined;
  readonly text: string | undefined;
  /** Those before this id. */
  readonly before: string | undefined;
}

/** Assets in scope, newest first. One that was replaced is found in the history of what took its place. */
export function assetPage(
  db: Db,
  scope: Scope,
  { unitId, kind, show, text, before }: AssetFilter,
  limit: number,
): Promise<readonly ListedAssetRow[]> {
  return listed(db)
    .where(inScope(scope, 'library.asset.unit_id'))
    .where(sql<SqlBool>`successor.id is null`)
    .$if(unitId !== undefined, (query) => query.where('library.asset.unit_id', '=', unitId ?? '0'))
    .$if(kind !== undefined, (query) => query.where(kinds[kind ?? 'image']))
    .$if(show !== undefined, (query) => query.where(shows[show ?? 'unused']))
    .$if(text !== undefined, (query) =>
      query.where('library.asset.file_name', 'ilike', `%${literal(text ?? '')}%`),
    )
    .$if(before !== undefined, (query) => query.where('library.asset.id', '<', before ?? '0'))
    .orderBy('library.asset.id', 'desc')
    .limit(limit)
    .execute();
}

/** The asset, what stood in its place before, and what took it since: newest first. */
export async function assetLine(db: Db, scope: Scope, id: string): Promise<readonly ListedAssetRow[]> {
  return listed(db)
    .where(inScope(scope, 'library.asset.unit_id'))
    .where(
      sql<SqlBool>`library.asset.id in (
        with recursive
          earlier (id) as (
            select ${id}::bigint
            union select asset.replaces_id from earlier
              join library.asset as asset on asset.id = earlier.id where asset.replaces_id is not null),
          later (id) as (
            select ${id}::bigint
            union select asset.id from later join library.asset as asset on asset.replaces_id = later.id)
        select id from earlier union select id from later)`,
    )
    .orderBy('library.asset.id', 'desc')
    .execute();
}

export interface AssetUseRow {
  readonly resourceId: string;
  readonly title: string;
  readonly stage: Stage;
  readonly version: number;
  readonly isLive: boolean;
  readonly isHead: boolean;
}

/** Where an asset is shown or attached, newest change first. */
export function usesOfAsset(
  db: Db,
  scope: Scope,
  assetId: string,
  limit: number,
): Promise<readonly AssetUseRow[]> {
  return db
    .selectFrom('library.revision_asset')
    .innerJoin('library.revision', 'library.revision.id', 'library.revision_asset.revision_id')
    .innerJoin('library.resource', 'library.resource.id', 'library.revision.resource_id')
    .select([
      'library.resource.id as resourceId',
      'library.resource.title',
      sql<Stage>`library.resource.stage`.as('stage'),
      'library.resource.version',
      sql<boolean | null>`bool_or(library.revision.id = library.resource.live_revision_id)`.as('isLive'),
      sql<boolean | null>`bool_or(library.revision.id = library.resource.head_revision_id)`.as('isHead'),
    ])
    .where('asset_id', '=', assetId)
    .where('library.resource.stage', '<>', 'discarded')
    .where(
      sql<SqlBool>`library.revision.id in (library.resource.head_revision_id,
        library.resource.live_revision_id, library.resource.signed_revision_id)`,
    )
    .where(inScope(scope, 'library.resource.unit_id'))
    .groupBy(['library.resource.id'])
    .orderBy('library.resource.updated_at', 'desc')
    .limit(limit)
    .execute()
    .then((rows) =>
      rows.map((row) => ({ ...row, isLive: row.isLive ?? false, isHead: row.isHead ?? false })),
    );
}
