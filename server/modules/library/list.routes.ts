import type { RawBuilder } from 'kysely';

import {
  type FacetQuery,
  type Facets,
  type FacetValue,
  libraryApi,
  type ResourceQuery,
  stageNames,
} from '../../../contracts/library.ts';
import type { Db } from '../../platform/db.ts';
import { dispositionOf } from '../../platform/documents/sheet-file.ts';
import type { Reader, Routes } from '../../platform/http.ts';
import { readTimeCursor, writeTimeCursor } from '../../platform/time-cursor.ts';
import { createRowFinder, type Question, questionOf, type RowFinder } from '../fulltext/index.ts';
import { unitNames } from '../identity/index.ts';
import { countFacets, type FacetColumn } from './facet.queries.ts';
import { currentTypes } from './find-type.ts';
import { forgetView, keepView } from './keep-view.ts';
import { countUnindexed } from './index-texts.ts';
import { excerptsOf } from './list-excerpts.ts';
import { listedValues } from './list-values.ts';
import { presentSummary } from './resource.presenter.ts';
import { cappedCount, type ResourceFilter, resourcePage } from './resource-list.queries.ts';
import type { ResourceRow } from './resource.queries.ts';
import { viewsOf } from './saved-view.queries.ts';
import { countTerms, termWishes } from './term-facets.ts';
import { typedNumber } from './typed-number.rules.ts';
import { writeList } from './write-list.ts';

/** What the sites know of columns, which the library does not. */
export interface PlacedIn {
  /** A query for the ids of the resources that are placed in the column. */
  readonly idsIn: (columnId: string) => RawBuilder<string>;
  /** How many of the resources are placed in each column, the most frequent first. */
  readonly countByColumn: (db: Db, resourceIds: readonly string[]) => Promise<readonly FacetValue[]>;
}

/** Nobody reads past a thousand; the count stops there and says so. */
const countCap = 1000;
/** Facets are counted among so many: enough to choose by, and the same cost however large the library is. */
const facetCap = 5000;
/** Of what is found by its words each row costs more: the words are looked for in it. */
const foundFacetCap = 1000;
const mostValues = 100;

const dateOf = (text: string | undefined): Date | undefined =>
  text === undefined ? undefined : new Date(text);

/** What is looked for in texts; undefined where titles and numbers are asked for, or the words are too few for more. */
function questionIn({ q = '', searchIn, stage }: FacetQuery): Question | undefined {
  // Texts in the bin are not in the index.
  if (searchIn !== 'text' || stage === 'discarded') return undefined;
  // An index number stands in no text.
  if (/[/-]/.test(typedNumber(q).indexNumber ?? '')) return undefined;
  return questionOf(q);
}

/** What lists are made with. */
interface Lister {
  readonly placed: PlacedIn | undefined;
  readonly finder: RowFinder;
}

/** A query, understood. */
interface Wish {
  readonly filter: ResourceFilter;
  readonly question: Question | undefined;
}

async function wishOf(db: Db, query: ResourceQuery, { placed, finder }: Lister): Promise<Wish> {
  const text = query.q?.trim() ?? '';
  const question = questionIn(query);
  const filter: ResourceFilter = {
    stage: query.stage,
    pending: query.pending,
    type: query.type,
    unitIds: query.unitId === undefined ? undefined : [query.unitId],
    openMode: query.openMode,
    validity: query.validity,
    year: query.year,
    terms: await termWishes(db, query),
    amongIds: query.columnId === undefined ? undefined : placed?.idsIn(query.columnId),
    text: text === '' || question ? undefined : { text, ...typedNumber(text) },
    found: question && (await finder.find(db, question)),
    updatedFrom: dateOf(query.updatedFrom),
    updatedTo: dateOf(query.updatedTo),
    sort: query.sort ?? 'updated',
    order: query.order ?? 'desc',
    after: query.cursor === undefined ? undefined : readTimeCursor(query.cursor, 'library.cursor-wrong'),
  };
  return { filter, question };
}

/** Where the next page begins; null when there is none. */
function cursorAfter(last: ResourceRow | undefined, sort: ResourceFilter['sort']): string | null {
  const at = sort === 'published' ? last?.firstPublishedAt : last?.updatedAt;
  return last && at ? writeTimeCursor({ at, id: last.id }) : null;
}

