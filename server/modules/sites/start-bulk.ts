import { type BulkReport, mostReused, type NewBulkAct } from '../../../contracts/sites.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { versionsInScope } from '../library/index.ts';
import { insertBulkAct } from './bulk.queries.ts';
import { requireBulk } from './bulk.policy.ts';
import { getBulkReport } from './bulk.presenter.ts';
import { reusableAmong } from './find-reusable.ts';
import { getVisibleColumn } from './find-column.ts';

/** Takes an order for many resources. A worker does it, one resource after the other, as the one who gave it. */
export const startBulk = defineCommand(
  'sites.start-bulk',
  (input: NewBulkAct, result: BulkReport | undefined) => ({
    kind: 'bulk-act',
    id: result?.id ?? null,
    details: { kind: input.kind, resources: input.resourceIds.length },
  }),
  async (ctx, input): Promise<BulkReport> => {
    const { resourceIds, ...order } = input;
    // What changes between the order and its turn is refused then, as on the screen of a single one.
    const versions = await versionsOf(ctx, input);
    const items = resourceIds.map((resourceId) => {
      const version = versions.get(resourceId);
      if (version !== undefined) return { resourceId, version };
      throw new AppError('not-found', 'library.resource-not-found', '有信息不存在，或者您无权查看。');
    });
    requireBulk(ctx.actor, input);
    if (input.columnId !== undefined) await getVisibleColumn(ctx, input.columnId);
    const id = await insertBulkAct(ctx.db, {
      ...order,
      accountId: ctx.actor.id,
      at: ctx.now,
      items,
    });
    return getBulkReport(ctx, id);
  },
);

/** Of what the order may be about: what others published for `reuse`, else what one may open oneself. */
async function versionsOf(ctx: Ctx, { kind, resourceIds }: NewBulkAct): Promise<ReadonlyMap<string, number>> {
  if (kind !== 'reuse') return versionsInScope(ctx.db, ctx.actor.scope, resourceIds);
  if (resourceIds.length > mostReused) {
    const message = `一次最多引用 ${String(mostReused)} 条；要一直显示另一栏目的信息，请运维人员设置映射。`;
    throw new AppError('invalid', 'sites.bulk-incomplete', message);
  }
  // Another unit's versions are nobody's business here, and the turn asks for none.
  return new Map([...(await reusableAmong(ctx, resourceIds)).keys()].map((id) => [id, 1]));
}
