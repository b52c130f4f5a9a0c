import type { NewTransfer } from '../../../contracts/interaction.ts';
import { defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { unitsById } from '../identity/index.ts';
import { storeTransfer } from './change-correction.queries.ts';
import { lockCorrection, requireVersion } from './find-correction.ts';
import { requireAction } from './interaction.policy.ts';

export interface TransferInput extends NewTransfer {
  readonly correctionId: string;
}

/** Hands a correction to the unit whose matter it is. Who hands it on may not see it any more. */
export const transferCorrection = defineCommand<TransferInput, { unitName: string }>(
  'interaction.transfer-correction',
  ({ correctionId, unitId }) => ({ kind: 'correction', id: correctionId, details: { toUnitId: unitId } }),
  async (ctx, { correctionId, expectedVersion, unitId, reason: given }) => {
    const row = await lockCorrection(ctx, correctionId);
    requireAction(ctx.actor, row, 'transfer');
    requireVersion(row, expectedVersion);
    const unit = (await unitsById(ctx.db, [unitId])).get(unitId);
    const reason = given.trim();
    if (!unit || unit.closed || unitId === row.unitId || reason === '') {
      throw new AppError('invalid', 'interaction.unit-unfit', '请选择另一个在册的单位，并写明转办原因。');
    }
    await storeTransfer(ctx.db, {
      id: row.id,
      fromUnitId: row.unitId,
      toUnitId: unitId,
      reason,
      by: ctx.actor.id,
      byName: ctx.actor.name,
      at: ctx.now,
    });
    return { unitName: unit.name };
  },
);
