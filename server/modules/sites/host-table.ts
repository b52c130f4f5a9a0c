import type { Db } from '../../platform/db.ts';
import type { HostTable } from '../../platform/page-definition.ts';
import { hostsOf } from './site.rules.ts';
import { allSites } from './site.queries.ts';

/** Host name → where its pages lie, for the public server. */
export async function hostTable(db: Db): Promise<HostTable> {
  return hostsOf(await allSites(db));
}
