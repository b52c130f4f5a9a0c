import { AppError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import {
  createFacetColumns,
  type FacetColumns,
  facetColumns,
  type Facets,
  facetsOf,
} from './facet-columns.ts';
import type { Generation, GenerationStore } from './generation.ts';
import { highlightText, snippetOf } from './highlight.ts';
import { scoringText } from './lance-table.ts';
import { planQuery, type QueryPlan } from './query-plan.ts';
import { scoreCandidates } from './ranking.ts';
import {
  filterOf,
  findNumber,
  findRows,
  type Found,
  fullTextQuery,
  type Mode,
  takeRows,
} from './retrieval.ts';
import { sampleStatistics } from './sample-statistics.ts';
import type { TermStatistics } from './term-statistics.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { SearchAnswer, SearchHit, SearchQuery } from './types.ts';
import { type CountedPage, countPages } from './count-pages.ts';

export const countedAtMost = 10_000;
const candidatesPerTable = 24;
const titleCandidates = 12;
/** With fewer pages that hold every word, those that hold most of them are shown as well. */
const fewPages = 3;
const somePages = 500;
/** Of the best page's weight, what a page that holds only some words must reach. */
const leastShare = 0.45;
const day = 86_400_000;
const timeWindows = [30 * day, 180 * day, 2 * 365 * day, 10 * 365 * day];

interface Entry extends CountedPage {
  readonly rowId: bigint;
  readonly isRecent: boolean;
  /** Weight by the engine, as a share of the best in its table. */
  readonly share: number;
  readonly holdsAll: boolean;
}

interface Snapshot {
  readonly generation: Generation;
  readonly facets: FacetColumns;
  readonly statistics: () => Promise<TermStatistics>;
}

interface Search {
  readonly snapshot: Snapshot;
  readonly plan: QueryPlan;
  readonly query: SearchQuery;
}

interface Matches {
  readonly entries: readonly Entry[];
  /** What is worth a closer look, from titles and numbers, beyond the best entries. */
  readonly favoured: ReadonlySet<Entry>;
  readonly numbers: ReadonlySet<Entry>;
  readonly capped: boolean;
  readonly matched: Mode;
}

class StaleRead extends Error {}

type RowReading = Map<Entry, Readonly<Record<string, unknown>>>;

export interface Searcher {
  answer(query: SearchQuery): Promise<SearchAnswer>;
}

interface TableMatches {
  readonly body: readonly Entry[];
  readonly title: readonly Entry[];
  readonly number: readonly Entry[];
}

/** One table's matches, with their facets. */
async function matchTable(
  search: Search,
  isRecent: boolean,
  mode: Mode,
  since: number | null,
): Promise<TableMatches> {
  const { generation, facets } = search.snapshot;
  const table = isRecent ? generation.recent : generation.main;
  const filter = filterOf(search.query, since);
  const limit = mode === 'all' ? countedAtMost + 1 : somePages;
  const find = async (column: string, most: number): Promise<Found[]> => {
    const text = fullTextQuery(search.plan, mode, column);
    return text ? findRows(table, text, { filter, limit: most }) : [];
  };
  const number = search.plan.documentNumber;
  const [body, title, numbered] = await Promise.all([
    find('bodyTokens', limit),
    find('titleTokens', titleCandidates),
    number === null || mode === 'some' ? [] : findNumber(table, number, filter),
  ]);
  const best = body.reduce((most, one) => Math.max(most, one.score), 0) || 1;
  const kept = mode === 'all' ? body : body.filter((one) => one.score >= leastShare * best);
  const all = new Map([...numbered, ...title, ...kept].map((one) => [one.rowId, one]));
  const ids = [...all.keys()];
  const known = isRecent ? await recentFacets(search.snapshot.generation, ids) : await facets.facetsFor(ids);
  const entries = new Map<bigint, Entry>();
  ids.forEach((rowId, i) => {
    const facet = known[i];
    // A row that another process compacted away between the two reads: the retry sees it in its new place.
    if (!facet) throw new StaleRead();
    const share = (all.get(rowId)?.score ?? 0) / best;
    entries.set(rowId, { ...facet, rowId, isRecent, share, holdsAll: mode === 'all' });
  });
  const pick = (found: readonly Found[]): Entry[] =>
    found.map((one) => entries.get(one.rowId)).filter((entry) => entry !== undefined);
  return { body: pick(kept), title: pick(title), number: pick(numbered) };
}

async function recentFacets(generation: Generation, ids: readonly bigint[]): Promise<(Facets | undefined)[]> {
  const rows = await takeRows(generation.recent, ids, facetColumns);
  return ids.map((id) => {
    const row = rows.get(id);
    return row && facetsOf(row);
  });
}

/** The large table strictly before the small one: a page on its way from one to the other is then seen. */
async function matchBoth(search: Search, mode: Mode, since: number | null): Promise<TableMatches> {
  const main = await matchTable(search, false, mode, since);
  const recent = await matchTable(search, true, mode, since);
  return {
    body: [...main.body, ...recent.body],
    title: [...main.title, ...recent.title],
    number: [...main.number, ...recent.number],
  };
}

/** When more pages match than are counted, the newest must still come first: look at recent times only. */
async function matchNewest(search: Search, wanted: number): Promise<TableMatches | undefined> {
  for (const window of timeWindows) {
    const found = await matchBoth(search, 'all', Date.now() - window);
    if (found.body.length > countedAtMost) return undefined;
    if (found.body.length >= wanted) return found;
  }
  return undefined;
}

async function matchPages(search: Search): Promise<Matches> {
  const all = await matchBoth(search, 'all', null);
  const isCapped = all.body.length > countedAtMost;
  const favoured = new Set([...all.title, ...all.number]);
  const numbers = new Set(all.number);
  let entries = [...new Set([...all.number, ...all.body, ...all.title])];
  if (entries.length >= fewPages || search.plan.any.length < 2) {
    if (isCapped && search.query.order === 'time') {
      const newest = await matchNewest(search, search.query.page * search.query.size);
      if (newest) entries = [...newest.body];
    }
    return { entries, favoured, numbers, capped: isCapped, matched: 'all' };
  }
  const some = await matchBoth(search, 'some', null);
  const seen = new Set(entries.map((entry) => `${entry.isRecent}${entry.rowId}`));
  const others = some.body.filter((entry) => !seen.has(`${entry.isRecent}${entry.rowId}`));
  const matched = entries.length > 0 ? 'all' : 'some';
  entries = [...entries, ...others];
  return { entries, favoured, numbers, capped: false, matched };
}

const rowColumns = [
  'key',
  'url',
  'kind',
  'site',
  'siteName',
  'unit',
  'unitName',
  'documentNumber',
  'publishedAt',
  'title',
  'summary',
  'body',
];

async function readEntries(snapshot: Snapshot, entries: readonly Entry[], into: RowReading): Promise<void> {
  const wanted = entries.filter((entry) => !into.has(entry));
  const from = async (isRecent: boolean): Promise<void> => {
    const chosen = wanted.filter((entry) => entry.isRecent === isRecent);
    const table = isRecent ? snapshot.generation.recent : snapshot.generation.main;
    const rows = await takeRows(
      table,
      chosen.map((entry) => entry.rowId),
      rowColumns,
    );
    for (const entry of chosen) {
      const row = rows.get(entry.rowId);
      if (!row) throw new StaleRead();
      into.set(entry, row);
    }
  };
  await Promise.all([from(false), from(true)]);
}

function bestOf(entries: readonly Entry[], isRecent: boolean): Entry[] {
  return entries
    .filter((entry) => entry.isRecent === isRecent)
    .sort(
      (a, b) => Number(b.holdsAll) - Number(a.holdsAll) || b.share - a.share || b.publishedAt - a.publishedAt,
    )
    .slice(0, candidatesPerTable);
}

/** The engine nominates, our own score decides among the nominated; the rest follow in the engine's order. */
async function orderByRelevance(search: Search, matches: Matches, rows: RowReading): Promise<Entry[]> {
  const pool = [
    ...new Set([...bestOf(matches.entries, false), ...bestOf(matches.entries, true), ...matches.favoured]),
  ];
  await readEntries(search.snapshot, pool, rows);
  const scores = scoreCandidates(
    pool.map((entry) => {
      const row = rows.get(entry);
      const title = scoringText(row?.['title'] as string);
      return {
        title,
        text: title + scoringText(`${row?.['summary'] as string} ${row?.['body'] as string}`),
        publishedAt: entry.publishedAt,
        isNumberMatch: matches.numbers.has(entry),
      };
    }),
    search.plan,
    await search.snapshot.statistics(),
  );
  const scored = new Map(pool.map((entry, i) => [entry, scores[i] ?? 0]));
  const placeOf = (entry: Entry): number => scored.get(entry) ?? entry.share - 10;
  // A topic of a few words is held by the right page; of a question some page may hold every word by chance.
  const isTopic = search.plan.words.length <= 3;
  return [...matches.entries].sort(
    (a, b) =>
      (isTopic ? Number(b.holdsAll) - Number(a.holdsAll) : 0) ||
      placeOf(b) - placeOf(a) ||
      b.publishedAt - a.publishedAt,
  );
}

function hitOf(row: Readonly<Record<string, unknown>>, plan: QueryPlan): SearchHit {
  const field = (name: string): string => row[name] as string;
  const number = field('documentNumber');
  return {
    key: field('key'),
    url: field('url'),
    kind: field('kind'),
    site: field('site'),
    siteName: field('siteName'),
    unit: field('unit'),
    unitName: field('unitName'),
    documentNumber: number === '' ? null : number,
    publishedAt: new Date(Number(row['publishedAt'])),
    title: highlightText(field('title'), plan.marks),
    snippet: snippetOf(field('body') || field('summary'), plan.marks),
  };
}

async function answerOnce(search: Search): Promise<SearchAnswer> {
  const { query, plan } = search;
  const matches = await matchPages(search);
  const rows: RowReading = new Map();
  const ordered =
    query.order === 'time'
      ? [...matches.entries].sort((a, b) => b.publishedAt - a.publishedAt)
      : await orderByRelevance(search, matches, rows);
  const first = (query.page - 1) * query.size;
  const shown = ordered.slice(first, first + query.size);
  await readEntries(search.snapshot, shown, rows);
  const hits = new Map<string, SearchHit>();
  for (const entry of shown) {
    const row = rows.get(entry);
    // While a page moves from one table to the other both hold it; the recent row is the newer one.
    if (row && (entry.isRecent || !hits.has(row['key'] as string))) {
      hits.set(row['key'] as string, hitOf(row, plan));
    }
  }
  const total = Math.min(matches.entries.length, countedAtMost);
  return {
    total,
    capped: matches.capped,
    matched: matches.matched,
    hits: [...hits.values()],
    ...countPages(matches.entries.slice(0, countedAtMost)),
  };
}

export function createSearcher(store: GenerationStore, tokenizer: Tokenizer, log: Log): Searcher {
  let last: Snapshot | undefined;

  async function takeSnapshot(): Promise<Snapshot> {
    const generation = await store.current();
    if (last?.generation !== generation) {
      last = {
        generation,
        facets: createFacetColumns(generation.main),
        statistics: sampleStatistics(generation),
      };
    }
    return last;
  }

  async function answer(query: SearchQuery): Promise<SearchAnswer> {
    const plan = planQuery(query.q, tokenizer);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await answerOnce({ snapshot: await takeSnapshot(), plan, query });
      } catch (cause) {
        if (attempt < 5) continue;
        if (!(cause instanceof StaleRead)) log.error({ err: cause }, 'search index cannot be read');
        throw new AppError('unavailable', 'search.index-unavailable', '检索服务正在恢复，请稍后再试。', {
          cause,
        });
      }
    }
  }

  return { answer };
}
