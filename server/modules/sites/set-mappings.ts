import type { MappingSet } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { columnForUpdate, type ColumnRow, columnsById, columnsShowing, mappingSources } from './column.queries.ts';
import { requireNoMappingLoop } from './column.rules.ts';
import { columnBlockTag, columnHeadTag, sitesEvents } from './events.ts';
import { insertListings, takeSequences } from './listing.queries.ts';
import { blockOf, lastArchiveBlock } from './listing.rules.ts';
import { requireOperator } from './sites.policy.ts';

export interface MappingInput extends MappingSet {
  readonly columnId: string;
}

/**
 * 映射: says which columns a column also shows. What the sources show now appears at once, oldest first;
 * what is no longer mapped leaves.
 */
export const setMappings = defineCommand(
  'sites.set-mappings',
  (input: MappingInput) => ({
    kind: 'column',
    id: input.columnId,
    details: { sourceColumnIds: input.sourceColumnIds },
  }),
  async (ctx, input): Promise<ColumnRow> => {
    requireOperator(ctx.actor);
    const column = await columnForUpdate(ctx.db, input.columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    const sources = await columnsById(ctx.db, input.sourceColumnIds);
    if (sources.length !== input.sourceColumnIds.length) {
      throw new AppError('not-found', 'sites.column-not-found', '要映射的栏目不存在。');
    }
    requireNoMappingLoop(column.id, input.sourceColumnIds, await mappingSources(ctx.db));
    await ctx.db.deleteFrom('sites.mapping').where('column_id', '=', column.id).execute();
    if (input.sourceColumnIds.length > 0) {
      await ctx.db
        .insertInto('sites.mapping')
        .values(input.sourceColumnIds.map((source) => ({ column_id: column.id, source_column_id: source })))
        .execute();
    }
    const affected = (await columnsShowing(ctx.db, [column.id])).map((one) => one.columnId);
    const tags = new Set<string>();
    for (const columnId of affected.sort((a, b) => Number(BigInt(a) - BigInt(b)))) {
      await alignListings(ctx, columnId, tags);
    }
    await ctx.announce({ name: sitesEvents.listingsChanged, tags: [...tags], payload: { columnId: column.id } });
    return column;
  },
);

/** Makes a column's listings what its own placements and its sources say. */
async function alignListings(ctx: Ctx, columnId: string, tags: Set<string>): Promise<void> {
  const sources = (await mappingSources(ctx.db)).get(columnId) ?? [];
  const surplus = await ctx.db
    .deleteFrom('sites.listing as mine')
    .where('mine.column_id', '=', columnId)
    .where('mine.via_column_id', 'is not', null)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('sites.listing as theirs')
            .select('theirs.resource_id')
            .whereRef('theirs.resource_id', '=', 'mine.resource_id')
            .where('theirs.column_id', 'in', sources.length > 0 ? [...sources] : ['0']),
        ),
      ),
    )
    .returning('mine.sequence')
    .execute();
  for (const row of surplus) tags.add(columnBlockTag(columnId, blockOf(row.sequence)));
  if (sources.length > 0) await addFromSources(ctx, columnId, sources, tags);
  tags.add(columnHeadTag(columnId));
}

async function addFromSources(ctx: Ctx, columnId: string, sources: readonly string[], tags: Set<string>): Promise<void> {
  const missing = await ctx.db
    .selectFrom('sites.listing as theirs')
    .select(['theirs.resource_id', 'theirs.column_id', 'theirs.listed_at'])
    .where('theirs.column_id', 'in', [...sources])
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('sites.listing as mine')
            .select('mine.resource_id')
            .whereRef('mine.resource_id', '=', 'theirs.resource_id')
            .where('mine.column_id', '=', columnId),
        ),
      ),
    )
    .distinctOn('theirs.resource_id')
    .orderBy('theirs.resource_id')
    .execute();
  if (missing.length === 0) return;
  const { before, after } = await takeSequences(ctx.db, columnId, missing.length);
  const inTime = [...missing].sort((a, b) => a.listed_at.getTime() - b.listed_at.getTime());
  const rows = inTime.map((row, index) => ({
    columnId,
    sequence: String(BigInt(before) + BigInt(index) + 1n),
    resourceId: row.resource_id,
    viaColumnId: row.column_id,
    titleOverride: null,
    pinnedUntil: null,
    listedAt: row.listed_at,
  }));
  for (let start = 0; start < rows.length; start += 1000) await insertListings(ctx.db, rows.slice(start, start + 1000));
  const from = Math.max(1, lastArchiveBlock(before));
  for (let block = from; block <= lastArchiveBlock(after); block += 1) tags.add(columnBlockTag(columnId, block));
}
