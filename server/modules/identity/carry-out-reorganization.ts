import { type Command, type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { beginRenaming, followRenaming } from './carry-out-renaming.ts';
import { unitChangedEvent } from './events.ts';
import type { ReformParts } from './reform-parts.ts';
import { accountColumn } from './reorganization.presenter.ts';
import {
  addMoved,
  childUnits,
  dueReorganizations,
  endUnit,
  findReorganizationForUpdate,
  hangUnit,
  moveAccounts,
  type ReorganizationRow,
  updateReorganization,
} from './reorganization.queries.ts';
import { requireFeasible } from './require-feasible.ts';
import { requireUnit } from './require-unit.ts';
import type { UnitHolding } from './unit-holding.ts';
import { moveSubtree } from './unit.queries.ts';

/** Rows of one holding in one transaction: well under a second, so that nobody waits long for a lock. */
const batchSize = 500;

/**
 * The tree first: the units close, hang under the successor with all their people gone over to it. From here on
 * whoever works for the successor sees and acts on what has moved and on what has not, so that the batches that
 * follow stop nobody's work.
 */
async function beginMerger(ctx: Ctx, row: ReorganizationRow): Promise<void> {
  for (const unitId of row.unitIds) {
    for (const child of await childUnits(ctx.db, unitId)) {
      await moveSubtree(ctx.db, child, row.successorId);
      await hangUnit(ctx.db, child, row.successorId);
    }
    await moveSubtree(ctx.db, unitId, row.successorId);
    await endUnit(ctx.db, unitId, row.successorId, ctx.now);
    await addMoved(ctx.db, row.id, accountColumn, await moveAccounts(ctx.db, unitId, row.successorId));
    await ctx.announce(unitChangedEvent(await requireUnit(ctx.db, unitId), true));
  }
  await updateReorganization(ctx.db, row.id, { state: 'running', started_at: ctx.now });
}

/** Undefined while it can be done; else why not: a unit was closed since, or the name was taken. */
async function whyImpossible(db: Db, row: ReorganizationRow): Promise<string | undefined> {
  try {
    await requireFeasible(db, row);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

async function begin(ctx: Ctx, row: ReorganizationRow): Promise<void> {
  const note = await whyImpossible(ctx.db, row);
  if (note !== undefined) {
    await updateReorganization(ctx.db, row.id, { state: 'cancelled', ended_at: ctx.now, note });
  } else if (row.kind === 'renaming') await beginRenaming(ctx, row);
  else await beginMerger(ctx, row);
}

async function moveSome(ctx: Ctx, row: ReorganizationRow, holdings: readonly UnitHolding[]): Promise<number> {
  for (const from of row.unitIds) {
    for (const holding of holdings) {
      const moved = await holding.move(ctx, { from, to: row.successorId, limit: batchSize });
      if (moved === 0) continue;
      await addMoved(ctx.db, row.id, holding.column, moved);
      return moved;
    }
  }
  return 0;
}

/** One step of a reorganization, in one transaction; a step that was cut off has not happened. */
export function carryOutReorganization({
  holdings,
  namings,
}: ReformParts): Command<{ readonly id: string }, number> {
  return defineCommand<{ readonly id: string }, number>(
    'identity.carry-out-reorganization',
    ({ id }, moved) => ({ kind: 'reorganization', id, details: { moved: moved ?? 0 } }),
    async (ctx, { id }) => {
      const row = await findReorganizationForUpdate(ctx.db, id);
      if (row?.state === 'confirmed') await begin(ctx, row);
      if (row?.state !== 'running') return 0;
      if (row.kind === 'renaming') return followRenaming(ctx, row, namings);
      const moved = await moveSome(ctx, row, holdings);
      if (moved === 0) await updateReorganization(ctx.db, id, { state: 'done', ended_at: ctx.now });
      return moved;
    },
  );
}

/** What of the units is at work and would write in their name after they ended. */
async function isAtRest(db: Db, row: ReorganizationRow, holdings: readonly UnitHolding[]): Promise<boolean> {
  for (const holding of holdings) {
    for (const unitId of row.unitIds) if (((await holding.busy?.(db, unitId)) ?? 0) > 0) return false;
  }
  return true;
}

export interface ReorganizationRunner extends ReformParts {
  readonly db: Db;
  readonly clock: () => Date;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
}

/** Takes the first due reorganization one step on; says how many it took on, 0 when none is due or can begin. */
export async function stepReorganizations(runner: ReorganizationRunner): Promise<number> {
  const { db, holdings } = runner;
  for (const row of await dueReorganizations(db, runner.clock())) {
    if (row.state === 'confirmed' && !(await isAtRest(db, row, holdings))) continue;
    await runner.performAsSystem(carryOutReorganization(runner), { id: row.id });
    return 1;
  }
  return 0;
}
