import { sql } from 'kysely';

import type { Ctx } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { requireUnitInBeing } from '../identity/index.ts';
import { assetsById, insertRevisionAssets } from './asset.queries.ts';
import {
  type ImportAuthor,
  type ImportedItem,
  type ImportedResource,
  insertResources,
  insertRevisions,
  lockImports,
  withoutKnown,
} from './import-resources.ts';
import { assetUses } from './write-revision.ts';

/**
 * Brings a batch into the unit as drafts of the person who asked for it, or of nobody here. They go through the review
 * chain like any other, so whoever imported them counts as their author. What is there already is left alone.
 */
export async function importDrafts(
  ctx: Ctx,
  unitId: string,
  items: readonly ImportedItem[],
  author?: ImportAuthor,
): Promise<readonly ImportedResource[]> {
  await lockImports(ctx.db, unitId);
  const fresh = await withoutKnown(ctx.db, unitId, items);
  if (fresh.length === 0) return [];
  await requireUnitInBeing(ctx.db, unitId);
  await requireOwnAssets(ctx.db, unitId, fresh);
  const ids = await insertResources(ctx, unitId, fresh, author?.id ?? null);
  const revisionIds = await insertRevisions(ctx, fresh, ids, author);
  for (const [at, item] of fresh.entries()) {
    await insertRevisionAssets(ctx.db, revisionIds[at] ?? '0', assetUses(item.content));
  }
  await sql`
    update library.resource r set version = 1, head_revision_id = given.revision_id
    from unnest(${ids}::bigint[], ${revisionIds}::bigint[]) as given (id, revision_id)
    where r.id = given.id`.execute(ctx.db);
  return fresh.map((item, index) => ({ importKey: item.importKey, resourceId: ids[index] ?? '0' }));
}

async function requireOwnAssets(db: Db, unitId: string, items: readonly ImportedItem[]): Promise<void> {
  const named = [
    ...new Set(items.flatMap(({ content }) => assetUses(content).map(({ assetId }) => assetId))),
  ];
  const known = await assetsById(db, named);
  if (named.every((id) => known.get(id)?.unitId === unitId)) return;
  throw new AppError('invalid', 'library.asset-missing', '有图片或附件不存在，或不属于本单位。');
}

/** Which of these names were imported into the unit before. */
export async function knownImports(
  db: Db,
  unitId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('library.resource')
    .select(['id', 'imported_from'])
    .where('unit_id', '=', unitId)
    .where('imported_from', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
  return new Map(rows.map((row) => [row.imported_from ?? '', row.id]));
}
