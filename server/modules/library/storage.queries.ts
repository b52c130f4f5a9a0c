import { type SqlBool, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { AssetStorage } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';

/** What the files in scope take in the asset store, with what was made from them: the same file counts once. */
export async function storageInScope(db: Db, scope: Scope): Promise<AssetStorage> {
  // Whoever sees everything need not ask for each file whose it is.
  const isMine =
    scope.kind === 'all'
      ? sql<SqlBool>`true`
      : sql<SqlBool>`digest in (select digest from library.asset where ${inScope(scope, 'unit_id')})`;
  const { rows } = await sql<{ kind: keyof AssetStorage; files: string; bytes: string | null }>`
    select 'originals' as kind, count(*) as files, sum(size) as bytes from library.file where ${isMine}
    union all
    select case media_type when 'image/avif' then 'avif' else 'webp' end, count(*), sum(bytes)
    from library.picture_size where ${isMine} group by media_type
    union all
    select 'pages', count(*), sum(bytes) from library.preview_page where ${isMine}`.execute(db);
  const kept = new Map(
    rows.map(({ kind, files, bytes }) => [kind, { files: Number(files), bytes: Number(bytes) }]),
  );
  const of = (kind: keyof AssetStorage) => kept.get(kind) ?? { files: 0, bytes: 0 };
  return { originals: of('originals'), webp: of('webp'), avif: of('avif'), pages: of('pages') };
}
