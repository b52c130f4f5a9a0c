import { type RawBuilder, sql, type SqlBool } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import { openToAll, type ResourceTypeKey } from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { inScope } from '../identity/index.ts';
import { textMatches, type TypedText } from './resource-list.queries.ts';

export interface PublishedRow {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly title: string;
  readonly documentNumber: string | null;
  readonly firstPublishedAt: Date;
}

export interface PublishedFilter {
  readonly type?: ResourceTypeKey | undefined;
  readonly text?: TypedText | undefined;
  readonly ids?: readonly string[] | undefined;
}

const liveTitle: RawBuilder<string> = sql<string>`library.revision.content ->> 'title'`;

/**
 * What is public of any unit, by what citizens read of it: the words of a newer draft find nothing and are not shown.
 * No scope, because nothing here is hidden from anybody.
 */
export function publishedResources(
  db: Db,
  filter: PublishedFilter,
  limit: number,
): Promise<readonly PublishedRow[]> {
  return narrowed(db, filter).limit(limit).execute();
}

/** Published resources as a filter lets them through, newest first. */
function narrowed(db: Db, filter: PublishedFilter) {
  let query = db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      liveTitle.as('title'),
      sql<string | null>`library.revision.content ->> 'documentNumber'`.as('documentNumber'),
      sql<Date>`library.resource.first_published_at`.as('firstPublishedAt'),
    ]);
  if (filter.type) query = query.where('library.resource.type', '=', filter.type);
  if (filter.ids) {
    query = query.where('library.resource.id', '=', sql<string>`any(${[...filter.ids]}::bigint[])`);
  }
  if (filter.text) {
    const { text } = filter.text;
    query = query
      .where(textMatches(filter.text))
      .where(
        sql<boolean>`(strpos(lower(${liveTitle}), lower(${text})) > 0 or strpos(library.revision.content ->> 'documentNumber', ${filter.text.documentNumbers.at(-1) ?? text}) = 1)`,
      );
  }
  return query.orderBy('library.resource.first_published_at', 'desc').orderBy('library.resource.id', 'desc');
}

export interface ReusableView {
  /** The units of the one who asks: their own is placed, not reused. */
  readonly scope: Scope;
  /** What others know of whether citizens can open a resource, as a condition on its id. */
  readonly isShown: (resourceId: RawBuilder<string>) => RawBuilder<SqlBool>;
}

export interface ReusableFilter extends PublishedFilter {
  readonly unitId?: string | undefined;
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
}

/**
 * What of other units may be shown by reference: public to everybody, open to citizens now, and of a type that has a
 * page of its own anywhere. The only place where that is said.
 */
export function reusableResources(
  db: Db,
  { scope, isShown }: ReusableView,
  filter: ReusableFilter,
  limit: number,
): Promise<readonly PublishedRow[]> {
  let query = narrowed(db, filter)
    .where(sql<SqlBool>`not ${inScope(scope, 'library.resource.unit_id')}`)
    .where('library.resource.type', 'not in', [...composedTypes])
    .where(isOpenToAll)
    .where(isShown(sql.ref('library.resource.id')));
  if (filter.unitId) query = query.where('library.resource.unit_id', '=', filter.unitId);
  if (filter.after) {
    const { at, id } = filter.after;
    query = query.where(
      sql<SqlBool>`(library.resource.first_published_at, library.resource.id) < (${at}, ${id}::bigint)`,
    );
  }
  return query.limit(limit).execute();
}

/** Nearly all are. Of a plain equation PostgreSQL believes that one in two hundred is, and would read all to find them. */
const isOpenToAll = sql<SqlBool>`case
  when coalesce(nullif(library.revision.content ->> 'openMode', ''), ${openToAll}) = ${openToAll} then true
  else false end`;

/** Those of the resources of which everybody may read what is live. */
export async function openToAllAmong(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('library.resource')
    .innerJoin('library.revision', 'library.revision.id', 'library.resource.live_revision_id')
    .select('library.resource.id')
    .where('library.resource.id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .where(isOpenToAll)
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** They are made for the site they stand on. */
const composedTypes = ['home', 'topic'] as const;

/** Whoever shows or stops showing a resource waits for whoever is changing it. Answers whose it is. */
export async function lockWhatever(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('library.resource')
    .select('unit_id')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.unit_id;
}

/** Whether a resource, by its id, is of the units of a scope. */
export function isOfScope(scope: Scope, resourceId: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from library.resource where library.resource.id = ${sql.ref(resourceId)}
    and ${inScope(scope, 'library.resource.unit_id')})`;
}

/** What a content may name: whether it is there, of which type, whose, and whether it was ever public. */
export async function namableResources(db: Db, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, never>();
  const rows = await db
    .selectFrom('library.resource')
    .select([
      'id',
      'unit_id as unitId',
      sql<ResourceTypeKey>`type`.as('type'),
      sql<boolean>`first_published_at is not null`.as('wasPublic'),
    ])
    .where('id', '=', sql<string>`any(${[...ids]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whose resources are. */
export async function unitsOf(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map([...(await namableResources(db, ids))].map(([id, { unitId }]) => [id, unitId]));
}
