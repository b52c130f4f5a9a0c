import type { OpenQuery, OpenResource } from '../../../contracts/open-exchange.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { openResources, type OpenFilter } from '../library/index.ts';
import { answerSearch, type SearchIndex, type SearchWithin } from '../search/index.ts';
import type { PublicBase } from '../sites/index.ts';
import { isShown } from '../sites/index.ts';
import type { KeyView } from './key-view.ts';
import { readHitsCursor, readListCursor, writeHitsCursor, writeListCursor } from './open-cursor.rules.ts';
import { fieldsIn } from './open-fields.rules.ts';
import { presentOpen, type Showing, textOf } from './open-resource.presenter.ts';

export interface OpenReading {
  readonly db: Db;
  readonly base: PublicBase;
  /** Opened when the first words are asked for. */
  readonly index: () => Pick<SearchIndex, 'query'>;
}

export interface OpenPage {
  readonly items: OpenResource[];
  readonly nextCursor: string | null;
}

const defaultLimit = 20;
/** The index pages no further, and nobody reads on: a narrower question finds more. */
const mostHits = 1_000;
const hitsPerPage = 50;

function filterOf(query: OpenQuery): OpenFilter {
  const instant = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  return {
    unitId: query.unitId,
    type: query.type,
    publishedFrom: instant(query.publishedFrom),
    publishedTo: instant(query.publishedTo),
    updatedFrom: instant(query.updatedFrom),
    updatedTo: instant(query.updatedTo),
    writtenFrom: query.writtenFrom,
    writtenTo: query.writtenTo,
    validity: query.validity,
    indexNumber: query.indexNumber,
    documentNumber: query.documentNumber,
  };
}

/** The view, narrowed to a column that was asked for: what lies outside of the key's columns stays outside. */
function inColumn(view: KeyView, columnId: string | undefined): KeyView {
  if (columnId === undefined) return view;
  const columnIds = view.columnIds?.includes(columnId) === false ? [] : [columnId];
  return { ...view, now: { ...view.now, also: (id) => isShown(id, columnIds) } };
}

/** A page of published resources that a key may see. */
export async function listOpenResources(
  reading: OpenReading,
  view: KeyView,
  query: OpenQuery,
): Promise<OpenPage> {
  const showing: Showing = { ...reading, view, fields: fieldsIn(query.fields) };
  if (query.q !== undefined) return findHits(reading, showing, query, query.q);
  const limit = query.limit ?? defaultLimit;
  const { sort = 'published', order = 'desc', cursor } = query;
  const after = cursor === undefined ? undefined : readListCursor(cursor, sort, order);
  const rows = await openResources(reading.db, inColumn(view, query.columnId).now, filterOf(query), {
    sort,
    order,
    after,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const at = sort === 'published' ? last?.firstPublishedAt : last?.lastPublishedAt;
  return {
    items: await presentOpen(showing, shown),
    nextCursor: rows.length > limit && last && at ? writeListCursor(sort, order, { at, id: last.id }) : null,
  };
}

/** What the index may look at. The database decides again, whatever the index says. */
function withinOf(view: KeyView, { unitId, columnId }: OpenQuery): SearchWithin {
  const columns = columnId === undefined ? view.columnIds : [columnId];
  return {
    units: unitId === undefined ? view.unitIds : [unitId],
    facts: columns === null ? null : columns.map((id) => `column:${id}`),
  };
}

async function findHits(
  { db, index }: OpenReading,
  showing: Showing,
  query: OpenQuery,
  q: string,
): Promise<OpenPage> {
  if (query.sort === 'updated' || query.order === 'asc') {
    const message = '检索结果按相关度排列，或用 sort=published 按发布时间从新到旧排列。';
    throw new AppError('invalid', 'exchange.sort-wrong', message);
  }
  const size = Math.min(query.limit ?? defaultLimit, hitsPerPage);
  const page = query.cursor === undefined ? 1 : readHitsCursor(query.cursor);
  const lastPage = Math.min(50, Math.ceil(mostHits / size));
  if (page > lastPage) return { items: [], nextCursor: null };
  const words = new URLSearchParams({
    q,
    scope: 'all',
    page: String(page),
    size: String(size),
    order: query.sort === 'published' ? 'time' : 'relevance',
  });
  const answer = await answerSearch(index(), words, null, withinOf(showing.view, query));
  const ids = answer.hits.map((hit) => hit.key.slice(hit.key.indexOf('/') + 1));
  const view = inColumn(showing.view, query.columnId).now;
  const filter = { ...filterOf(query), ids };
  const rows = await openResources(db, view, filter, { sort: 'published', order: 'desc', limit: size });
  const found = new Map((await presentOpen(showing, rows)).map((one) => [one.id, one]));
  const hasMore = page < lastPage && page * size < answer.total;
  return {
    items: ids.flatMap((id) => found.get(id) ?? []),
    nextCursor: hasMore ? writeHitsCursor(page + 1) : null,
  };
}

/** One published resource; what the key may not see does not exist for it. */
export async function getOpenResource(
  reading: OpenReading,
  view: KeyView,
  { id, fields: wanted }: { readonly id: string; readonly fields: string | undefined },
): Promise<OpenResource> {
  const fields = fieldsIn(wanted);
  if (wanted !== undefined && fields?.has('text') === true && !view.fullText) throw fullTextWithheld();
  const [row] = await openResources(
    reading.db,
    view.now,
    { ids: [id] },
    { sort: 'published', order: 'desc', limit: 1 },
  );
  const [shown] = row ? await presentOpen({ ...reading, view, fields }, [row]) : [];
  if (!row || !shown) {
    throw new AppError('not-found', 'exchange.resource-not-found', '没有这条信息，或者不在密钥的范围内。');
  }
  const withText = view.fullText && (fields?.has('text') ?? true);
  return withText ? { ...shown, text: await textOf(reading.db, row.revisionId) } : shown;
}

export const fullTextWithheld = (): AppError =>
  new AppError('forbidden', 'exchange.full-text-withheld', '这个密钥只能读取元数据，不能读取正文和文件。');
