import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { type Deal, dealThings, placeRules } from './deal-things.ts';
import { batchSize, endInto, moveBatch } from './end-into.ts';
import { unitChangedEvent } from './events.ts';
import type { ReformParts } from './reform-parts.ts';
import { accountColumn } from './reorganization.presenter.ts';
import { type ReorganizationRow, updateReorganization } from './reorganization.queries.ts';
import { requireUnit } from './require-unit.ts';
import type { SplitGround } from './split-ground.ts';
import {
  addReceived,
  insertUnitSplit,
  moveSomeAccounts,
  nameReceiver,
  type SplitReceiver,
  type SplitRow,
} from './split.queries.ts';
import type { UnitHolding } from './unit-holding.ts';
import { insertUnit } from './unit.queries.ts';

export function splitOf({ id, split }: ReorganizationRow): SplitRow {
  if (!split) throw new Error(`reorganization ${id} says nothing of a split`);
  return split;
}

/** The unit that receives; made when the split itself makes it. */
async function madeReceiver(ctx: Ctx, id: string, receiver: SplitReceiver): Promise<string> {
  if (receiver.unitId !== null || !receiver.newUnit) return receiver.unitId ?? '';
  const unit = await insertUnit(ctx.db, { ...receiver.newUnit, position: 0 });
  if (!unit) throw new AppError('conflict', 'identity.organisation-code-taken', '新单位的机构代码已被使用。');
  await nameReceiver(ctx.db, id, receiver.position, unit.id);
  await ctx.announce(unitChangedEvent(unit, false));
  return unit.id;
}

/**
 * The tree and the people first, in one transaction: new units are made, those who are named go over, and a unit that
 * ends closes and hangs under the one that takes the rest.
 */
export async function beginSplit(ctx: Ctx, row: ReorganizationRow): Promise<void> {
  const { receivers, restTo } = splitOf(row);
  const unitId = row.successorId;
  const ids: string[] = [];
  for (const receiver of receivers) {
    const to = await madeReceiver(ctx, row.id, receiver);
    ids.push(to);
    const { position, accountIds } = receiver;
    const people = await moveSomeAccounts(ctx.db, { from: unitId, to, ids: accountIds });
    if (people > 0) await addReceived(ctx.db, { id: row.id, position }, accountColumn, people);
  }
  await insertUnitSplit(ctx.db, { unitId, at: ctx.now, basis: row.basis }, ids);
  const heir = restTo === null ? undefined : ids[restTo];
  if (restTo !== null && heir !== undefined) {
    const people = await endInto(ctx, unitId, heir);
    if (people > 0) await addReceived(ctx.db, { id: row.id, position: restTo }, accountColumn, people);
  } else await ctx.announce(unitChangedEvent(await requireUnit(ctx.db, unitId), true));
  await updateReorganization(ctx.db, row.id, { state: 'running', started_at: ctx.now });
}

type Division<K extends UnitHolding['division']['kind']> = Extract<
  UnitHolding['division'],
  { readonly kind: K }
>;

interface Dealt {
  readonly moved: number;
  /** Where to go on; undefined when the holding is through. */
  readonly after: string | undefined;
}

async function dealEach(
  ctx: Ctx,
  row: ReorganizationRow,
  {
    column,
    next,
    give,
    ground,
    through,
  }: Division<'each'> & Pick<Deal, 'through'> & { readonly column: string; readonly ground: SplitGround },
): Promise<Dealt> {
  const { receivers, rules, restTo } = splitOf(row);
  const from = row.successorId;
  const deal = {
    unitId: from,
    receivers: receivers.map((one) => one.unitId),
    rules: await placeRules(ctx.db, ground, rules),
    through,
  };
  const things = await next(ctx.db, { unitId: from, after: row.afterId, limit: batchSize });
  let moved = 0;
  for (const [receiver, ids] of await dealThings(ctx.db, ground, deal, things)) {
    const position = receiver ?? restTo;
    const to = position === null ? undefined : deal.receivers[position];
    // What stays with a unit that goes on.
    if (position === null || !to) continue;
    const count = await give(ctx, { from, to, ids });
    if (count > 0) await addReceived(ctx.db, { id: row.id, position }, column, count);
    moved += count;
  }
  return { moved, after: things.at(-1)?.id };
}

async function reachAll(
  ctx: Ctx,
  row: ReorganizationRow,
  { column, widen }: Division<'all'> & { readonly column: string },
): Promise<Dealt> {
  const { receivers, restTo } = splitOf(row);
  const moved = await widen(ctx, {
    from: row.successorId,
    to: receivers.flatMap((one) => one.unitId ?? []),
    goesOn: restTo === null,
    limit: batchSize,
  });
  if (moved === 0) return { moved, after: undefined };
  for (const { position } of receivers) await addReceived(ctx.db, { id: row.id, position }, column, moved);
  return { moved, after: row.afterId };
}

/** What came to a unit that ended after its turn, and what a receiver had already: to the one that takes the rest. */
async function settleRest(
  ctx: Ctx,
  row: ReorganizationRow,
  holdings: readonly UnitHolding[],
): Promise<number> {
  const { receivers, restTo } = splitOf(row);
  const to = restTo === null ? undefined : receivers[restTo]?.unitId;
  const late = to ? await moveBatch(ctx, { from: row.successorId, to }, holdings) : undefined;
  if (restTo === null || !late) {
    await updateReorganization(ctx.db, row.id, { state: 'done', ended_at: ctx.now });
    return 0;
  }
  await addReceived(ctx.db, { id: row.id, position: restTo }, late.column, late.count);
  await updateReorganization(ctx.db, row.id, { state: 'running', step: holdings.length, after_id: '0' });
  return late.count;
}

const dealtBefore = (holdings: readonly UnitHolding[], step: number): ReadonlySet<string> =>
  new Set(holdings.slice(0, step).map(({ column }) => column));

/** The next batch; `step` and `after` say where the last one ended. */
export async function dealSplit(
  ctx: Ctx,
  row: ReorganizationRow,
  { holdings, ground }: ReformParts,
): Promise<number> {
  let at = row;
  for (const { column, division } of holdings.slice(row.step)) {
    const { moved, after } =
      division.kind === 'each'
        ? await dealEach(ctx, at, { column, ground, through: dealtBefore(holdings, at.step), ...division })
        : await reachAll(ctx, at, { column, ...division });
    if (after !== undefined) {
      await updateReorganization(ctx.db, row.id, { state: 'running', step: at.step, after_id: after });
      return moved;
    }
    at = { ...at, step: at.step + 1, afterId: '0' };
  }
  return settleRest(ctx, at, holdings);
}
