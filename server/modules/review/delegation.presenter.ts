import type { Delegation } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Reader } from '../../platform/http.ts';
import { type DelegationRow, delegationsBetween, delegationsOf } from './delegation.queries.ts';

const mostShown = 100;
/** As far ahead as anything can have been delegated. */
const endOfDays = '9999-12-31';

export function presentDelegation({ revokedAt, ...row }: DelegationRow, now: Date): Delegation {
  return { ...row, state: stateOf({ ...row, revokedAt }, now), createdAt: row.createdAt.toISOString() };
}

function stateOf(
  { revokedAt, startsOn, endsOn }: Pick<DelegationRow, 'revokedAt' | 'startsOn' | 'endsOn'>,
  now: Date,
): Delegation['state'] {
  const today = dayInChina(now);
  if (revokedAt) return 'revoked';
  if (endsOn < today) return 'over';
  return startsOn > today ? 'coming' : 'running';
}

/** All that the reader delegated and was delegated. */
export async function listDelegations({ db, actor, now }: Reader) {
  const side = async (which: 'account_id' | 'delegate_id'): Promise<Delegation[]> =>
    (await delegationsOf(db, which, actor.id, mostShown)).map((row) => presentDelegation(row, now));
  return { given: await side('account_id'), received: await side('delegate_id') };
}

/** What of it holds today or will. */
export async function delegationsAt({ db, actor, now }: Reader): Promise<Delegation[]> {
  const rows = await delegationsBetween(db, [actor.id], dayInChina(now), endOfDays);
  return rows.map((row) => presentDelegation(row, now));
}
