import type { BulkReport, NewBulkAct } from '../../../contracts/sites.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { versionsInScope } from '../library/index.ts';
import { insertBulkAct } from './bulk.queries.ts';
import { requireBulk } from './bulk.policy.ts';
import { getBulkReport } from './bulk.presenter.ts';
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
    const versions = await versionsInScope(ctx.db, ctx.actor.scope, resourceIds);
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
