import type { Unit } from '../../../contracts/identity.ts';
import type { Db } from '../../platform/db.ts';
import type { Reader } from '../../platform/http.ts';
import { unitsInScope } from './unit.queries.ts';
import { canSeeAllUnits } from './unit.policy.ts';
import { inTreeOrder } from './unit.rules.ts';

/** Every unit, in display order; what to show of it to whom is the caller's business. */
export async function unitTree(db: Db): Promise<readonly Unit[]> {
  return inTreeOrder(await unitsInScope(db, { kind: 'all' }));
}

export async function listUnits({ db, actor }: Reader): Promise<readonly Unit[]> {
  return inTreeOrder(await unitsInScope(db, canSeeAllUnits(actor) ? { kind: 'all' } : actor.scope));
}
