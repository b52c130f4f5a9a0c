import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { ResourceContent, ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { labelContents } from './label-content.queries.ts';
import type { LiveResource } from './live.queries.ts';

/**
 * What of the published resources somebody outside may see. Every statement that shows resources through the exchange
 * goes through `inView`.
 */
export interface OpenView {
  /** Null: of all units. */
  readonly unitIds: readonly string[] | null;
  /** Null: of every type. */
  readonly types: readonly ResourceTypeKey[] | null;
  /** What others know of where a resource is shown, as a condition on its id. */
  readonly also: (resourceId: RawBuilder<string>) => RawBuilder<SqlBool>;
}

/** The condition that keeps a statement inside a view; `alias` is what it calls the resources. */
export function inView(view: OpenView, alias: string): RawBuilder<SqlBool> {
  const { unitIds, types } = view;
  const conditions = [
    view.also(sql.ref(`${alias}.id`)),
    ...(unitIds === null ? [] : [sql`${sql.ref(`${alias}.unit_id`)} = any(${[...unitIds]}::bigint[])`]),
    ...(types === null ? [] : [sql`${sql.ref(`${alias}.type`)} = any(${[...types]}::text[])`]),
  ];
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

export interface OpenFilter {
  readonly ids?: readonly string[] | undefined;
  readonly unitId?: string | undefined;
  readonly type?: ResourceTypeKey | undefined;
  readonly publishedFrom?: Date | undefined;
  readonly publishedTo?: Date | undefined;
  readonly updatedFrom?: Date | undefined;
  readonly updatedTo?: Date | undefined;
  /** Days of the document itself, `YYYY-MM-DD`, both included. */
  readonly writtenFrom?: string | undefined;
  readonly writtenTo?: string | undefined;
  readonly validity?: string | undefined;
  readonly indexNumber?: string | undefined;
  readonly documentNumber?: string | undefined;
}

/** A published resource without what can be long. */
export interface OpenResourceRow extends LiveResource {
  readonly revisionNumber: number;
  /** SHA-256 of the revision's content, in hexadecimal. */
  readonly digest: string;
}

export interface OpenOrder {
  readonly sort: 'published' | 'updated';
  readonly order: 'asc' | 'desc';
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
}

function conditionsOf(filter: OpenFilter): RawBuilder<unknown>[] {
  const equal: [string, unknown][] = [
    ['resource.unit_id', filter.unitId],
    ['resource.type', filter.type],
    ['resource.index_number', filter.indexNumber],
    ['resource.document_number', filter.documentNumber],
  ];
  const instants: [string, '>=' | '<', Date | undefined][] = [
    ['resource.first_published_at', '>=', filter.publishedFrom],
    ['resource.first_published_at', '<', filter.publishedTo],
    ['resource.last_published_at', '>=', filter.updatedFrom],
    ['resource.last_published_at', '<', filter.updatedTo],
  ];
  const days: ['>=' | '<=', string | undefined][] = [
    ['>=', filter.writtenFrom],
    ['<=', filter.writtenTo],
  ];
  return [
    ...(filter.ids === undefined ? [] : [sql`resource.id = any(${[...filter.ids]}::bigint[])`]),
    ...equal.flatMap(([column, value]) => (value === undefined ? [] : [sql`${sql.ref(column)} = ${value}`])),
    ...instants.flatMap(([column, compare, value]) =>
      value === undefined ? [] : [sql`${sql.ref(column)} ${sql.raw(compare)} ${value}`],
    ),
    // Days in one form compare as texts do; an empty one is none.
    ...days.flatMap(([compare, value]) =>
      value === undefined
        ? []
        : [sql`nullif(revision.content ->> 'writtenOn', '') ${sql.raw(compare)} ${value}`],
    ),
    ...(filter.validity === undefined
      ? []
      : [sql`coalesce(resource.ruled_validity, revision.content ->> 'validity') = ${filter.validity}`]),
  ];
}

/** Published resources in the view, by keyset. Bodies are left out: a page of a list stays small. */
export async function openResources(
  db: Db,
  view: OpenView,
  filter: OpenFilter,
  page: OpenOrder & { readonly limit: number },
): Promise<readonly OpenResourceRow[]> {
  const at = sql.ref(
    page.sort === 'published' ? 'resource.first_published_at' : 'resource.last_published_at',
  );
  const direction = sql.raw(page.order);
  const conditions = [sql`resource.live_revision_id is not null`, inView(view, 'resource')];
  conditions.push(...conditionsOf(filter));
  if (page.after) {
    const compare = sql.raw(page.order === 'desc' ? '<' : '>');
    conditions.push(sql`(${at}, resource.id) ${compare} (${page.after.at}, ${page.after.id}::bigint)`);
  }
  const { rows } = await sql<Omit<OpenResourceRow, 'terms'>>`
    select resource.id, resource.unit_id as "unitId", index_number.unit_id as "issuerId", resource.type, revision.id as "revisionId",
      revision.number as "revisionNumber", encode(revision.digest, 'hex') as digest,
      library.ruled_content(revision.content, resource.ruling_id) - '{body,blocks,transcript}'::text[] as content,
      resource.index_number as "indexNumber",
      resource.first_published_at as "firstPublishedAt", resource.last_published_at as "lastPublishedAt",
      resource.imported_from is not null as "isImported"
    from library.resource join library.revision on revision.id = resource.live_revision_id
    join library.index_number on index_number.resource_id = resource.id
    where ${sql.join(conditions, sql` and `)}
    order by ${at} ${direction}, resource.id ${direction} limit ${page.limit}`.execute(db);
  return labelContents(db, rows);
}

/** Which of the resources are published and in the view. */
export async function openIds(db: Db, view: OpenView, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select resource.id from library.resource
    where resource.live_revision_id is not null and resource.id = any(${[...ids]}::bigint[])
      and ${inView(view, 'resource')}`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** The whole content of a live revision. */
export async function contentOfRevision(db: Db, revisionId: string): Promise<ResourceContent | undefined> {
  const { rows } = await sql<{ content: ResourceContent }>`
    select content from library.revision where id = ${revisionId}::bigint`.execute(db);
  return rows[0]?.content;
}

/** By what a published resource is told from what it was: its text, the ruling in force, its terms. */
export interface LiveState {
  readonly id: string;
  readonly digest: string;
  readonly rulingId: string | null;
  readonly terms: readonly string[];
}

export async function liveStates(db: Db, ids: readonly string[]): Promise<readonly LiveState[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<LiveState>`
    select resource.id, encode(revision.digest, 'hex') as digest, resource.ruling_id as "rulingId",
      coalesce(resource.live_terms, '{}') as terms
    from library.resource join library.revision on revision.id = resource.live_revision_id
    where resource.id = any(${[...ids]}::bigint[])`.execute(db);
  return rows;
}

/** The whole contents of revisions as rulings in force say them, without what only this platform can show. */
export async function contentsOfRevisions(
  db: Db,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, ResourceContent>> {
  const { rows } = await sql<{ id: string; content: ResourceContent }>`
    select revision.id,
      library.ruled_content(revision.content, resource.ruling_id) - '{blocks,siteId}'::text[] as content
    from library.revision join library.resource on resource.id = revision.resource_id
    where revision.id = any(${[...revisionIds]}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.content]));
}

/** What of the published resources in the view names each of these, the newest first, at most so many of each. */
export async function openNaming(
  db: Db,
  view: OpenView,
  ids: readonly string[],
  limit: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; by: readonly string[] }>`
    select target.id, array(
      select distinct resource.id from library.relation join library.resource on resource.id = relation.resource_id
      where relation.target_id = target.id and resource.live_revision_id is not null
        and ${inView(view, 'resource')}
      order by resource.id desc limit ${limit})::text[] as by
    from unnest(${[...ids]}::bigint[]) as target (id)`.execute(db);
  return new Map(rows.map((row) => [row.id, row.by]));
}
