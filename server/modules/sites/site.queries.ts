import { sql } from 'kysely';

import type { SiteState, SiteTheme } from '../../../contracts/sites.ts';
import type { Db } from '../../platform/db.ts';

export interface SiteRow {
  readonly id: string;
  readonly unitId: string;
  readonly key: string;
  readonly name: string;
  readonly shortName: string;
  readonly isPortal: boolean;
  readonly state: SiteState;
  readonly stateSince: Date;
  readonly notice: string;
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
  /** The live resource that is its home page; null: composed from the columns by itself. */
  readonly homeResourceId: string | null;
  /** When an operator last saved it. */
  readonly changedAt: Date;
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
    'state_since as stateSince',
    'notice',
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
    'home_resource_id as homeResourceId',
    'changed_at as changedAt',
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

/** Sites of a unit that name it as their organiser, in order of id; locked. */
export async function sitesOrganisedBy(
  db: Db,
  of: {
    readonly unitId: string;
    readonly organiser: string;
    readonly after: string;
    readonly limit: number;
  },
): Promise<readonly SiteRow[]> {
  const rows = await sites(db)
    .where('sites.site.unit_id', '=', of.unitId)
    .where('sites.site.organiser', '=', of.organiser)
    .where('sites.site.id', '>', of.after)
    .orderBy('sites.site.id')
    .limit(of.limit)
    .forUpdate()
    .execute();
  return rows.map(complete);
}

export async function countOrganisedBy(db: Db, unitId: string, organiser: string): Promise<number> {
  const { count } = await db
    .selectFrom('sites.site')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('unit_id', '=', unitId)
    .where('organiser', '=', organiser)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Everything of a site that its operator decides. */
export type SiteRecord = Omit<SiteRow, 'id' | 'version' | 'domains' | 'homeResourceId' | 'changedAt'>;

const columnsOf = (site: Omit<SiteRecord, 'unitId' | 'key' | 'isPortal' | 'demonstration'>) => ({
  name: site.name,
  short_name: site.shortName,
  state: site.state,
  state_since: site.stateSince,
  notice: site.notice,
  description: site.description,
  identity_code: site.identityCode,
  icp_number: site.icpNumber,
  police_number: site.policeNumber,
  organiser: site.organiser,
  contact: site.contact,
  address: site.address,
  theme: JSON.stringify(site.theme),
});

/** The new site's id; undefined when another site has its key, or is the portal that it wants to be. */
export async function insertSite(db: Db, site: SiteRecord): Promise<string | undefined> {
  const row = await db
    .insertInto('sites.site')
    .values({
      ...columnsOf(site),
      unit_id: site.unitId,
      key: site.key,
      is_portal: site.isPortal,
      demonstration: site.demonstration,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

export async function updateSite(db: Db, site: SiteRow): Promise<void> {
  await db
    .updateTable('sites.site')
    .set({ ...columnsOf(site), version: site.version + 1, changed_at: site.changedAt })
    .where('id', '=', site.id)
    .execute();
}

/** Gives a site exactly these host names, the first as the main one; answers those that another site has. */
export async function replaceDomains(
  db: Db,
  siteId: string,
  domains: readonly string[],
): Promise<readonly string[]> {
  await db.deleteFrom('sites.site_domain').where('site_id', '=', siteId).execute();
  if (domains.length === 0) return [];
  const given = await db
    .insertInto('sites.site_domain')
    .values(domains.map((domain, index) => ({ domain, site_id: siteId, is_primary: index === 0 })))
    // One that another operator gives to another site at this moment is waited for, and then seen.
    .onConflict((conflict) => conflict.doNothing())
    .returning('domain')
    .execute();
  const got = new Set(given.map((row) => row.domain));
  return domains.filter((domain) => !got.has(domain));
}

/** Resources whose address is on a site, live or withdrawn. */
export async function resourcesAddressedOn(db: Db, siteId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('sites.address')
    .select('resource_id')
    .where('site_id', '=', siteId)
    .orderBy('resource_id')
    .execute();
  return rows.map((row) => row.resource_id);
}
