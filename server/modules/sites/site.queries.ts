import { sql } from 'kysely';

import type { SiteTheme } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';

export type SiteState = 'preparing' | 'testing' | 'online' | 'offline' | 'closed';

export interface SiteRow {
  readonly id: string;
  readonly unitId: string;
  readonly key: string;
  readonly name: string;
  readonly shortName: string;
  readonly isPortal: boolean;
  readonly state: SiteState;
  readonly description: string;
  readonly domains: readonly string[];
  readonly identityCode: string;
  readonly icpNumber: string;
  readonly policeNumber: string;
  readonly organiser: string;
  readonly contact: string;
  readonly address: string;
  readonly theme: SiteTheme;
  readonly demonstration: boolean;
  readonly version: number;
}

function sites(db: Db) {
  return db.selectFrom('sites.site').select((is) => [
    'sites.site.id',
    'unit_id as unitId',
    'key',
    'name',
    'short_name as shortName',
    'is_portal as isPortal',
    sql<SiteState>`state`.as('state'),
    'description',
    is
      .selectFrom('sites.site_domain')
      .select(sql<string[]>`coalesce(array_agg(domain order by is_primary desc, domain), '{}')`.as('domains'))
      .whereRef('sites.site_domain.site_id', '=', 'sites.site.id')
      .as('domains'),
    'identity_code as identityCode',
    'icp_number as icpNumber',
    'police_number as policeNumber',
    'organiser',
    'contact',
    'address',
    sql<SiteTheme>`theme`.as('theme'),
    'demonstration',
    'version',
  ]);
}

type Selected = Omit<SiteRow, 'domains'> & { readonly domains: readonly string[] | null };
const complete = (row: Selected): SiteRow => ({ ...row, domains: row.domains ?? [] });

/** Every site, the portal first: there are some sixty, and every page needs to know its siblings. */
export async function allSites(db: Db): Promise<readonly SiteRow[]> {
  const rows = await sites(db).orderBy('is_portal', 'desc').orderBy('id').execute();
  return rows.map(complete);
}

export async function siteById(db: Db, id: string): Promise<SiteRow | undefined> {
  const row = await sites(db).where('sites.site.id', '=', id).executeTakeFirst();
  return row && complete(row);
}

export async function siteForUpdate(db: Db, id: string): Promise<SiteRow | undefined> {
  const row = await sites(db).where('sites.site.id', '=', id).forUpdate().executeTakeFirst();
  return row && complete(row);
}

/** The facts of a site that its operator may change; what is undefined stays. */
export type SiteTexts = {
  readonly [
    Name in
      | 'name'
      | 'shortName'
      | 'description'
      | 'organiser'
      | 'contact'
      | 'address'
      | 'icpNumber'
      | 'policeNumber'
  ]?: string | undefined;
} & { readonly theme?: SiteTheme | undefined };

export async function updateSite(db: Db, site: SiteRow, change: SiteTexts): Promise<void> {
  await db
    .updateTable('sites.site')
    .set({
      name: change.name,
      short_name: change.shortName,
      description: change.description,
      organiser: change.organiser,
      contact: change.contact,
      address: change.address,
      icp_number: change.icpNumber,
      police_number: change.policeNumber,
      theme: change.theme && JSON.stringify(change.theme),
      version: site.version + 1,
    })
    .where('id', '=', site.id)
    .execute();
}

/** Host name → site id, for the public server. */
export async function hostTable(db: Db): Promise<Readonly<Record<string, string>>> {
  const rows = await db
    .selectFrom('sites.site_domain')
    .innerJoin('sites.site', 'sites.site.id', 'sites.site_domain.site_id')
    .select(['domain', 'site_id'])
    .where('state', 'in', ['online', 'offline', 'testing'])
    .orderBy('domain')
    .execute();
  return Object.fromEntries(rows.map((row) => [row.domain, row.site_id]));
}
