import { sql } from 'kysely';

import { choose, chosen, isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart, LoadStep } from '../../platform/dump/dump.types.ts';
import { insertRows, settleIds, updateRows } from '../../platform/dump/load-rows.ts';
import type { Db } from '../../platform/db.ts';
import { jointReleaseMembers, jointReleases, takeDowns } from './joint-package.queries.ts';
import { columnLinks, columnWriters, mappingMatches, mappingRules } from './ways-package.queries.ts';

const ofChosen = isChosen('resource_id', 'resource');

const siteFields = {
  id: 'id',
  unit_id: 'id',
  key: 'text',
  name: 'text',
  short_name: 'text',
  is_portal: 'flag',
  state: 'text',
  description: 'text',
  identity_code: 'text',
  icp_number: 'text',
  police_number: 'text',
  organiser: 'text',
  contact: 'text',
  address: 'text',
  theme: 'json',
  demonstration: 'flag',
  version: 'integer',
  notice: 'text',
  state_since: 'instant',
  changed_at: 'instant',
} as const;

const sites: DumpPart = {
  name: 'sites',
  // A home page that is not part of the package is none.
  from: sql`(select ${sql.join(Object.keys(siteFields).map((column) => sql.ref(column)))},
    case when ${isChosen('home_resource_id', 'resource')} then home_resource_id end as home_resource_id
    from sites.site) as site`,
  into: sql.table('sites.site'),
  fields: { ...siteFields, home_resource_id: 'id?' },
  order: ['id'],
};

const domains: DumpPart = {
  name: 'domains',
  from: sql.table('sites.site_domain'),
  fields: { domain: 'text', site_id: 'id', is_primary: 'flag' },
  order: ['domain'],
};

const columns: DumpPart = {
  name: 'columns',
  from: sql.table('sites.column'),
  fields: {
    id: 'id',
    site_id: 'id',
    parent_id: 'id?',
    unit_id: 'id',
    name: 'text',
    slug: 'text',
    path: 'text',
    kind: 'text',
    description: 'text',
    keywords: 'text',
    update_days: 'integer?',
    update_months: 'integer?',
    update_event: 'text?',
    position: 'integer',
    in_navigation: 'flag',
    home_position: 'integer?',
    hidden_when_empty: 'flag',
    reprint_sources: 'texts',
    correction_required: 'flag',
    closed_at: 'instant?',
    last_sequence: 'id',
    version: 'integer',
    display: 'text',
    created_at: 'instant',
  },
  order: ['id'],
};

const responsibilityEntries: DumpPart = {
  name: 'responsibility-entries',
  from: sql.table('sites.responsibility_entry'),
  fields: {
    id: 'id',
    column_id: 'id',
    responsible_id: 'id?',
    contact_id: 'id?',
    requirement: 'text',
    ways: 'texts',
    unit_ids: 'ids',
    version: 'integer',
  },
  order: ['id'],
};

const responsibilityPast: DumpPart = {
  name: 'responsibility-past',
  from: sql.table('sites.responsibility_past'),
  fields: { column_id: 'id', until: 'instant', state: 'json' },
  order: ['column_id', 'until'],
};

const mappings: DumpPart = {
  name: 'mappings',
  from: sql.table('sites.mapping'),
  fields: { column_id: 'id', source_column_id: 'id' },
  order: ['column_id', 'source_column_id'],
};

const addresses: DumpPart = {
  name: 'addresses',
  from: sql.table('sites.address'),
  fields: { resource_id: 'id', site_id: 'id', column_id: 'id', path: 'text' },
  order: ['resource_id'],
  among: ofChosen,
};

const reuses: DumpPart = {
  name: 'reuses',
  from: sql.table('sites.reuse'),
  fields: {
    id: 'id',
    resource_id: 'id',
    column_id: 'id',
    made_by_name: 'text',
    made_at: 'instant',
    ended_at: 'instant?',
    ended_by_name: 'text?',
    end_reason: 'text?',
  },
  order: ['id'],
  among: ofChosen,
};

const reuseAddresses: DumpPart = {
  name: 'reuse-addresses',
  from: sql.table('sites.reuse_address'),
  fields: { site_id: 'id', resource_id: 'id', column_id: 'id', path: 'text' },
  order: ['site_id', 'resource_id'],
  among: ofChosen,
};

const placements: DumpPart = {
  name: 'placements',
  from: sql.table('sites.placement'),
  fields: {
    id: 'id',
    column_id: 'id',
    resource_id: 'id',
    is_main: 'flag',
    title_override: 'text?',
    pinned_until: 'instant?',
    visible_from: 'instant?',
    visible_until: 'instant?',
    created_at: 'instant',
    reuse_id: 'id?',
    mapping_rule_id: 'id?',
  },
  order: ['id'],
  among: ofChosen,
};

const listings: DumpPart = {
  name: 'listings',
  from: sql.table('sites.listing'),
  fields: {
    column_id: 'id',
    sequence: 'id',
    resource_id: 'id',
    via_column_id: 'id?',
    title_override: 'text?',
    pinned_until: 'instant?',
    listed_at: 'instant',
  },
  order: ['column_id', 'sequence'],
  among: ofChosen,
};

