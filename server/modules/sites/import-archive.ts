import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  filesOfResources,
  type ImportedItem,
  type ImportedResource,
  importResources,
} from '../library/index.ts';
import { articlePath } from './address.rules.ts';
import { alignMapped } from './align-mapped.ts';
import { insertArchiveAddresses, insertArchivePlacements } from './archive.queries.ts';
import { columnById, type ColumnRow } from './column.queries.ts';
import { takesEntries } from './column.rules.ts';
import { fileTag, sitemapBlockTag, sitemapTag, sitesEvents } from './events.ts';
import { keepTree, lockColumns } from './listing-lock.queries.ts';
import { sitemapBlockOf } from './listing.rules.ts';
import { makeMoves, movesFor } from './move-listings.ts';

export interface ArchiveBatch {
  readonly unitId: string;
  readonly columnId: string;
  /** Oldest first: that is the order in which the column numbers them. */
  readonly items: readonly ImportedItem[];
}

/** Brings a batch of an old archive into the library and into its column, behind everybody's daily work. */
export const importArchive = defineCommand(
  'sites.import-archive',
  (input: ArchiveBatch, result: readonly ImportedResource[] | undefined) => ({
    kind: 'column',
    id: input.columnId,
    unitId: input.unitId,
    details: { offered: input.items.length, imported: result?.length ?? 0 },
  }),
  async (ctx, input): Promise<readonly ImportedResource[]> => {
    if (ctx.actor.kind !== 'system') {
      throw new AppError('forbidden', 'sites.operator-required', '旧站数据由运维人员用导入命令导入。');
    }
    await columnForArchive(ctx, input.columnId);
    const imported = await importResources(ctx, input.unitId, input.items);
    const ids = imported.map((one) => one.resourceId);
    if (ids.length > 0) await listArchive(ctx, input.columnId, ids);
    return imported;
  },
);

async function listArchive(ctx: Ctx, columnId: string, ids: readonly string[]): Promise<void> {
  await keepTree(ctx.db);
  const column = await columnForArchive(ctx, columnId);
  await insertArchivePlacements(ctx.db, column.id, ids, ctx.now);
  const day = dayInChina(ctx.now);
  await insertArchiveAddresses(
    ctx.db,
    column,
    ids.map((id) => ({ id, path: articlePath(column.path, day, id) })),
  );
  const tags = new Set<string>([sitemapTag(column.siteId)]);
  for (const id of ids) tags.add(sitemapBlockTag(column.siteId, sitemapBlockOf(id)));
  // Its pictures and attachments get pages of their own.
  for (const files of (await filesOfResources(ctx.db, ids)).values())
    for (const file of files) tags.add(fileTag(column.siteId, file));
  await alignMapped(ctx, ids);
  const moves = await movesFor(ctx.db, ids);
  await lockColumns(ctx.db, moves.columnIds);
  await makeMoves(ctx, moves, tags, () => ctx.now);
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: {}, priority: 1 });
}

/** The column, when an archive can be put into it. */
export async function columnForArchive(ctx: Pick<Ctx, 'db'>, id: string): Promise<ColumnRow> {
  const column = await columnById(ctx.db, id);
  if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
  if (takesEntries(column.kind)) return column;
  throw new AppError('conflict', 'sites.column-takes-no-content', `栏目“${column.name}”不能直接放置内容。`);
}