async function listResources(reader: Reader, query: ResourceQuery, lister: Lister) {
  const { filter, question } = await wishOf(reader.db, query, lister);
  const limit = query.limit ?? 20;
  const { scope } = reader.actor;
  const rows = await resourcePage(reader.db, scope, filter, limit + 1);
  const shown = rows.slice(0, limit);
  const names = await unitNames(reader.db, [...new Set(shown.map((row) => row.unitId))]);
  const listed = query.type === undefined ? undefined : await listedValues(reader.db, query.type, shown);
  const excerpts = question && (await excerptsOf(reader.db, shown, question));
  // What the first page said stands for those after it.
  const unindexed = question && query.cursor === undefined ? await countUnindexed(reader.db) : 0;
  return {
    items: shown.map((row) => ({
      ...presentSummary(row, names.get(row.unitId) ?? ''),
      ...(listed === undefined ? {} : { listed: listed.get(row.id) ?? [] }),
      ...excerpts?.get(row.id),
    })),
    nextCursor: rows.length > limit ? cursorAfter(shown.at(-1), filter.sort) : null,
    count: await cappedCount(reader.db, scope, filter, countCap),
    ...(unindexed > 0 ? { unindexed } : {}),
  };
}

async function listFacets(reader: Reader, query: FacetQuery, lister: Lister): Promise<Facets> {
  const { placed } = lister;
  const { filter } = await wishOf(reader.db, query, lister);
  const { ids, counts, terms, capped } = await countFacets(
    reader.db,
    reader.actor.scope,
    filter,
    filter.text || filter.found ? foundFacetCap : facetCap,
  );
  const of = (facet: FacetColumn): readonly { value: string; number: number }[] =>
    counts
      .filter((one) => one.facet === facet)
      .map(({ value, number }) => ({ value, number }))
      .sort((a, b) => b.number - a.number)
      .slice(0, mostValues);
  const units = await unitNames(
    reader.db,
    of('unit_id').map((one) => one.value),
  );
  const named = (facet: FacetColumn, nameOf: (value: string) => string): FacetValue[] =>
    of(facet).map((one) => ({ ...one, name: nameOf(one.value) }));
  const itself = (value: string): string => value;
  const types = new Map((await currentTypes(reader.db)).map((type) => [type.key as string, type.name]));
  return {
    unitId: named('unit_id', (id) => units.get(id) ?? ''),
    type: named('type', (key) => types.get(key) ?? key),
    stage: named('stage', (key) => (stageNames as Readonly<Record<string, string>>)[key] ?? key),
    openMode: named('open_mode', itself),
    validity: named('validity', itself),
    year: named('year', (year) => `${year}年`).sort((a, b) => Number(b.value) - Number(a.value)),
    ...(await countTerms(reader.db, terms, mostValues)),
    columnId: placed ? [...(await placed.countByColumn(reader.db, ids))].slice(0, mostValues) : [],
    capped,
  };
}

/** The list of resources, what it can be narrowed by, and the filters that people keep. */
export function listRoutes(placed: PlacedIn | undefined): Routes {
  const lister: Lister = { placed, finder: createRowFinder() };
  return (mount, { perform, consult }) => {
    mount(libraryApi.listResources, ({ caller, query }) =>
      consult(caller, 'library.list-resources', (reader) => listResources(reader, query, lister)),
    );
    mount(libraryApi.listFacets, ({ caller, query }) =>
      consult(caller, 'library.list-facets', (reader) => listFacets(reader, query, lister)),
    );
    mount(libraryApi.downloadList, async ({ caller, query, reply }) => {
      const file = await consult(caller, 'library.download-list', async (reader) => {
        const { filter } = await wishOf(reader.db, query, lister);
        return writeList(reader, { type: query.type, filter });
      });
      return reply.type(file.mediaType).header('content-disposition', dispositionOf(file)).send(file.content);
    });
    mount(libraryApi.listViews, ({ caller }) =>
      consult(caller, 'library.list-views', async ({ db, actor }) => [...(await viewsOf(db, actor.id))]),
    );
    mount(libraryApi.keepView, ({ caller, body }) => perform(caller, keepView, body));
    mount(libraryApi.forgetView, ({ caller, params }) => perform(caller, forgetView, params));
  };
}
