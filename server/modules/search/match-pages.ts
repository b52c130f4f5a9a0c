import { createFacetColumns, type FacetColumns } from './facet-columns.ts';
import type { Generation } from './generation.ts';
import type { QueryPlan } from './query-plan.ts';
import {
  allRows,
  filterOf,
  findNumber,
  findRows,
  type FoundRows,
  fullTextQuery,
  type Mode,
  noRows,
} from './retrieval.ts';
import { sampleStatistics } from './sample-statistics.ts';
import type { TermStatistics } from './term-statistics.ts';
import type { SearchQuery } from './search.types.ts';

export const countedAtMost = 10_000;
const titleCandidates = 12;
/** With fewer pages that hold every word, those that hold most of them are shown as well. */
const fewPages = 3;
const somePages = 500;
/** Of the best page's weight, what a page that holds only some words must reach. */
const leastShare = 0.45;
const day = 86_400_000;
const timeWindows = [30 * day, 180 * day, 2 * 365 * day, 10 * 365 * day];

/** A row seen in one read is gone in the next: it was compacted or changed meanwhile. A new search finds it. */
export class StaleRead extends Error {}

export interface Snapshot {
  readonly generation: Generation;
  readonly mainFacets: FacetColumns;
  readonly recentFacets: FacetColumns;
  readonly statistics: () => Promise<TermStatistics>;
}

export interface Search {
  readonly snapshot: Snapshot;
  readonly plan: QueryPlan;
  readonly query: SearchQuery;
}

/** Matches in one table. */
export interface MatchSet {
  readonly isRecent: boolean;
  readonly holdsAll: boolean;
  /** Best first. */
  readonly body: FoundRows;
  /** Worth a closer look because of their titles. */
  readonly title: FoundRows;
  readonly number: FoundRows;
}

export interface Matches {
  readonly sets: readonly MatchSet[];
  readonly capped: boolean;
  readonly matched: Mode;
}

export function takeSnapshotOf(generation: Generation): Snapshot {
  return {
    generation,
    mainFacets: createFacetColumns(generation.main, true),
    recentFacets: createFacetColumns(generation.recent, false),
    statistics: sampleStatistics(generation),
  };
}

export const facetsOf = (snapshot: Snapshot, set: { readonly isRecent: boolean }): FacetColumns =>
  set.isRecent ? snapshot.recentFacets : snapshot.mainFacets;

function keepFirst(rows: FoundRows, count: number): FoundRows {
  return count >= rows.ids.length
    ? rows
    : { ids: rows.ids.slice(0, count), scores: rows.scores.slice(0, count) };
}

function withoutWeak(rows: FoundRows): FoundRows {
  const least = leastShare * (rows.scores[0] ?? 0);
  const end = rows.scores.findIndex((score) => score < least);
  return end < 0 ? rows : keepFirst(rows, end);
}

function without(rows: FoundRows, others: BigUint64Array): FoundRows {
  const kept = [...rows.ids.keys()].filter((i) => !others.includes(rows.ids[i] ?? 0n));
  return {
    ids: BigUint64Array.from(kept, (i) => rows.ids[i] ?? 0n),
    scores: Float32Array.from(kept, (i) => rows.scores[i] ?? 0),
  };
}

function joinRows(first: FoundRows, second: FoundRows): FoundRows {
  const ids = new BigUint64Array(first.ids.length + second.ids.length);
  ids.set(first.ids);
  ids.set(second.ids, first.ids.length);
  const scores = new Float32Array(ids.length);
  scores.set(first.scores);
  scores.set(second.scores, first.scores.length);
  return { ids, scores };
}

async function matchTable(
  search: Search,
  isRecent: boolean,
  mode: Mode,
  since: number | null,
): Promise<MatchSet> {
  const { generation } = search.snapshot;
  const table = isRecent ? generation.recent : generation.main;
  const filter = filterOf(search.query, since);
  const find = async (column: string, limit: number): Promise<FoundRows> => {
    const text = fullTextQuery(search.plan, mode, column);
    if (!text && column === 'bodyTokens' && search.query.facts?.length)
      return allRows(table, { filter, limit });
    return text ? findRows(table, text, { filter, limit }) : noRows;
  };
  const wanted = mode === 'all' ? search.plan.documentNumber : null;
  const [found, title, number] = await Promise.all([
    find('bodyTokens', mode === 'all' ? countedAtMost + 1 : somePages),
    // A question's words are scattered over many titles; only a title that holds all of them says much.
    mode === 'some' || search.query.order === 'time' ? noRows : find('titleTokens', titleCandidates),
    wanted === null ? noRows : findNumber(table, wanted, filter),
  ]);
  const kept = mode === 'all' ? found : withoutWeak(found);
  const body = number.ids.length === 0 ? kept : joinRows(kept, without(number, kept.ids));
  const facets = facetsOf(search.snapshot, { isRecent });
  for (const rows of [body, title]) if (!(await facets.ensure(rows.ids))) throw new StaleRead();
  return { isRecent, holdsAll: mode === 'all', body, title, number };
}

/** The large table strictly before the small one: a page on its way from one to the other is then seen. */
async function matchBoth(search: Search, mode: Mode, since: number | null): Promise<readonly MatchSet[]> {
  const main = await matchTable(search, false, mode, since);
  const recent = await matchTable(search, true, mode, since);
  return [main, recent];
}

export function countMatches(sets: readonly MatchSet[]): number {
  return sets.reduce((sum, set) => sum + set.body.ids.length, 0);
}

/** When more pages match than are counted, the newest must still come first: look at recent times only. */
async function matchNewest(search: Search, wanted: number): Promise<readonly MatchSet[] | undefined> {
  for (const window of timeWindows) {
    const found = await matchBoth(search, 'all', Date.now() - window);
    const count = countMatches(found);
    if (count > countedAtMost) return undefined;
    if (count >= wanted) return found;
  }
  return undefined;
}

function cutToCounted(sets: readonly MatchSet[]): readonly MatchSet[] {
  let left = countedAtMost;
  // The small table first: what was just published is never cut off.
  return [...sets].reverse().map((set) => {
    const body = keepFirst(set.body, left);
    left -= body.ids.length;
    return { ...set, body };
  });
}

export async function matchPages(search: Search): Promise<Matches> {
  const all = await matchBoth(search, 'all', null);
  const count = countMatches(all);
  if (count > countedAtMost) {
    const newest =
      search.query.order === 'time'
        ? await matchNewest(search, search.query.page * search.query.size)
        : undefined;
    return { sets: newest ?? cutToCounted(all), capped: true, matched: 'all' };
  }
  if (count >= fewPages || search.plan.any.length < 2) return { sets: all, capped: false, matched: 'all' };
  const some = await matchBoth(search, 'some', null);
  const others = some.map((set, i) => ({ ...set, body: without(set.body, all[i]?.body.ids ?? noRows.ids) }));
  return { sets: [...all, ...others], capped: false, matched: count > 0 ? 'all' : 'some' };
}
