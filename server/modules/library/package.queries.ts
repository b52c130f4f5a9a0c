import { sql } from 'kysely';

import type { PackageSelection } from '../../../contracts/packaging.ts';
import { choose, chosen, isChosen } from '../../platform/dump/dump-rows.ts';
import type { DumpPart } from '../../platform/dump/dump.types.ts';
import type { Db } from '../../platform/db.ts';
import { digestOf } from '../../platform/digest.ts';

const ofChosen = isChosen('resource_id', 'resource');

const types: DumpPart = {
  name: 'types',
  // Every version, with whether it is the one in use.
  from: sql`(select of.*, type.created_at, type.current = of.number as is_current
    from library.resource_type_version as of join library.resource_type as type on type.key = of.type) as version`,
  into: sql.table('library.resource_type_version'),
  fields: {
    type: 'text',
    number: 'integer',
    definition: 'json',
    note: 'text',
    published_by: 'id?',
    published_by_name: 'text',
    published_at: 'instant',
    created_at: 'instant',
    is_current: 'flag',
  },
  order: ['type', 'number'],
};

/** What bytes are; a file in which a virus was found is told of and not carried. */
const files: DumpPart = {
  name: 'files',
  from: sql`(select distinct on (asset.digest) asset.digest, asset.media_type, asset.size, file.infection
    from library.asset left join library.file on file.digest = asset.digest
    where ${isChosen('asset.id', 'asset')} order by asset.digest, asset.id) as stored`,
  fields: { digest: 'text', media_type: 'text', size: 'id', infection: 'text?' },
  order: ['digest'],
};

const assets: DumpPart = {
  name: 'assets',
  from: sql.table('library.asset'),
  fields: {
    id: 'id',
    unit_id: 'id',
    digest: 'text',
    file_name: 'text',
    media_type: 'text',
    size: 'id',
    width: 'integer?',
    height: 'integer?',
    uploaded_by: 'id?',
    uploaded_at: 'instant',
    alt: 'text',
    copyright: 'text',
    source: 'text',
    replaces_id: 'id?',
  },
  order: ['id'],
  among: isChosen('id', 'asset'),
};

const resources: DumpPart = {
  name: 'resources',
  from: sql.table('library.resource'),
  fields: {
    id: 'id',
    unit_id: 'id',
    type: 'text',
    stage: 'text',
    version: 'integer',
    head_revision_id: 'id?',
    live_revision_id: 'id?',
    signed_revision_id: 'id?',
    title: 'text',
    index_number: 'text?',
    first_published_at: 'instant?',
    last_published_at: 'instant?',
    release_at: 'instant?',
    expire_at: 'instant?',
    withdrawn_at: 'instant?',
    withdrawal_reason: 'text?',
    discarded_at: 'instant?',
    imported_from: 'text?',
    created_by: 'id?',
    created_at: 'instant',
    updated_at: 'instant',
    document_number: 'text?',
    open_mode: 'text?',
    validity: 'text?',
    year: 'small?',
    terms: 'texts?',
    live_terms: 'texts?',
    ruling_id: 'id?',
    ruled_validity: 'text?',
    release_held: 'flag',
    taken_down: 'flag',
  },
  order: ['id'],
  among: isChosen('id', 'resource'),
};

const revisions: DumpPart = {
  name: 'revisions',
  from: sql.table('library.revision'),
  fields: {
    id: 'id',
    resource_id: 'id',
    number: 'integer',
    content: 'json',
    digest: 'bytes',
    origin: 'text',
    created_by: 'id?',
    created_by_name: 'text',
    created_at: 'instant',
  },
  order: ['id'],
  among: ofChosen,
  large: true,
  flaw: ({ id, content, digest }) =>
    digestOf(content).toString('hex') === digest ? undefined : `版本${String(id)}的内容与它的摘要不符`,
};

const revisionFiles: DumpPart = {
  name: 'revision-files',
  from: sql.table('library.revision_asset'),
  fields: { revision_id: 'id', asset_id: 'id', role: 'text' },
  order: ['revision_id', 'asset_id', 'role'],
  among: sql<boolean>`revision_id in (select revision.id from library.revision where ${isChosen('revision.resource_id', 'resource')})`,
};

const indexNumbers: DumpPart = {
  name: 'index-numbers',
  from: sql.table('library.index_number'),
  fields: {
    index_number: 'text',
    unit_id: 'id',
    year: 'integer',
    serial: 'integer',
    resource_id: 'id',
    given_at: 'instant',
  },
  order: ['unit_id', 'year', 'serial'],
  among: ofChosen,
};

const indexCounters: DumpPart = {
  name: 'index-counters',
  from: sql.table('library.index_counter'),
  fields: { unit_id: 'id', year: 'integer', last: 'integer' },
  order: ['unit_id', 'year'],
  // Of a unit that has merged into another one only the numbers tell.
  among: sql<boolean>`unit_id in (
    select resource.unit_id from library.resource where ${isChosen('resource.id', 'resource')}
    union select given.unit_id from library.index_number as given where ${isChosen('given.resource_id', 'resource')})`,
};

const relations: DumpPart = {
  name: 'relations',
  from: sql.table('library.relation'),
  fields: { resource_id: 'id', kind: 'text', target_id: 'id', place: 'integer' },
  order: ['resource_id', 'kind', 'target_id'],
  among: sql<boolean>`${ofChosen} and ${isChosen('target_id', 'resource')}`,
};

