import type { Db } from '../../platform/db.ts';
import { splitOf } from './carry-out-split.ts';
import { renamingOf } from './carry-out-renaming.ts';
import type { ReorganizationRow } from './reorganization.queries.ts';
import { requireMergeable } from './require-mergeable.ts';
import { requireRenamable } from './require-renamable.ts';
import { requireSplittable } from './require-splittable.ts';

/** What was planned can still be done. */
export async function requireFeasible(db: Db, row: ReorganizationRow): Promise<void> {
  if (row.kind === 'renaming') await requireRenamable(db, renamingOf(row));
  else if (row.kind === 'split') await requireSplittable(db, { unitId: row.successorId, ...splitOf(row) });
  else await requireMergeable(db, row);
}
