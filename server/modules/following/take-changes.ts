import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { discardImport, stagesOf } from '../library/index.ts';
import { removeArchive } from '../sites/index.ts';
import { bindTakes } from './bind-takes.ts';
import { bringChanged } from './bring-changed.ts';
import { bringFresh } from './bring-fresh.ts';
import { itemAfter } from './item-after.ts';
import {
  awaitNewcomers,
  countItems,
  type ItemRow,
  itemsOf,
  markSeen,
  type Newcomer,
  type Problem,
  writeItems,
} from './item.queries.ts';
import type { Prepared } from './prepare-take.ts';
import {
  type Reading,
  subscriptionForUpdate,
  type SubscriptionRow,
  writeReading,
} from './subscription.queries.ts';

export interface ChangeBatch {
  readonly subscriptionId: string;
  readonly unitId: string;
  /** Where the reading stood when this was read. */
  readonly cursor: string | null;
  readonly pass: number;
  readonly prepared: readonly Prepared[];
  /** What is gone there, or out of the key's reach. */
  readonly removed: readonly string[];
  /** What is there and as it was. */
  readonly unchanged: readonly string[];
  /** How far it was read with this; null: the place stays. */
  readonly reading: Reading | null;
}

/** `stopped` when a person or another worker decided otherwise meanwhile. */
export type ChangesOutcome = 'taken' | 'stopped';

/**
 * Writes what came from another platform, what became of each, and how far it was read, in one transaction: a worker
 * that is killed leaves all of it or none.
 */
export const takeChanges = defineCommand(
  'following.take-changes',
  (input: ChangeBatch, outcome: ChangesOutcome | undefined) => ({
    kind: 'subscription',
    id: input.subscriptionId,
    unitId: input.unitId,
    details: { offered: input.prepared.length, removed: input.removed.length, outcome: outcome ?? null },
  }),
  async (ctx, input): Promise<ChangesOutcome> => {
    if (ctx.actor.kind !== 'system') {
      throw new AppError('forbidden', 'following.operator-required', '订阅内容由后台程序接收。');
    }
    const row = await subscriptionForUpdate(ctx.db, input.subscriptionId);
    if (row?.state !== 'active' || row.cursor !== input.cursor || row.pass !== input.pass) return 'stopped';
    const ids = [...input.prepared.map((one) => one.sourceId), ...input.removed];
    const known = await itemsOf(ctx.db, row.id, ids);
    await requireRoom(ctx, row, input.prepared.filter((one) => !known.has(one.sourceId)).length);
    const items = [
      ...(await takeAll(ctx, row, known, input.prepared)),
      ...(await removeAll(ctx, row, known, input.removed)),
    ];
    await writeItems(ctx.db, row.id, items, ctx.now);
    await awaitNewcomers(ctx.db, row.id, newcomersIn(input.prepared, known));
    await markSeen(ctx.db, row.id, input.unchanged, row.pass);
    if (input.reading) await writeReading(ctx.db, row.id, input.reading);
    return 'taken';
  },
);

/** Somebody who invents resources without end is stopped by the number that an operator expected. */
async function requireRoom(ctx: Ctx, { id, mostItems }: SubscriptionRow, fresh: number): Promise<void> {
  if (fresh === 0 || (await countItems(ctx.db, id)) + fresh <= mostItems) return;
  const message = `对方的信息超过了设定的上限（${mostItems.toLocaleString('zh-CN')} 条），已暂停。确认无误后调高上限再继续。`;
  throw new AppError('conflict', 'following.too-many-items', message);
}

async function takeAll(
  ctx: Ctx,
  row: SubscriptionRow,
  known: ReadonlyMap<string, ItemRow>,
  prepared: readonly Prepared[],
): Promise<ItemRow[]> {
  const takes = prepared.filter((one) => one.outcome === 'take');
  const { fresh, changed, settled } = await bindTakes(ctx, row, known, takes);
  return [
    ...prepared.flatMap((one) => unwritten(row, one, known.get(one.sourceId))),
    ...settled,
    ...(await bringFresh(ctx, row, fresh)),
    ...(await bringChanged(ctx, row, changed)),
  ];
}

/** What was not here, with what there names it: those are looked at again, whether they could name it before or not. */
function newcomersIn(prepared: readonly Prepared[], known: ReadonlyMap<string, ItemRow>): Newcomer[] {
  return prepared.flatMap((one): Newcomer[] => {
    if (one.outcome !== 'take' || known.get(one.sourceId)?.state === 'taken') return [];
    return one.namedBy.map((by) => ({ sourceId: one.sourceId, namedBy: by }));
  });
}

/** What needs no writing in the library. */
function unwritten(row: SubscriptionRow, one: Prepared, before: ItemRow | undefined): readonly ItemRow[] {
  switch (one.outcome) {
    case 'take':
      return [];
    case 'loop':
      return [itemAfter(row, one, before, { state: 'looped' })];
    case 'refuse':
      return [itemAfter(row, one, before, { state: 'refused', problem: one.problem })];
  }
}

async function removeAll(
  ctx: Ctx,
  row: SubscriptionRow,
  known: ReadonlyMap<string, ItemRow>,
  removed: readonly string[],
): Promise<ItemRow[]> {
  const items: ItemRow[] = [];
  for (const id of removed) {
    const before = known.get(id);
    if (!before) continue;
    items.push({ ...before, ...(await removeOne(ctx, row, before)), awaits: [], pass: row.pass });
  }
  return items;
}

async function removeOne(
  ctx: Ctx,
  { platform }: SubscriptionRow,
  { state, resourceId }: ItemRow,
): Promise<Pick<ItemRow, 'state' | 'problem'>> {
  const removed = { state: 'removed', problem: null } as const;
  if (resourceId === null || state === 'removed') return removed;
  await removeArchive(ctx, resourceId, `来源“${platform}”已撤下`);
  await discardImport(ctx, resourceId);
  const stage = (await stagesOf(ctx.db, [resourceId])).get(resourceId);
  // Whoever reviews it may still publish it: it is looked at again until it is gone.
  if (stage !== 'in-review' && stage !== 'scheduled') return removed;
  const problem: Problem = {
    code: 'in-review',
    message: '来源已撤下，而本地正在审核或待发布，结束后自动撤下。',
  };
  return { state: 'waiting', problem };
}
