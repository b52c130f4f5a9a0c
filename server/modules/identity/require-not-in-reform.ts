import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { areInReform } from './reorganization.queries.ts';

/** Of one unit one thing at a time: a second plan would be made on what the first is about to change. */
export async function requireNotInReform(db: Db, unitIds: readonly string[]): Promise<void> {
  if (!(await areInReform(db, unitIds))) return;
  throw new AppError(
    'conflict',
    'identity.reorganization-impossible',
    '其中有单位已在另一项未完成的机构改革中，请等它完成或取消。',
  );
}
