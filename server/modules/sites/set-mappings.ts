import type { MappingSet } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { deleteUnmapped, missingMapped, renewOrigins } from './change-listing.queries.ts';
import { tellVisibility } from './column-visibility.ts';
import {
  columnById,
  type ColumnRow,
  columnsById,
  columnsShowing,
  mappingSources,
  replaceMappings,
} from './column.queries.ts';
import { requireNoMappingLoop, takesEntries } from './column.rules.ts';
import { addEntries, noteRemoved } from './entry-changes.ts';
import { sitesEvents } from './events.ts';
import { holdTree, lockColumns } from './listing-lock.queries.ts';
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
    await holdTree(ctx.db);
    const column = await columnById(ctx.db, input.columnId);
    if (!column) throw new AppError('not-found', 'sites.column-not-found', '没有这个栏目。');
    const sources = await columnsById(ctx.db, input.sourceColumnIds);
    if (sources.length !== new Set(input.sourceColumnIds).size) {
      throw new AppError('not-found', 'sites.column-not-found', '要映射的栏目不存在。');
    }
    if (sources.length > 0) requireEntries([column, ...sources]);
    requireNoMappingLoop(column.id, input.sourceColumnIds, await mappingSources(ctx.db));
    await replaceMappings(ctx.db, column.id, input.sourceColumnIds);
    const affected = (await columnsShowing(ctx.db, [column.id])).map((one) => one.columnId);
    await lockColumns(ctx.db, affected);
    const tags = new Set<string>();
    await tellVisibility(ctx, affected, async () => {
      for (const columnId of affected) await alignListings(ctx, columnId, tags);
    });
    await ctx.announce({
      name: sitesEvents.listingsChanged,
      tags: [...tags],
      payload: { columnId: column.id },
    });
    return column;
  },
);

function requireEntries(columns: readonly ColumnRow[]): void {
  const channel = columns.find((column) => !takesEntries(column.kind));
  if (!channel) return;
  throw new AppError(
    'conflict',
    'sites.column-takes-no-content',
    `“${channel.name}”是频道，没有自己的内容，不能映射。`,
  );
}

/** Makes a column's mapped entries what its mappings say. */
async function alignListings(ctx: Ctx, columnId: string, tags: Set<string>): Promise<void> {
  const removed = await deleteUnmapped(ctx.db, columnId);
  await noteRemoved(
    ctx,
    removed.map((one) => ({ ...one, columnId })),
    tags,
  );
  await renewOrigins(ctx.db, columnId);
  const missing = await missingMapped(ctx.db, columnId);
  await addEntries(
    ctx,
    missing.map((one) => ({ ...one, columnId })),
    tags,
  );
}
