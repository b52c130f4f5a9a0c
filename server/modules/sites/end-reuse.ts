import type { Reuse } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { liveHeadings, lockWhatever } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import { columnById } from './column.queries.ts';
import { syncListings } from './list-resource.ts';
import { keepTree } from './listing-lock.queries.ts';
import { announceReuse } from './make-reuse.ts';
import { deleteReusePlacement } from './placement.queries.ts';
import { presentReuse } from './reuse.presenter.ts';
import { closeReuse, reusesById } from './reuse.queries.ts';
import { canEndReuse, knowsReuse } from './sites.policy.ts';

export interface EndReuseInput {
  readonly reuseId: string;
  readonly reason: string;
}

/** Takes it out of the column at once. Its page there leads to the one of its own unit from then on. */
export function endReuse(base: PublicBase) {
  return defineCommand(
    'sites.end-reuse',
    (input: EndReuseInput, result: Reuse | undefined) => ({
      kind: 'resource',
      id: result?.resourceId ?? null,
      details: { reuseId: input.reuseId, columnId: result?.columnId ?? null, reason: input.reason },
    }),
    async (ctx, { reuseId, reason }): Promise<Reuse> => {
      const { resourceId, column } = await requireEndable(ctx, reuseId);
      await keepTree(ctx.db);
      if (!(await closeReuse(ctx.db, reuseId, { at: ctx.now, byName: ctx.actor.name, reason }))) {
        throw new AppError('conflict', 'sites.reuse-ended', '这次引用已经结束。');
      }
      await deleteReusePlacement(ctx.db, { id: reuseId, resourceId, columnId: column.id });
      const live = (await liveHeadings(ctx.db, [resourceId])).get(resourceId);
      if (live) await syncListings(ctx, [{ resourceId, firstPublishedAt: live.firstPublishedAt }]);
      await announceReuse(ctx, column, resourceId);
      return presentReuse(ctx, base, reuseId);
    },
  );
}

async function requireEndable(ctx: Ctx, reuseId: string) {
  const reuse = (await reusesById(ctx.db, [reuseId])).get(reuseId);
  const column = reuse && (await columnById(ctx.db, reuse.columnId));
  const owner = reuse && (await lockWhatever(ctx.db, reuse.resourceId));
  if (!reuse || !column || owner === undefined || !knowsReuse(ctx.actor, owner, column.unitId)) {
    throw new AppError('not-found', 'sites.reuse-not-found', '没有这次引用，或者您无权查看。');
  }
  if (canEndReuse(ctx.actor, owner, column.unitId)) return { resourceId: reuse.resourceId, column };
  const message = '只有信息所属单位或栏目责任单位的信息员、审核员、签发人可以结束引用。';
  throw new AppError('forbidden', 'sites.reuse-forbidden', message);
}
