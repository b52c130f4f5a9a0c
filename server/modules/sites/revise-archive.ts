import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  filesOfResources,
  type ImportedItem,
  type ImportedResource,
  liveHeadings,
  reviseImports,
} from '../library/index.ts';
import { endUnreusable } from './end-unreusable.ts';
import { fileTag, sitesEvents } from './events.ts';
import { syncListings, syncMapped } from './list-resource.ts';
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
    const back = revised.filter((one) => revivable.has(one.importKey)).map((one) => one.resourceId);
    const closed = await endUnreusable(
      ctx,
      revised.map((one) => one.resourceId),
    );
    for (const { id, firstPublishedAt } of (await liveHeadings(ctx.db, [...back, ...closed])).values())
      await syncListings(ctx, [{ resourceId: id, firstPublishedAt }]);
    // Titles and classes may have changed.
    await syncMapped(
      ctx,
      revised.map((one) => one.resourceId),
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