const otherIfChosen = (column: string) =>
  sql`case when ${isChosen(`ruling.${column}`, 'resource')} then ruling.${sql.ref(column)} end as ${sql.ref(column)}`;

const rulings: DumpPart = {
  name: 'validity-rulings',
  // What is not part of the package is named by no ruling; the basis in words stays.
  from: sql`(select ruling.id, resource_id, validity, validity_before, effective_on, basis,
    ${otherIfChosen('basis_resource_id')}, ${otherIfChosen('replaced_by_id')},
    state, ordered_by, ordered_by_name, ordered_at, settled_by_name, settled_at
    from library.validity_ruling as ruling) as ruled`,
  into: sql.table('library.validity_ruling'),
  fields: {
    id: 'id',
    resource_id: 'id',
    validity: 'text',
    validity_before: 'text?',
    effective_on: 'day',
    basis: 'text',
    basis_resource_id: 'id?',
    replaced_by_id: 'id?',
    state: 'text',
    ordered_by: 'id?',
    ordered_by_name: 'text',
    ordered_at: 'instant',
    settled_by_name: 'text?',
    settled_at: 'instant?',
  },
  order: ['id'],
  among: ofChosen,
};

const correctionNotes: DumpPart = {
  name: 'correction-notes',
  from: sql.table('library.correction_note'),
  fields: {
    id: 'id',
    resource_id: 'id',
    revision_id: 'id',
    note: 'text',
    unit_name: 'text',
    corrected_at: 'instant',
  },
  order: ['id'],
  among: ofChosen,
};

const origins: DumpPart = {
  name: 'origins',
  from: sql.table('library.origin'),
  fields: { resource_id: 'id', instance: 'uuid', source_id: 'text', chain: 'json' },
  order: ['resource_id'],
  among: ofChosen,
};

/** What is derived from these (fingerprints, the text index) is made again where they are brought in. */
export const libraryParts = {
  types,
  files,
  assets,
  resources,
  revisions,
  revisionFiles,
  indexNumbers,
  indexCounters,
  relations,
  rulings,
  correctionNotes,
  origins,
} as const;

/** Resources by type, by unit and by the day on which they were first published, or begun; all for the whole. */
export async function chooseResources(trx: Db, selection: PackageSelection): Promise<void> {
  const conditions = [sql`true`];
  if (selection.types) conditions.push(sql`type = any(${[...selection.types]}::text[])`);
  if (selection.unitIds) conditions.push(isChosen('unit_id', 'unit'));
  const day = sql`(coalesce(first_published_at, created_at) at time zone 'Asia/Shanghai')::date`;
  if (selection.from !== undefined) conditions.push(sql`${day} >= ${selection.from}::date`);
  if (selection.to !== undefined) conditions.push(sql`${day} <= ${selection.to}::date`);
  await choose(
    trx,
    'resource',
    sql`select id from library.resource where ${sql.join(conditions, sql` and `)}`,
  );
}

/** The files of the chosen revisions and what they replaced; for the whole, every file. */
export async function chooseAssets(trx: Db, isWhole: boolean): Promise<void> {
  if (isWhole) {
    await choose(trx, 'asset', sql`select id from library.asset`);
    return;
  }
  await choose(
    trx,
    'asset',
    sql`select asset_id from library.revision_asset join library.revision on revision.id = revision_id
      where ${isChosen('revision.resource_id', 'resource')}`,
  );
  // A file that took the place of another stands on the pages of the other's revisions.
  await choose(
    trx,
    'asset',
    sql`with recursive family (id) as (
        select id from ${chosen('asset')}
        union select case when asset.id = family.id then asset.replaces_id else asset.id end
        from family join library.asset on asset.id = family.id or asset.replaces_id = family.id
      ) select id from family`,
  );
}

/** Whose acts the chosen rows speak of. */
export async function chooseAuthors(trx: Db): Promise<void> {
  const ofRevisions = sql`select created_by from library.revision where ${ofChosen}`;
  const ofResources = sql`select created_by from library.resource where ${isChosen('id', 'resource')}`;
  const ofAssets = sql`select uploaded_by from library.asset where ${isChosen('id', 'asset')}`;
  const ofRulings = sql`select ordered_by from library.validity_ruling where ${ofChosen}`;
  const ofTypes = sql`select published_by from library.resource_type_version`;
  for (const ids of [ofRevisions, ofResources, ofAssets, ofRulings, ofTypes])
    await choose(trx, 'account', ids);
}

/** Relations that a selection cannot carry: their other end is not part of it. */
export async function relationsLeftOut(trx: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from library.relation
    where ${ofChosen} and not ${isChosen('target_id', 'resource')}`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** What the library holds already. */
export async function countLibrary(db: Db): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ resources: boolean; assets: boolean; types: boolean }>`
    select exists (select from library.resource) as resources, exists (select from library.asset) as assets,
      exists (select from library.resource_type) as types`.execute(db);
  const [found] = rows;
  return {
    resources: Number(found?.resources ?? false),
    assets: Number(found?.assets ?? false),
    types: Number(found?.types ?? false),
  };
}
