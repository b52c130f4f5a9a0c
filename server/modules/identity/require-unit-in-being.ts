import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { successorNow } from './reorganization.queries.ts';

/** Nothing new is made for a unit that was merged into another one. */
export async function requireUnitInBeing(db: Db, unitId: string): Promise<void> {
  if ((await successorNow(db, unitId)) === null) return;
  throw new AppError('conflict', 'identity.unit-merged', '这个单位已经撤并，请以承接单位的名义办理。');
}
