import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';

import type { Scope } from '../../../contracts/actor.ts';
import type { ResourceTypeKey, Stage } from '../../../contracts/library.ts';
import { pendingStages } from '../../../contracts/stage.ts';
import type { DB } from '../../platform/database.types.ts';
import type { Db } from '../../platform/db.ts';
import type { Found } from '../fulltext/index.ts';
import { inScope } from '../identity/index.ts';
import { resourcesInScope, type ResourceRow } from './resource.queries.ts';

/** What somebody typed to find a resource, and the beginnings of numbers that it may be. */
export interface TypedText {
  readonly text: string;
  readonly indexNumber: string | null;
  readonly documentNumbers: readonly string[];
}

export interface ResourceFilter {
  readonly stage?: Stage | undefined;
  readonly pending?: boolean | undefined;
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

/** The title holds it, or it begins a number: each of them has an index of its own. */
function waysToMatch({ text, indexNumber, documentNumbers }: TypedText): readonly RawBuilder<boolean>[] {
  const startsWith = (start: string) => `${literal(start)}%`;
  return [
    titleContains(text),
    ...(indexNumber === null
      ? []
      : [sql<boolean>`library.resource.index_number like ${startsWith(indexNumber)}`]),
    ...documentNumbers.map(
      (number) => sql<boolean>`library.resource.document_number like ${startsWith(number)}`,
    ),
  ];
}

/** Any of the ways at once; of many rows that begin alike, each is read for it. */
export function textMatches(text: TypedText): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join([...waysToMatch(text)], sql` or `)})`;
}

function classified<O>(query: Filterable<O>, wishes: ResourceFilter['terms'] = []): Filterable<O> {
  return wishes.reduce(
    (narrowed, terms) => narrowed.where(sql<boolean>`library.resource.terms && ${[...terms]}::text[]`),
    query,
  );
}

function ofStage<O>(query: Filterable<O>, { stage, pending }: ResourceFilter): Filterable<O> {
  const named = stage ? query.where('stage', '=', stage) : query.where('stage', '<>', 'discarded');
  return pending ? named.where('stage', 'in', [...pendingStages]) : named;
}

/** The rows that a filter lets through, save for its text, whatever is read of them. */
function filtered<O>(query: Filterable<O>, filter: ResourceFilter): Filterable<O> {
  let result = ofStage(query, filter);
  if (filter.type) result = result.where('type', '=', filter.type);
  if (filter.unitIds) result = result.where('library.resource.unit_id', 'in', [...filter.unitIds]);
  if (filter.openMode) result = result.where('open_mode', '=', filter.openMode);
  if (filter.validity) result = result.where('validity', '=', filter.validity);
  if (filter.year) result = result.where('year', '=', filter.year);
  result = classified(result, filter.terms);
  if (filter.amongIds) result = result.where(sql<boolean>`library.resource.id in (${filter.amongIds})`);
  if (filter.found)
    result = result.where(filter.found.among('library.resource.id', 'library.resource.head_revision_id'));
  if (filter.updatedFrom) result = result.where('library.resource.updated_at', '>=', filter.updatedFrom);
  if (filter.updatedTo) result = result.where('library.resource.updated_at', '<', filter.updatedTo);
  if (filter.sort === 'published') result = result.where('live_revision_id', 'is not', null);
  return result;
}

/**
 * The rows that a filter lets through, in parts of which each is found by an index of its own. A row that a text matches
 * in more than one way is in more than one of them.
 */
function partsOf(db: Db, scope: Scope, filter: ResourceFilter) {
  const rest = filtered(
    db
      .selectFrom('library.resource')
      .where(inScope(scope, 'library.resource.unit_id'))
      .select(['library.resource.id', sql.ref<Date>(sortColumn(filter)).as('at')]),
    filter,
  );
  return filter.text ? waysToMatch(filter.text).map((matches) => rest.where(matches)) : [rest];
}

type Part = ReturnType<typeof partsOf>[number];

/** Parts put together, each row once. */
const together = (parts: readonly Part[]) =>
  sql<{ id: string; at: Date }>`(${sql.join(
    parts.map((part) => sql`(${part})`),
    sql` union `,
  )})`.as<'found'>('found');

/**
 * The ids of the first rows of the list, in its order or, of few that were found, in that order all the same: those are
 * read and sorted, where going along the list might pass a million others. Only what is in the indexes of the list is
 * asked for, so that PostgreSQL reads no row that it leaves out.
 */
export function firstIds(db: Db, scope: Scope, filter: ResourceFilter, limit: number): RawBuilder<string> {
  const at = sortColumn(filter);
  const { after, order } = filter;
  const compare = order === 'desc' ? sql`<` : sql`>`;
  const firstOf = (part: Part) =>
    (after
      ? part.where(
          sql<boolean>`(${sql.ref(at)}, library.resource.id) ${compare} (${after.at}, ${after.id}::bigint)`,
        )
      : part
    )
      .orderBy(filter.found?.areFew ? sql`${sql.ref(at)} + interval '0'` : at, order)
      .orderBy('library.resource.id', order)
      .limit(limit);
  const firsts = partsOf(db, scope, filter).map(firstOf);
  const ids = db.selectFrom(together(firsts)).select('id');
  return firsts.length === 1
    ? sql<string>`(${ids})`
    : sql<string>`(${ids.orderBy('at', order).orderBy('id', order).limit(limit)})`;
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
    .where(sql<boolean>`library.resource.id in ${firstIds(db, scope, filter, limit)}`)
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
  const parts = partsOf(db, scope, filter).map((part) => part.limit(cap + 1));
  const row = await db
    .selectFrom(together(parts))
    .select((is) => is.fn.countAll<string>().as('number'))
    .executeTakeFirstOrThrow();
  const value = Number(row.number);
  return { value: Math.min(value, cap), capped: value > cap };
}
