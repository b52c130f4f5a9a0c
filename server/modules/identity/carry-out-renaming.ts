import type { Ctx } from '../../platform/context.ts';
import { unitChangedEvent } from './events.ts';
import { insertFormerName, formerNames } from './former-name.queries.ts';
import type { ReformParts } from './reform-parts.ts';
import { addMoved, type ReorganizationRow, updateReorganization } from './reorganization.queries.ts';
import { type Renaming, requireRenamable } from './require-renamable.ts';
import { requireUnit } from './require-unit.ts';
import { updateUnit } from './unit.queries.ts';

/** Rows of one kind in one transaction. */
const batchSize = 500;

export function renamingOf(row: ReorganizationRow): Renaming {
  const { newName, newShortName, successorId: unitId, startsAt } = row;
  if (newName === null || newShortName === null)
    throw new Error(`reorganization ${row.id} names no new name`);
  return { unitId, newName, newShortName, startsAt };
}

/** The name first, in one short transaction: pages that name the unit are asked anew behind everybody's publications. */
export async function beginRenaming(ctx: Ctx, row: ReorganizationRow): Promise<void> {
  const wanted = renamingOf(row);
  const unit = await requireRenamable(ctx.db, wanted);
  await insertFormerName(ctx.db, {
    unitId: unit.id,
    endedAt: row.startsAt,
    name: unit.name,
    shortName: unit.shortName,
    basis: row.basis,
  });
  const { parentId, position, indexNumberTemplate } = unit;
  const renamed = await updateUnit(ctx.db, unit.id, {
    ...{ parentId, position, indexNumberTemplate, closedAt: null },
    name: wanted.newName,
    shortName: wanted.newShortName,
  });
  await ctx.announce(unitChangedEvent(renamed, true));
  await updateReorganization(ctx.db, row.id, { state: 'running', started_at: ctx.now });
}

/** The next batch of what shows the name or is found by it; `step` and `after` say where the last one ended. */
export async function followRenaming(
  ctx: Ctx,
  row: ReorganizationRow,
  { namings }: ReformParts,
): Promise<number> {
  const naming = namings[row.step];
  if (!naming) {
    await updateReorganization(ctx.db, row.id, { state: 'done', ended_at: ctx.now });
    return 0;
  }
  const unit = await requireUnit(ctx.db, row.successorId);
  const former = (await formerNames(ctx.db, [unit.id])).find(
    ({ endedAt }) => endedAt.getTime() === row.startsAt.getTime(),
  );
  const { count, after } = await naming.follow(ctx, {
    unitId: unit.id,
    formerName: former?.name ?? unit.name,
    newName: unit.name,
    after: row.afterId,
    limit: batchSize,
  });
  if (count > 0) await addMoved(ctx.db, row.id, naming.key, count);
  await updateReorganization(ctx.db, row.id, {
    state: 'running',
    ...(after === undefined ? { step: row.step + 1, after_id: '0' } : { after_id: after }),
  });
  return count;
}
