import { type Command, type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { beginRenaming, followRenaming } from './carry-out-renaming.ts';
import { beginSplit, dealSplit } from './carry-out-split.ts';
import { endInto, moveBatch } from './end-into.ts';
import type { ReformParts } from './reform-parts.ts';
import { accountColumn } from './reorganization.presenter.ts';
import {
  addMoved,
  dueReorganizations,
  findReorganizationForUpdate,
  givingUnits,
  type ReorganizationRow,
  updateReorganization,
} from './reorganization.queries.ts';
import { requireFeasible } from './require-feasible.ts';
import type { UnitHolding } from './unit-holding.ts';

/**
 * The tree first: the units close, hang under the successor with all their people gone over to it. From here on
 * whoever works for the successor sees and acts on what has moved and on what has not, so that the batches that
 * follow stop nobody's work.
 */
async function beginMerger(ctx: Ctx, row: ReorganizationRow): Promise<void> {
  for (const unitId of row.unitIds)
    await addMoved(ctx.db, row.id, accountColumn, await endInto(ctx, unitId, row.successorId));
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
    return;
  }
  await begins[row.kind](ctx, row);
}

const begins = { merger: beginMerger, renaming: beginRenaming, split: beginSplit } as const;

/** The next batch of a merger, which ends when a pass over everything has moved nothing. */
async function moveSome(ctx: Ctx, row: ReorganizationRow, { holdings }: ReformParts): Promise<number> {
  for (const from of row.unitIds) {
    const batch = await moveBatch(ctx, { from, to: row.successorId }, holdings);
    if (!batch) continue;
    await addMoved(ctx.db, row.id, batch.column, batch.count);
    return batch.count;
  }
  await updateReorganization(ctx.db, row.id, { state: 'done', ended_at: ctx.now });
  return 0;
}

const goesOn = { merger: moveSome, renaming: followRenaming, split: dealSplit } as const;

/** One step of a reorganization, in one transaction; a step that was cut off has not happened. */
export function carryOutReorganization(parts: ReformParts): Command<{ readonly id: string }, number> {
  return defineCommand<{ readonly id: string }, number>(
    'identity.carry-out-reorganization',
    ({ id }, moved) => ({ kind: 'reorganization', id, details: { moved: moved ?? 0 } }),
    async (ctx, { id }) => {
      const row = await findReorganizationForUpdate(ctx.db, id);
      if (row?.state === 'confirmed') await begin(ctx, row);
      if (row?.state !== 'running') return 0;
      return goesOn[row.kind](ctx, row, parts);
    },
  );
}

/** What of the units is at work and would write in their name after they ended. */
async function isAtRest(db: Db, row: ReorganizationRow, holdings: readonly UnitHolding[]): Promise<boolean> {
  for (const holding of holdings) {
    for (const unitId of givingUnits(row)) if (((await holding.busy?.(db, unitId)) ?? 0) > 0) return false;
  }
  return true;
}

export interface ReorganizationRunner extends ReformParts {
  readonly db: Db;
  readonly clock: () => Date;
  readonly performAsSystem: <I, O>(command: Command<I, O>, input: I) => Promise<O>;
}

/**
 * Takes the first due reorganization one step on; says how many it took on, 0 when none is due or can begin. One that
 * fails does not hold up the next; the first failure is told when none of them went on.
 */
export async function stepReorganizations(runner: ReorganizationRunner): Promise<number> {
  const { db, holdings } = runner;
  let failure: Error | undefined;
  for (const row of await dueReorganizations(db, runner.clock())) {
    if (row.state === 'confirmed' && !(await isAtRest(db, row, holdings))) continue;
    try {
      await runner.performAsSystem(carryOutReorganization(runner), { id: row.id });
      return 1;
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
    }
  }
  if (failure) throw failure;
  return 0;
}
