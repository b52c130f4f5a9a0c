import type { NewReuse, Reuse } from '../../../contracts/sites.ts';
import { dayInChina } from '../../platform/china-time.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { isInScope } from '../identity/index.ts';
import { lockWhatever, type PublishedRow, resourceTag } from '../library/index.ts';
import { articlePath, type PublicBase } from './address.rules.ts';
import type { ColumnRow } from './column.queries.ts';
import { reusedTag, sitesEvents } from './events.ts';
import { reusableResource } from './find-reusable.ts';
import { syncListings } from './list-resource.ts';
import { keepTree } from './listing-lock.queries.ts';
import { addressesOf } from './listing.queries.ts';
import { insertReusePlacement, placementsOf } from './placement.queries.ts';
import { presentReuse } from './reuse.presenter.ts';
import { insertReuse, insertReuseAddress } from './reuse.queries.ts';
import { requireFillable } from './set-placements.ts';

/**
 * 引用: a column shows what another unit published. Nothing is copied, so an edit, a withdrawal or a ruling of that
 * unit is seen here in the same moment. Who may: whoever fills the column. The text was reviewed and signed where it
 * was written, and is open to everybody already.
 */
export function makeReuse(base: PublicBase) {
  return defineCommand(
    'sites.make-reuse',
    (input: NewReuse, result: Reuse | undefined) => ({
      kind: 'resource',
      id: input.resourceId,
      details: { columnId: input.columnId, reuseId: result?.id ?? null },
    }),
    async (ctx, { resourceId, columnId }): Promise<Reuse> => {
      const column = await requireFillable(ctx, columnId);
      return presentReuse(ctx, base, await reuseIn(ctx, column, await lockReusable(ctx, resourceId)));
    },
  );
}

/** Shows a resource, which the caller has locked and found reusable, in a column; answers the reuse. */
export async function reuseIn(ctx: Ctx, column: ColumnRow, resource: PublishedRow): Promise<string> {
  const { id: resourceId, firstPublishedAt } = resource;
  if ((await placementsOf(ctx.db, resourceId)).some((one) => one.columnId === column.id)) {
    throw new AppError('conflict', 'sites.placement-exists', '这条信息已经在这个栏目里。');
  }
  await keepTree(ctx.db);
  const made = { resourceId, columnId: column.id, madeByName: ctx.actor.name, madeAt: ctx.now };
  const id = await insertReuse(ctx.db, made);
  await insertReusePlacement(ctx.db, { id, resourceId, columnId: column.id }, ctx.now);
  await giveAddress(ctx, column, resource);
  await syncListings(ctx, [{ resourceId, firstPublishedAt }]);
  await announceReuse(ctx, column, resourceId);
  return id;
}

/** What is not public, or not shown to citizens, does not exist for others. */
async function lockReusable(ctx: Ctx, resourceId: string): Promise<PublishedRow> {
  const owner = await lockWhatever(ctx.db, resourceId);
  if (owner !== undefined && isInScope(ctx.actor.scope, owner)) {
    const message = '这是本单位的信息，请在它的编辑页“用在哪里”中选择栏目。';
    throw new AppError('conflict', 'sites.reuse-own', message);
  }
  return reusableResource(ctx, resourceId);
}

/** Where the column is on the site of the resource, its own page is the page. */
async function giveAddress(ctx: Ctx, column: ColumnRow, resource: PublishedRow): Promise<void> {
  const own = (await addressesOf(ctx.db, [resource.id])).get(resource.id);
  if (own?.siteId === column.siteId) return;
  const path = articlePath(column.path, dayInChina(resource.firstPublishedAt), resource.id);
  await insertReuseAddress(ctx.db, {
    siteId: column.siteId,
    resourceId: resource.id,
    columnId: column.id,
    path,
  });
}

/** The page of the reuse, and every line that leads to it or does no longer. */
export async function announceReuse(ctx: Ctx, column: ColumnRow, resourceId: string): Promise<void> {
  await ctx.announce({
    name: sitesEvents.reuseChanged,
    tags: [reusedTag(column.siteId, resourceId), resourceTag(resourceId)],
    payload: { resourceId, columnId: column.id },
  });
}
