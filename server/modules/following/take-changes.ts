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
  type ItemRow,
  itemsOf,
  markSeen,
  type Newcomer,
  type Problem,
  writeItems,
} from './item.queries.ts';
import type { Prepared, Seen, SetAside } from './prepare-take.ts';
import { countSetAside } from './set-aside.queries.ts';
import {
  countNewItems,
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
  /** What is gone there and could not be taken down here, with what was said to that. */
  readonly unremoved?: readonly { readonly sourceId: string; readonly message: string }[];
  /** What is there and as it was. */
  readonly unchanged: readonly string[];
  /** So many may be set aside at once, of however few. */
  readonly mostSetAside: number;
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
    const { prepared, removed, unremoved = [] } = input;
    const ids = [...prepared, ...unremoved].map((one) => one.sourceId);
    const known = await itemsOf(ctx.db, row.id, [...ids, ...removed]);
    const fresh = prepared.filter((one) => !known.has(one.sourceId)).length;
    requireRoom(row, fresh);
    const items = [
      ...(await takeAll(ctx, row, known, prepared)),
      ...(await removeAll(ctx, row, known, removed)),
      ...unremoved.flatMap((one) => leftStanding(ctx, row, known.get(one.sourceId), one.message)),
    ];
    await requireFewSetAside(ctx, row, newlySetAside(items, known), input.mostSetAside);
    await writeItems(ctx.db, row.id, items, ctx.now);
    await countNewItems(ctx.db, row.id, fresh);
    await awaitNewcomers(ctx.db, row.id, newcomersIn(input.prepared, known));
    await markSeen(ctx.db, row.id, input.unchanged, row.pass);
    if (input.reading) await writeReading(ctx.db, row.id, input.reading);
    return 'taken';
  },
);

/** Somebody who invents resources without end is stopped by the number that an operator expected. */
function requireRoom({ itemCount, mostItems }: SubscriptionRow, fresh: number): void {
  if (fresh === 0 || itemCount + fresh <= mostItems) return;
  const message = `对方的信息超过了设定的上限（${mostItems.toLocaleString('zh-CN')} 条），已暂停。确认无误后调高上限再继续。`;
  throw new AppError('conflict', 'following.too-many-items', message);
}

const newlySetAside = (items: readonly ItemRow[], known: ReadonlyMap<string, ItemRow>): number =>
  items.filter((item) => item.setAside !== null && !known.get(item.sourceId)?.setAside).length;

/** Old archives lack files here and there: of a large one as many as this. */
const shareSetAside = 0.01;

/** One is its own trouble; when so many are, it is the platform's or ours, and whoever goes on only makes more of them. */
async function requireFewSetAside(
  ctx: Ctx,
  { id, itemCount }: SubscriptionRow,
  fresh: number,
  least: number,
): Promise<void> {
  const most = Math.max(least, Math.floor(itemCount * shareSetAside));
  if (fresh === 0 || (await countSetAside(ctx.db, id, most)) + fresh <= most) return;
  const message = `暂缓接收的信息将超过 ${String(most)} 条，多半是对方的文件服务或本平台出了故障，已停下，故障消除后自动继续。`;
  throw new AppError('unavailable', 'following.too-many-set-aside', message);
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
    ...prepared.flatMap((one) => unwritten(ctx, row, one, known.get(one.sourceId))),
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
function unwritten(
  { now }: Ctx,
  { pass }: SubscriptionRow,
  one: Prepared,
  before: ItemRow | undefined,
): readonly ItemRow[] {
  const at = { pass, now };
  switch (one.outcome) {
    case 'take':
      return [];
    case 'loop':
      return [itemAfter(at, one, before, { state: 'looped' })];
    case 'refuse':
      return [itemAfter(at, one, before, { state: 'refused', problem: one.problem })];
    case 'set-aside':
      return [
        itemAfter(at, { ...one, ...namedBefore(one, before) }, before, {
          state: 'set-aside',
          problem: one.problem,
        }),
      ];
  }
}

/** Of something that could not be read it is only known what it was called before. */
const namedBefore = (one: SetAside, before: ItemRow | undefined): Partial<Seen> =>
  one.isUnread && before ? { title: before.title, url: before.url, indexNumber: before.indexNumber } : {};

/** What could not be taken down stays as it is, and is tried again. */
function leftStanding(
  { now }: Ctx,
  { pass }: SubscriptionRow,
  before: ItemRow | undefined,
  message: string,
): readonly ItemRow[] {
  if (!before) return [];
  const problem: Problem = { code: 'removal-failed', message };
  return [itemAfter({ pass, now }, before, before, { state: 'set-aside', problem })];
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
    const at = { pass: row.pass, now: ctx.now };
    items.push(itemAfter(at, before, before, await removeOne(ctx, row, before)));
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
