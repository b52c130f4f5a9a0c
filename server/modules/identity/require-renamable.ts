import type { Unit } from '../../../contracts/identity.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { isNameTaken, lastRenamedAt } from './former-name.queries.ts';
import { requireUnit } from './require-unit.ts';

export interface Renaming {
  readonly unitId: string;
  readonly newName: string;
  readonly newShortName: string;
  readonly startsAt: Date;
}

function refuse(message: string): never {
  throw new AppError('invalid', 'identity.renaming-impossible', message);
}

/**
 * The unit is open, the name is new to it and nobody else's, and the day is later than its last renaming. Asked when it
 * is planned, when it is confirmed and when it begins. The unit stays locked to the end of the transaction.
 */
export async function requireRenamable(db: Db, wanted: Renaming): Promise<Unit> {
  const unit = await requireUnit(db, wanted.unitId);
  if (unit.closed) refuse('这个单位已撤销，不能更名。');
  if (wanted.newName === unit.name) refuse('新名称与现在的名称相同。');
  if (await isNameTaken(db, unit.id, wanted.newName)) refuse('已有另一个单位使用这个名称。');
  const last = await lastRenamedAt(db, unit.id);
  if (last !== undefined && last >= wanted.startsAt) refuse('生效日须晚于这个单位上一次更名的日期。');
  return unit;
}
