import type { Actor } from '../../../contracts/actor.ts';
import { underLock } from '../../platform/advisory-lock.ts';
import { type Command, type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { accountsById, findActor } from '../identity/index.ts';
import { getResource, presentById, saveDraft } from '../library/index.ts';
import type { PublicBase } from './address.rules.ts';
import {
  type BulkAct,
  type BulkItemRow,
  bulkItems,
  endItem,
  finishBulkAct,
  nextBulkAct,
  waitingItemForUpdate,
} from './bulk.queries.ts';
import { makeReuse } from './make-reuse.ts';
import { ownPlacementsOf } from './placement.queries.ts';
import { withdrawResource } from './publish-resource.ts';
import { reuseResource } from './reuse-resource.ts';
import { setPlacements } from './set-placements.ts';

export interface BulkRunner {
  readonly db: Db;
  readonly base: PublicBase;
  readonly clock: () => Date;
  readonly performAs: <I, O>(actor: Actor, command: Command<I, O>, input: I) => Promise<O>;
  readonly log: { readonly error: (details: object, message: string) => void };
}

interface Turn {
  readonly act: BulkAct;
  readonly item: BulkItemRow;
}

/**
 * One resource of an order: the same commands as on its own screen, with the rights that the person has now. The outcome
 * is written in the transaction of the act, so a worker that is killed does nothing twice and forgets nothing.
 */
function turnOf(base: PublicBase) {
  return defineCommand(
    'sites.run-bulk-item',
    ({ act, item }: Turn) => ({
      kind: 'resource',
      id: item.resourceId,
      details: { bulkAct: act.id, kind: act.kind },
    }),
    async (ctx, { act, item }): Promise<void> => {
      const waiting = await waitingItemForUpdate(ctx.db, act.id, item.resourceId);
      if (!waiting) return;
      await doTurn(ctx, base, { act, item });
      await endItem(ctx.db, item, 'done', null);
    },
  );
}

async function doTurn(ctx: Ctx, base: PublicBase, { act, item }: Turn): Promise<void> {
  const { resourceId } = item;
  const columnId = act.columnId ?? '0';
  switch (act.kind) {
    case 'place':
      await reuseResource(base).run(ctx, { resourceId, columnId });
      return;
    case 'reuse':
      await makeReuse(base).run(ctx, { resourceId, columnId });
      return;
    case 'take-off':
      await takeOff(ctx, base, resourceId, columnId);
      return;
    case 'withdraw':
      await withdrawResource.run(ctx, {
        resourceId,
        expectedVersion: item.version,
        reason: act.reason ?? '',
      });
      return;
    case 'set-category': {
      const { head } = await presentById(ctx, resourceId);
      const content = { ...head.content, category: act.category ?? '' };
      await saveDraft.run(ctx, { resourceId, expectedVersion: item.version, content, origin: 'saved' });
    }
  }
}

async function takeOff(ctx: Ctx, base: PublicBase, resourceId: string, columnId: string): Promise<void> {
  await getResource(ctx, resourceId);
  const placed = (await ownPlacementsOf(ctx.db, resourceId)).map((one) => one.columnId);
  if (!placed.includes(columnId)) {
    throw new AppError('conflict', 'sites.not-in-column', '这条信息不在这个栏目里。');
  }
  const left = placed.filter((one) => one !== columnId);
  if (left.length === 0) {
    throw new AppError('conflict', 'sites.last-column', '这是它唯一的栏目；要整条撤下，请用“从网站撤回”。');
  }
  await setPlacements(base).run(ctx, { resourceId, columnIds: left });
}

/** One number for "somebody works on orders": two at once would only get in each other's way. */
const bulkLock = 7_246_044;

/** Does the oldest order to its end; false when there is none, or another worker is at it. */
export async function runBulk(runner: BulkRunner, stopping: AbortSignal): Promise<boolean> {
  if (!(await nextBulkAct(runner.db))) return false;
  const done = await underLock(runner.db, bulkLock, async ({ lost }) => {
    const act = await nextBulkAct(runner.db);
    if (!act) return false;
    await runAct(runner, act, AbortSignal.any([stopping, lost]));
    lost.throwIfAborted();
    return true;
  });
  return done ?? false;
}

async function runAct(runner: BulkRunner, act: BulkAct, signal: AbortSignal): Promise<void> {
  const turn = turnOf(runner.base);
  for (const item of await bulkItems(runner.db, act.id)) {
    if (signal.aborted) return;
    if (item.outcome !== 'waiting') continue;
    // Asked anew each time: rights may be taken away while a long order runs.
    const actor = await actorNow(runner.db, act.accountId);
    if (!actor) {
      await endItem(runner.db, item, 'refused', '下达这次操作的账号已经停用。');
      continue;
    }
    try {
      await runner.performAs(actor, turn, { act, item });
    } catch (error) {
      await endItem(runner.db, item, ...outcomeOf(runner, error, item));
    }
  }
  await finishBulkAct(runner.db, act.id, runner.clock());
}

async function actorNow(db: Db, accountId: string): Promise<Actor | undefined> {
  const account = (await accountsById(db, [accountId])).get(accountId);
  return account?.disabled === false ? findActor(db, accountId) : undefined;
}

function outcomeOf(
  { log }: BulkRunner,
  error: unknown,
  { bulkActId, resourceId }: BulkItemRow,
): ['refused' | 'failed', string] {
  if (error instanceof AppError && error.kind !== 'unavailable') return ['refused', error.message];
  log.error({ err: error, bulkActId, resourceId }, 'one resource of an order failed');
  return ['failed', '系统错误，这一条没有处理，可以稍后重试。'];
}