const topics: DumpPart = {
  name: 'topics',
  from: sql.table('sites.topic'),
  fields: {
    resource_id: 'id',
    unit_id: 'id',
    keeper_id: 'id?',
    ends_on: 'day?',
    written_ends_on: 'day?',
    ended: 'flag',
    version: 'integer',
  },
  left: { id: 'given anew where it is brought in' },
  order: ['resource_id'],
  among: ofChosen,
};

const urgentNotices: DumpPart = {
  name: 'urgent-notices',
  from: sql.table('sites.urgent_notice'),
  fields: {
    id: 'id',
    resource_id: 'id',
    level: 'text',
    text: 'text',
    reason: 'text?',
    raised_by: 'text',
    raised_by_name: 'text',
    raised_at: 'instant',
    until: 'instant?',
    ended_at: 'instant?',
    ended_by_name: 'text?',
    end_reason: 'text?',
  },
  order: ['id'],
  among: ofChosen,
};

export const siteParts = {
  sites,
  domains,
  columns,
  responsibilityEntries,
  responsibilityPast,
  mappings,
  mappingRules,
  columnLinks,
  columnWriters,
  addresses,
  reuses,
  reuseAddresses,
  mappingMatches,
  placements,
  listings,
  topics,
  urgentNotices,
  jointReleases,
  jointReleaseMembers,
  takeDowns,
} as const;

const simple = (part: DumpPart, table?: string): LoadStep => ({
  name: part.name,
  part,
  load: ({ db }, rows) => insertRows(db, part, rows),
  ...(table === undefined ? {} : { end: ({ db }) => settleIds(db, table) }),
});

/** What resources are put into. */
export const siteSteps: readonly LoadStep[] = [
  simple(sites, 'sites.site'),
  simple(domains),
  {
    name: 'columns',
    part: columns,
    // A column may hang under a younger one.
    load: ({ db }, rows) => insertRows(db, columns, rows, { without: ['parent_id'] }),
    end: ({ db }) => settleIds(db, 'sites.column'),
  },
  {
    name: 'column-tree',
    part: columns,
    load: ({ db }, rows) => updateRows(db, columns, rows, ['parent_id']),
  },
  simple(responsibilityEntries, 'sites.responsibility_entry'),
  simple(responsibilityPast),
  simple(mappings),
  simple(mappingRules, 'sites.mapping_rule'),
  simple(columnLinks),
  simple(columnWriters),
];

/** Addresses come before listings: what is listed on a site that is online counts as shown there. */
export const placementSteps: readonly LoadStep[] = [
  simple(addresses),
  simple(reuses, 'sites.reuse'),
  simple(reuseAddresses),
  simple(mappingMatches),
  simple(placements, 'sites.placement'),
  simple(topics),
  simple(listings),
  simple(urgentNotices, 'sites.urgent_notice'),
  simple(jointReleases, 'sites.joint_release'),
  simple(jointReleaseMembers, 'sites.joint_release_member'),
  simple(takeDowns, 'sites.take_down'),
];

/**
 * Of the chosen resources those that their own units placed on one of these sites, or that are its home page. What a site
 * shows of others by reference is theirs.
 */
export async function keepPlacedOn(trx: Db, siteIds: readonly string[]): Promise<void> {
  const wanted = sql`any(${[...siteIds]}::bigint[])`;
  await sql`delete from ${chosen('resource')} as one
    where not exists (
      select from sites.placement join sites.column on "column".id = placement.column_id
      where placement.resource_id = one.id and placement.reuse_id is null
        and placement.mapping_rule_id is null and "column".site_id = ${wanted})
    and not exists (select from sites.site where home_resource_id = one.id and site.id = ${wanted})`.execute(
    trx,
  );
}

/** Logos and banners. */
export async function choosePictures(trx: Db): Promise<void> {
  await choose(
    trx,
    'asset',
    sql`select (theme ->> field)::bigint from sites.site
      cross join unnest(array['logoAssetId', 'bannerAssetId']) as field`,
  );
}

export async function chooseAnnouncers(trx: Db): Promise<void> {
  await choose(
    trx,
    'account',
    sql`select raised_by::bigint from sites.urgent_notice where raised_by ~ '^[1-9][0-9]{0,17}$' and ${ofChosen}`,
  );
}

/** Whom the catalogue names or named (columns always go whole, and what is said of them with them), and who looks after topics. */
export async function chooseKeepers(trx: Db): Promise<void> {
  await choose(
    trx,
    'account',
    sql`select unnest(array[responsible_id, contact_id]) from sites.responsibility_entry
      union select unnest(array[state ->> 'responsibleId', state ->> 'contactId'])::bigint from sites.responsibility_past
      union select keeper_id from sites.topic where ${ofChosen}`,
  );
}

export async function countSites(db: Db): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ sites: number }>`select count(*)::integer as sites from sites.site`.execute(
    db,
  );
  return { sites: rows[0]?.sites ?? 0 };
}

/** What an instance is called: its portal, or its first site. */
export async function portalName(db: Db): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from sites.site order by is_portal desc, id limit 1`.execute(db);
  return rows[0]?.name ?? null;
}
