import type { OpenOrigin } from '../../../contracts/open-content.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { discardImport, resourcesFrom, stagesOf } from '../library/index.ts';
import { removeArchive } from '../sites/index.ts';
import { bringChanged, type Standing } from './bring-changed.ts';
import { bringFresh } from './bring-fresh.ts';
import { itemAfter } from './item-after.ts';
import {
  countItems,
  followedElsewhere,
  type ItemRow,
  itemsOf,
  markSeen,
  type Problem,
  writeItems,
} from './item.queries.ts';
import type { Prepared, Take } from './prepare-take.ts';
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

const nameOf = ({ instance, id }: Pick<OpenOrigin, 'instance' | 'id'>): string => `${instance}/${id}`;
const firstOf = ({ chain }: Take): OpenOrigin => {
  const [first] = chain;
  if (!first) throw new Error('every chain has a beginning');
  return first;
};

async function takeAll(
  ctx: Ctx,
  row: SubscriptionRow,
  known: ReadonlyMap<string, ItemRow>,
  prepared: readonly Prepared[],
): Promise<ItemRow[]> {
  const takes = prepared.filter((one) => one.outcome === 'take');
  const there = new Map(
    (
      await resourcesFrom(
        ctx.db,
        takes.map((one) => ({ instance: firstOf(one).instance, sourceId: firstOf(one).id })),
      )
    ).map((one) => [nameOf({ instance: one.instance, id: one.sourceId }), one]),
  );
  const elsewhere = await followedElsewhere(
    ctx.db,
    row.id,
    [...there.values()].map((one) => one.resourceId),
  );
  const items: ItemRow[] = prepared.flatMap((one) => settled(row, one, known.get(one.sourceId)));
  const fresh: Take[] = [];
  const changed: Standing[] = [];
  const names = new Set<string>();
  for (const take of takes) {
    const before = known.get(take.sourceId);
    const name = nameOf(firstOf(take));
    const found = there.get(name);
    const isMine = found?.unitId === row.unitId && !elsewhere.has(found.resourceId);
    const problem: Problem = { code: 'origin-changed', message: '来源与第一次接收时不同，没有接收。' };
    if (before?.resourceId != null && found?.resourceId !== before.resourceId)
      items.push(itemAfter(row, take, before, { state: 'refused', problem }));
    else if (names.has(name) || (found !== undefined && !isMine))
      items.push(itemAfter(row, take, before, { state: 'known' }));
    else if (found === undefined) fresh.push(take);
    else changed.push({ take, before, resourceId: found.resourceId });
    names.add(name);
  }
  return [...items, ...(await bringFresh(ctx, row, fresh)), ...(await bringChanged(ctx, row, changed))];
}

/** What needs no writing in the library. */
function settled(row: SubscriptionRow, one: Prepared, before: ItemRow | undefined): readonly ItemRow[] {
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
