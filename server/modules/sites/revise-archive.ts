import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  filesOfResources,
  type ImportedItem,
  type ImportedResource,
  liveHeadings,
  reviseImports,
} from '../library/index.ts';
import { alignMapped } from './align-mapped.ts';
import { endUnreusable } from './end-unreusable.ts';
import { fileTag, sitesEvents } from './events.ts';
import { syncListings } from './list-resource.ts';
import { keepTree } from './listing-lock.queries.ts';
import { addressesOf } from './listing.queries.ts';

export interface RevisedBatch {
  readonly unitId: string;
  readonly items: readonly ImportedItem[];
  /** Names of those that came down because their origin took them down, and come back now. */
  readonly revivable?: readonly string[];
}

/** Takes over what changed in an old archive after it was brought in. Places and addresses stay. */
export const reviseArchive = defineCommand(
  'sites.revise-archive',
  (input: RevisedBatch, result: readonly ImportedResource[] | undefined) => ({
    kind: 'unit',
    id: input.unitId,
    unitId: input.unitId,
    details: { offered: input.items.length, revised: result?.length ?? 0 },
  }),
  async (ctx, input): Promise<readonly ImportedResource[]> => {
    if (ctx.actor.kind !== 'system') {
      throw new AppError('forbidden', 'sites.operator-required', '旧站数据由运维人员用导入命令导入。');
    }
    const revivable = new Set(input.revivable);
    const revised = await reviseImports(ctx, input.unitId, input.items, revivable);
    const ids = revised.map((one) => one.resourceId);
    const back = revised.filter((one) => revivable.has(one.importKey)).map((one) => one.resourceId);
    const closed = await endUnreusable(ctx, ids);
    await keepTree(ctx.db);
    // Titles and classes may have changed, by which rules judge.
    const mapped = await alignMapped(ctx, ids);
    // All at once: columns are locked in one round, in the order of their ids.
    const moving = await liveHeadings(ctx.db, [...new Set([...back, ...closed, ...mapped])]);
    await syncListings(
      ctx,
      [...moving.values()].map(({ id, firstPublishedAt }) => ({ resourceId: id, firstPublishedAt })),
    );
    await announceFiles(ctx, revised);
    return revised;
  },
);

/** New files get pages of their own, and those that nothing shows any more lose them. */
async function announceFiles(ctx: Ctx, revised: readonly ImportedResource[]): Promise<void> {
  const addresses = await addressesOf(
    ctx.db,
    revised.map((one) => one.resourceId),
  );
  const files = await filesOfResources(ctx.db, [...addresses.keys()]);
  const tags = [...addresses.values()].flatMap(({ resourceId, siteId }) =>
    (files.get(resourceId) ?? []).map((file) => fileTag(siteId, file)),
  );
  if (tags.length > 0)
    await ctx.announce({ name: sitesEvents.listingsChanged, tags, payload: {}, priority: 1 });
}
