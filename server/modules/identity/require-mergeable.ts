import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { requireOpenUnit } from './require-unit.ts';
import { lockUnitTree, unitsBelow } from './unit.queries.ts';

export interface Merger {
  readonly unitIds: readonly string[];
  readonly successorId: string;
}

/**
 * All of them are open, and the successor is none of those that end, nor below one. Asked when it is planned, when it is
 * confirmed and when it begins: the tree may change in between, and stands still from here to the end of the transaction.
 */
export async function requireMergeable(db: Db, { unitIds, successorId }: Merger): Promise<void> {
  await lockUnitTree(db);
  for (const id of [...unitIds, successorId]) await requireOpenUnit(db, id);
  for (const id of unitIds) {
    // The successor itself is among those below itself.
    if ((await unitsBelow(db, id)).includes(successorId)) {
      throw new AppError(
        'invalid',
        'identity.reorganization-impossible',
        '承接单位不能是被撤并的单位，也不能是它的下级单位；请先把承接单位移到别处。',
      );
    }
  }
}
