import { escalatedByName } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import { findActors, holdersOf, roleHoldersOver } from '../identity/index.ts';
import type { CalledReview } from './call.queries.ts';

/** So many are told at once; nobody is responsible where everybody is. */
const mostPeople = 20;

/**
 * Who is told that a step is overdue: the people whom it names, else the nearest principals of the unit, unless it is
 * they who are asked. Where that leaves nobody in use, the operators.
 */
export async function escalationPeople(
  db: Db,
  { chain, step, unitId }: Pick<CalledReview, 'chain' | 'step' | 'unitId'>,
): Promise<readonly string[]> {
  const asked = chain[step];
  if (!asked) return [];
  const named = (await findActors(db, escalatedByName(asked))).map(({ id }) => id);
  if (named.length > 0) return named;
  const asksPrincipals = asked.role === 'principal' && asked.unitId === undefined;
  if (!asked.escalateTo && !asksPrincipals) {
    const principals = await roleHoldersOver(db, [unitId], ['principal']);
    const nearest = principals.filter((one) => one.nearest).map(({ accountId }) => accountId);
    if (nearest.length > 0) return nearest.slice(0, mostPeople);
  }
  return (await holdersOf(db, 'operator')).slice(0, mostPeople);
}
