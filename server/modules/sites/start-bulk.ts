import type { BulkReport, NewBulkAct } from '../../../contracts/sites.ts';
import { defineCommand } from '../../platform/context.ts';
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
    requireBulk(ctx.actor, input);
    if (input.columnId !== undefined) await getVisibleColumn(ctx, input.columnId);
    // What changes between the order and its turn is refused then, as on the screen of a single one.
    const versions = await versionsInScope(ctx.db, ctx.actor.scope, input.resourceIds);
    const { resourceIds, ...order } = input;
    const id = await insertBulkAct(ctx.db, {
      ...order,
      accountId: ctx.actor.id,
      at: ctx.now,
      items: resourceIds.map((resourceId) => ({ resourceId, version: versions.get(resourceId) ?? null })),
    });
    return getBulkReport(ctx, id);
  },
);
