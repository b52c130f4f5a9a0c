import type { Actor } from '../../../contracts/actor.ts';
import { unitRoles } from '../../../contracts/actor.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { findActors } from '../identity/index.ts';
import { delegatorsOf } from './delegation.queries.ts';
import type { Desk } from './desk.types.ts';

/**
 * In whose place somebody may act today. What a delegator holds by another's delegation is not theirs to pass on:
 * only their own roles come along. Both must be of one unit still, and at work in it.
 */
export async function deskOf({ db, actor, now }: Pick<Reader, 'db' | 'actor' | 'now'>): Promise<Desk> {
  if (!worksInUnit(actor)) return { actor, delegators: [] };
  const ids = await delegatorsOf(db, actor.id, dayInChina(now));
  const delegators = await findActors(db, ids);
  return { actor, delegators: delegators.filter(({ unitId }) => unitId === actor.unitId) };
}

function worksInUnit(actor: Actor): boolean {
  return actor.kind === 'account' && actor.roles.some((role) => unitRoles.some((one) => one === role));
}
