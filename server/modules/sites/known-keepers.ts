import type { Reader } from '../../platform/http.ts';
import { accountsById, type AccountSummary, unitsInScope } from '../identity/index.ts';
import type { NamedUnit } from './catalogue-table.ts';
import type { KnownKeepers } from './keeper.rules.ts';
import type { SiteRow } from './site.queries.ts';
import { canAssign } from './sites.policy.ts';

/** All units of the district: there are some sixty, and their names are on their sites. */
export async function districtUnits({ db }: Pick<Reader, 'db'>): Promise<readonly NamedUnit[]> {
  return unitsInScope(db, { kind: 'all' });
}

/** What entries of a site may name, for somebody who writes them. */
export async function knownKeepers(
  { db, actor }: Pick<Reader, 'db' | 'actor'>,
  site: SiteRow,
  personIds: readonly string[],
): Promise<KnownKeepers> {
  const units = await districtUnits({ db });
  const people: ReadonlyMap<string, AccountSummary> = await accountsById(db, personIds);
  return {
    units: new Map(units.map((unit) => [unit.id, unit])),
    people,
    isAssignable: (unitId) => canAssign(actor, site, unitId),
  };
}
