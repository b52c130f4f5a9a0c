import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ResourceContent, ResourceTypeKey, Stage } from '../../../contracts/library.ts';
import type { DB } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';
import type { Found } from '../fulltext/index.ts';
import { inScope } from '../identity/index.ts';

export interface ResourceRow {
  readonly id: string;
  readonly unitId: string;
  readonly type: ResourceTypeKey;
  readonly stage: Stage;
  readonly version: number;
  readonly headRevisionId: string | null;
  readonly liveRevisionId: string | null;
  readonly signedRevisionId: string | null;
  readonly title: string;
  readonly indexNumber: string | null;
  readonly firstPublishedAt: Date | null;
  readonly lastPublishedAt: Date | null;
  readonly releaseAt: Date | null;
  readonly expireAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawalReason: string | null;
  readonly createdBy: string | null;
  readonly updatedAt: Date;
  /** The ruling on its validity that is in force, and what it says; null while the revision says it. */
  readonly rulingId: string | null;
  readonly ruledValidity: string | null;
}

export interface RevisionRow {
  readonly id: string;
  readonly resourceId: string;
  readonly number: number;
  readonly content: ResourceContent;
  readonly digest: Buffer;
  readonly origin: string;
  readonly createdBy: string | null;
  readonly createdByName: string;
  readonly createdAt: Date;
}

function resources(db: Db) {
  return db
    .selectFrom('library.resource')
    .select([
      'library.resource.id',
      'library.resource.unit_id as unitId',
      sql<ResourceTypeKey>`library.resource.type`.as('type'),
      sql<Stage>`library.resource.stage`.as('stage'),
      'library.resource.version',
      'library.resource.head_revision_id as headRevisionId',
      'library.resource.live_revision_id as liveRevisionId',
      'library.resource.signed_revision_id as signedRevisionId',
      'library.resource.title',
      'library.resource.index_number as indexNumber',
      'library.resource.first_published_at as firstPublishedAt',
      'library.resource.last_published_at as lastPublishedAt',
      'library.resource.release_at as releaseAt',
      'library.resource.expire_at as expireAt',
      'library.resource.withdrawn_at as withdrawnAt',
      'library.resource.withdrawal_reason as withdrawalReason',
      'library.resource.created_by as createdBy',
      'library.resource.updated_at as updatedAt',
      'library.resource.ruling_id as rulingId',
      'library.resource.ruled_validity as ruledValidity',
    ]);
}

/** Every resource that a person may see: the only way into the table for the console. */
export function resourcesInScope(db: Db, scope: Scope) {
  return resources(db).where(inScope(scope, 'library.resource.unit_id'));
}

export function resourceInScope(db: Db, scope: Scope, id: string): Promise<ResourceRow | undefined> {
  return resourcesInScope(db, scope).where('library.resource.id', '=', id).executeTakeFirst();
}

/** Locks the row: whoever changes a resource waits for whoever is changing it. */
export function resourceForUpdate(db: Db, scope: Scope, id: string): Promise<ResourceRow | undefined> {
  return resourcesInScope(db, scope).where('library.resource.id', '=', id).forUpdate().executeTakeFirst();
}

function revisions(db: Db) {
  return db
    .selectFrom('library.revision')
    .select([
      'id',
      'resource_id as resourceId',
      'number',
      sql<ResourceContent>`content`.as('content'),
      'digest',
      'origin',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
    ]);
}

export function revisionById(db: Db, id: string): Promise<RevisionRow | undefined> {
  return revisions(db).where('id', '=', id).executeTakeFirst();
}

export function revisionByNumber(
  db: Db,
  resourceId: string,
  number: number,
): Promise<RevisionRow | undefined> {
  return revisions(db).where('resource_id', '=', resourceId).where('number', '=', number).executeTakeFirst();
}

export function revisionSummaries(db: Db, resourceId: string) {
  return db
    .selectFrom('library.revision')
    .select([
      'id',
      'number',
      'digest',
      'origin',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
    ])
    .where('resource_id', '=', resourceId)
    .orderBy('number', 'desc')
    .limit(200)
    .execute();
}

