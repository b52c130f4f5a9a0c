import { sql } from 'kysely';

import { type Ctx, defineCommand } from '../../platform/context.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { AppError } from '../../platform/errors.ts';
import { type ImportedItem, type ImportedResource, importResources } from '../library/index.ts';
import { articlePath } from './address.rules.ts';
import { columnById, type ColumnRow, columnsShowing } from './column.queries.ts';
import { columnBlockTag, columnHeadTag, sitemapBlockTag, sitemapTag, sitesEvents, siteTag } from './events.ts';
import { insertListings, takeSequences } from './listing.queries.ts';
import { blocksTouchedByGrowth, sitemapBlockOf } from './listing.rules.ts';

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
    const column = await columnById(ctx.db, input.columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    const imported = await importResources(ctx, input.unitId, input.items);
    if (imported.length > 0) await listArchive(ctx, column, imported.map((one) => one.resourceId));
    return imported;
  },
);

async function listArchive(ctx: Ctx, column: ColumnRow, ids: readonly string[]): Promise<void> {
  await sql`
    insert into sites.placement (column_id, resource_id, is_main, created_at)
    select ${column.id}::bigint, id, true, ${ctx.now} from unnest(${[...ids]}::bigint[]) as given (id)`.execute(ctx.db);
  const day = dayInChina(ctx.now);
  const paths = ids.map((id) => articlePath(column.path, day, id));
  await sql`
    insert into sites.address (resource_id, site_id, column_id, path)
    select given.id, ${column.siteId}::bigint, ${column.id}::bigint, given.path
    from unnest(${[...ids]}::bigint[], ${paths}::text[]) as given (id, path)`.execute(ctx.db);
  const tags = new Set<string>([sitemapTag(column.siteId)]);
  for (const id of ids) tags.add(sitemapBlockTag(column.siteId, sitemapBlockOf(id)));
  let wasEmpty = false;
  const targets = [...(await columnsShowing(ctx.db, [column.id]))].sort((a, b) =>
    Number(BigInt(a.columnId) - BigInt(b.columnId)),
  );
  for (const target of targets) {
    const { before, after } = await takeSequences(ctx.db, target.columnId, ids.length);
    if (before === '0') wasEmpty = true;
    const rows = ids.map((resourceId, index) => ({
      columnId: target.columnId,
      sequence: String(BigInt(before) + BigInt(index) + 1n),
      resourceId,
      viaColumnId: target.viaColumnId,
      titleOverride: null,
      pinnedUntil: null,
      listedAt: ctx.now,
    }));
    for (let start = 0; start < rows.length; start += 1000) await insertListings(ctx.db, rows.slice(start, start + 1000));
    tags.add(columnHeadTag(target.columnId));
    for (const block of blocksTouchedByGrowth(before, after)) tags.add(columnBlockTag(target.columnId, block));
  }
  await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: {}, priority: 1 });
  if (wasEmpty) {
    await ctx.announce({ name: sitesEvents.siteChanged, tags: [siteTag(column.siteId)], payload: {}, priority: 1 });
  }
}
