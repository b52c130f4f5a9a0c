import type { Unit } from '../../../contracts/identity.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { findUnitForUpdate } from './unit.queries.ts';

/** Locked until the end of the transaction, so that it is not closed meanwhile. */
export async function requireUnit(db: Db, id: string): Promise<Unit> {
  const unit = await findUnitForUpdate(db, id);
  if (unit) return unit;
  throw new AppError('not-found', 'identity.unit-not-found', '没有这个单位。');
}

export async function requireOpenUnit(db: Db, id: string): Promise<Unit> {
  const unit = await requireUnit(db, id);
  if (!unit.closed) return unit;
  throw new AppError('invalid', 'identity.unit-closed', '这个单位已撤销，不能再添加下级单位或人员。');
}
