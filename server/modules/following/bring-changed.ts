import type { ItemState } from '../../../contracts/following.ts';
import type { Ctx } from '../../platform/context.ts';
import { getResource, recordOrigins, redraftImport } from '../library/index.ts';
import { moveArchive, reviseArchive } from '../sites/index.ts';
import { importKeyOf } from './import-key.rules.ts';
import { itemAfter } from './item-after.ts';
import type { ItemRow, Problem } from './item.queries.ts';
import type { Take } from './prepare-take.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** Something that is here already. */
export interface Standing {
  readonly take: Take;
  readonly before: ItemRow | undefined;
  readonly resourceId: string;
}

/** Takes over new texts and new places. What people changed here is left as it is, and said. */
export async function bringChanged(
  ctx: Ctx,
  row: SubscriptionRow,
  changed: readonly Standing[],
): Promise<readonly ItemRow[]> {
  const items: ItemRow[] = [];
  for (const one of changed) items.push(await bringOne(ctx, row, one));
  return items;
}

async function bringOne(ctx: Ctx, row: SubscriptionRow, standing: Standing): Promise<ItemRow> {
  const { take, before, resourceId } = standing;
  const { type } = await getResource(ctx, resourceId);
  if (type !== take.type) {
    const problem: Problem = { code: 'type-changed', message: '对方改了信息类型，没有接收新版本。' };
    return itemAfter(row, take, before, { state: 'refused', resourceId, problem });
  }
  const isNews = before?.state !== 'taken' || before.digest !== take.digest || before.awaits.length > 0;
  const outcome = isNews ? await reviseOne(ctx, row, standing) : 'taken';
  await recordOrigins(ctx.db, [{ resourceId, chain: take.chain }]);
  if (before?.columnId !== take.columnId) await moveArchive(ctx, resourceId, take.columnId);
  const { columnId, awaits } = take;
  const problem: Problem | null =
    outcome === 'waiting' ? { code: 'in-review', message: '本地正在审核或待发布，结束后接收新版本。' } : null;
  return itemAfter(row, take, before, { state: outcome, resourceId, columnId, awaits, problem });
}

async function reviseOne(
  ctx: Ctx,
  { mode, unitId }: SubscriptionRow,
  { take, before, resourceId }: Standing,
): Promise<ItemState> {
  const { chain, type, content } = take;
  const wasRemoved = before?.state === 'removed';
  const { firstPublishedAt } = await getResource(ctx, resourceId);
  // What was never public here is still somebody's draft, whatever the subscription says by now.
  if (mode === 'pending' || firstPublishedAt === null) {
    const outcome = await redraftImport(ctx, resourceId, { content }, wasRemoved);
    return ({ written: 'taken', busy: 'waiting', 'changed-here': 'changed-here' } as const)[outcome];
  }
  const importKey = importKeyOf(chain);
  const batch = { unitId, items: [{ importKey, type, content }], revivable: wasRemoved ? [importKey] : [] };
  const revised = await reviseArchive.run(ctx, batch);
  return revised.length > 0 ? 'taken' : 'changed-here';
}