/** What revisions say, by the id of the revision. */
export function contentsById(
  db: Db,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, ResourceContent>> {
  return contentsAs(db, revisionIds, sql<ResourceContent>`content`);
}

/** The same without their long texts. */
export function contentsWithoutText(
  db: Db,
  revisionIds: readonly string[],
): Promise<ReadonlyMap<string, ResourceContent>> {
  return contentsAs(db, revisionIds, sql<ResourceContent>`content - '{body,blocks,transcript}'::text[]`);
}

async function contentsAs(
  db: Db,
  revisionIds: readonly string[],
  content: RawBuilder<ResourceContent>,
): Promise<ReadonlyMap<string, ResourceContent>> {
  if (revisionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('library.revision')
    .select(['id', content.as('content')])
    .where('id', '=', sql<string>`any(${[...revisionIds]}::bigint[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, row.content]));
}

/** Who wrote which text of a resource, in the order of writing, up to and with the given revision. */
export function writtenUpTo(db: Db, resourceId: string, revisionId: string) {
  return db
    .selectFrom('library.revision')
    .select(['id', 'digest', 'origin', 'created_by as createdBy'])
    .where('resource_id', '=', resourceId)
    .where('id', '<=', revisionId)
    .orderBy('id')
    .execute();
}

export async function nextRevisionNumber(db: Db, resourceId: string): Promise<number> {
  const row = await db
    .selectFrom('library.revision')
    .select((is) => is.fn.max('number').as('last'))
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return (row?.last ?? 0) + 1;
}

export interface NewRevisionRow {
  readonly resourceId: string;
  readonly number: number;
  readonly content: ResourceContent;
  readonly digest: Buffer;
  readonly origin: 'saved' | 'autosaved' | 'restored' | 'imported';
  readonly createdBy: string | null;
  readonly createdByName: string;
  readonly createdAt: Date;
}

export function insertRevision(db: Db, row: NewRevisionRow): Promise<RevisionRow> {
  return db
    .insertInto('library.revision')
    .values({
      resource_id: row.resourceId,
      number: row.number,
      content: JSON.stringify(row.content),
      digest: row.digest,
      origin: row.origin,
      created_by: row.createdBy,
      created_by_name: row.createdByName,
      created_at: row.createdAt,
    })
    .returning([
      'id',
      'resource_id as resourceId',
      'number',
      sql<ResourceContent>`content`.as('content'),
      'digest',
      'origin',
      'created_by as createdBy',
      'created_by_name as createdByName',
      'created_at as createdAt',
    ])
    .executeTakeFirstOrThrow();
}

/** What somebody typed to find a resource, and the beginnings of numbers that it may be. */
export interface TypedText {
  readonly text: string;
  readonly indexNumber: string | null;
  readonly documentNumbers: readonly string[];
}

export interface ResourceFilter {
  readonly stage?: Stage | undefined;
  readonly openMode?: string | undefined;
  readonly validity?: string | undefined;
  readonly year?: number | undefined;
  /** A query of another module for the only ids that may be shown: what stands in a column. */
  readonly amongIds?: RawBuilder<string> | undefined;
  /** References to terms; each group is one wish, and one term of it is enough. */
  readonly terms?: readonly (readonly string[])[] | undefined;
  readonly type?: ResourceTypeKey | undefined;
  readonly unitIds?: readonly string[] | undefined;
  readonly text?: TypedText | undefined;
  /** What holds some words in its newest text. */
  readonly found?: Found | undefined;
  readonly updatedFrom?: Date | undefined;
  readonly updatedTo?: Date | undefined;
  readonly sort: 'updated' | 'published';
  readonly order: 'asc' | 'desc';
  readonly after?: { readonly at: Date; readonly id: string } | undefined;
}

type Filterable<O> = SelectQueryBuilder<DB, 'library.resource', O>;

/** `%` and `_` in what somebody typed are letters, not wildcards. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
}

/** The pairs find the few rows, the pattern says which of them hold the words in this order. */
function titleContains(text: string): RawBuilder<boolean> {
  const pattern = sql<boolean>`library.resource.title ilike ${`%${literal(text)}%`}`;
  if (text.length < 2) return pattern;
  return sql<boolean>`(${pattern} and library.character_pairs(library.resource.title) @> library.character_pairs(${text}))`;
}

/** The title holds it, or it begins a number. Numbers are asked for only then: with `or` titles take longer. */
export function textMatches({ text, indexNumber, documentNumbers }: TypedText): RawBuilder<boolean> {
  const startsWith = (start: string) => `${literal(start)}%`;
  const matches = [
    titleContains(text),
    ...(indexNumber === null
      ? []
      : [sql<boolean>`library.resource.index_number like ${startsWith(indexNumber)}`]),
    ...documentNumbers.map(
      (number) => sql<boolean>`library.resource.document_number like ${startsWith(number)}`,
    ),
  ];
  return sql<boolean>`(${sql.join(matches, sql` or `)})`;
}

function classified<O>(query: Filterable<O>, wishes: ResourceFilter['terms'] = []): Filterable<O> {
  return wishes.reduce(
    (narrowed, terms) => narrowed.where(sql<boolean>`library.resource.terms && ${[...terms]}::text[]`),
    query,
  );
}

function worded<O>(query: Filterable<O>, { text, found }: ResourceFilter): Filterable<O> {
  const inTitle = text ? query.where(textMatches(text)) : query;
  return found
    ? inTitle.where(found.among('library.resource.id', 'library.resource.head_revision_id'))
    : inTitle;
}

/** The rows that a filter lets through, whatever is read of them. */
export function filtered<O>(query: Filterable<O>, filter: ResourceFilter): Filterable<O> {
  let result = query;
  if (filter.stage) result = result.where('stage', '=', filter.stage);
  else result = result.where('stage', '<>', 'discarded');
  if (filter.type) result = result.where('type', '=', filter.type);
  if (filter.unitIds) result = result.where('library.resource.unit_id', 'in', [...filter.unitIds]);
  if (filter.openMode) result = result.where('open_mode', '=', filter.openMode);
  if (filter.validity) result = result.where('validity', '=', filter.validity);
  if (filter.year) result = result.where('year', '=', filter.year);
  result = classified(result, filter.terms);
  if (filter.amongIds) result = result.where(sql<boolean>`library.resource.id in (${filter.amongIds})`);
  result = worded(result, filter);
  if (filter.updatedFrom) result = result.where('library.resource.updated_at', '>=', filter.updatedFrom);
  if (filter.updatedTo) result = result.where('library.resource.updated_at', '<', filter.updatedTo);
  if (filter.sort === 'published') result = result.where('live_revision_id', 'is not', null);
  return result;
}

/**
 * The ids of the first rows of the list, in its order or, of few that were found, in that order all the same: those are
 * read and sorted, where going along the list might pass a million others. Only what is in the indexes of the list is
 * asked for, so that PostgreSQL reads no row that it leaves out.
 */
export function firstIds(db: Db, scope: Scope, filter: ResourceFilter, limit: number) {
  const at = sortColumn(filter);
  let query = filtered(
    db
      .selectFrom('library.resource')
      .where(inScope(scope, 'library.resource.unit_id'))
      .select('library.resource.id'),
    filter,
  );
  if (filter.after) {
    const compare = filter.order === 'desc' ? sql`<` : sql`>`;
    query = query.where(
      sql<boolean>`(${sql.ref(at)}, library.resource.id) ${compare} (${filter.after.at}, ${filter.after.id}::bigint)`,
    );
  }
  return query
    .orderBy(filter.found?.areFew ? sql`${sql.ref(at)} + interval '0'` : at, filter.order)
    .orderBy('library.resource.id', filter.order)
    .limit(limit);
}

export const sortColumn = ({ sort }: ResourceFilter) =>
  sort === 'published'
    ? ('library.resource.first_published_at' as const)
    : ('library.resource.updated_at' as const);

/** One page of the list by keyset: the cost does not grow with how far one has paged. */
export function resourcePage(
  db: Db,
  scope: Scope,
  filter: ResourceFilter,
  limit: number,
): Promise<ResourceRow[]> {
  return resourcesInScope(db, scope)
    .where('library.resource.id', 'in', firstIds(db, scope, filter, limit))
    .orderBy(sortColumn(filter), filter.order)
    .orderBy('library.resource.id', filter.order)
    .execute();
}

/** Counts no further than `cap`: nobody reads an exact million, and counting it takes seconds. */
export async function cappedCount(
  db: Db,
  scope: Scope,
  filter: ResourceFilter,
  cap: number,
): Promise<{ value: number; capped: boolean }> {
  const some = filtered(
    db.selectFrom('library.resource').where(inScope(scope, 'library.resource.unit_id')).select('id'),
    filter,
  ).limit(cap + 1);
  const row = await db
    .selectFrom(some.as('some'))
    .select((is) => is.fn.countAll<string>().as('number'))
    .executeTakeFirstOrThrow();
  const value = Number(row.number);
  return { value: Math.min(value, cap), capped: value > cap };
}
