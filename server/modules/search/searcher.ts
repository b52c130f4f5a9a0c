import { setTimeout as sleep } from 'node:timers/promises';

import { AppError } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { highlightText, snippetOf } from '../../platform/marked-text.ts';
import { emptyCounts, presentCounts } from './count-pages.ts';
import type { GenerationStore } from './generation.ts';
import {
  countedAtMost,
  countMatches,
  facetsOf,
  type Matches,
  matchPages,
  type Search,
  type Snapshot,
  StaleRead,
  takeSnapshotOf,
} from './match-pages.ts';
import { orderByRelevance, orderByTime, readEntries, type Row, type RowReading } from './order-pages.ts';
import { takeRows } from './retrieval.ts';
import { planQuery, type QueryPlan } from './query-plan.ts';
import type { Tokenizer } from './tokenizer.ts';
import type { Count, SearchAnswer, SearchDocument, SearchHit, SearchQuery } from './search.types.ts';

export interface Searcher {
  answer(query: SearchQuery): Promise<SearchAnswer>;
}

/** A write falls between the reads of one search at most for some milliseconds. */
const attempts = 12;
const attemptsWhenBroken = 3;

/** Where the hit leads: a site that shows it by reference keeps its visitors. */
function addressFrom(row: Row, site: string | null | undefined): string {
  if (site === null || site === undefined || site === row['site']) return row['url'] as string;
  const elsewhere = JSON.parse(row['elsewhere'] as string) as SearchDocument['elsewhere'];
  return elsewhere?.find((one) => one.site === site)?.path ?? (row['url'] as string);
}

function hitOf(row: Row, plan: QueryPlan, from: SearchQuery['from']): SearchHit {
  const field = (name: string): string => row[name] as string;
  const number = field('documentNumber');
  return {
    key: field('key'),
    url: addressFrom(row, from),
    kind: field('kind'),
    site: field('site'),
    siteName: field('siteName'),
    unit: field('unit'),
    unitName: field('unitName'),
    documentNumber: number === '' ? null : number,
    validity: /\|validity:([^|]+)\|/.exec(field('facts'))?.[1] ?? null,
    publishedAt: new Date(Number(row['publishedAt'])),
    title: highlightText(field('title'), plan.marks),
    snippet: snippetOf(field('body') || field('summary'), plan.marks),
  };
}

async function answerOnce(search: Search): Promise<SearchAnswer> {
  const { query, plan, snapshot } = search;
  const matches = await matchPages(search);
  const rows: RowReading = new Map();
  const last = query.page * query.size;
  const ordered =
    query.order === 'time'
      ? orderByTime(search, matches, last)
      : await orderByRelevance(search, matches, last, rows);
  const shown = ordered.slice(last - query.size);
  await readEntries(search, shown, rows);
  const hits = new Map<string, SearchHit>();
  for (const entry of shown) {
    const row = rows.get(entry.id);
    // While a page moves from one table to the other both hold it; the recent row is the newer one.
    if (row && (entry.isRecent || !hits.has(row['key'] as string))) {
      hits.set(row['key'] as string, hitOf(row, plan, query.from));
    }
  }
  const counts = emptyCounts();
  for (const set of matches.sets) facetsOf(snapshot, set).countInto(counts, set.body.ids);
  return {
    total: matches.capped ? countedAtMost : countMatches(matches.sets),
    capped: matches.capped,
    matched: matches.matched,
    hits: [...hits.values()],
    ...presentCounts(counts),
    facts: query.facts?.length ? await countFacts(search, matches) : [],
  };
}

/** Read from the tables: whoever asks for facts asks for a small part of all pages. */
async function countFacts({ snapshot }: Search, { sets }: Matches): Promise<Count<string>[]> {
  const counts = new Map<string, number>();
  for (const set of sets) {
    const table = set.isRecent ? snapshot.generation.recent : snapshot.generation.main;
    const rows = await takeRows(table, [...set.body.ids], ['facts']);
    for (const row of rows.values()) {
      for (const fact of (row['facts'] as string).split('|')) {
        if (fact !== '') counts.set(fact, (counts.get(fact) ?? 0) + 1);
      }
    }
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export function createSearcher(store: GenerationStore, tokenizer: Tokenizer, log: Log): Searcher {
  let last: Snapshot | undefined;

  async function takeSnapshot(): Promise<Snapshot> {
    const generation = await store.current();
    if (last?.generation !== generation) last = takeSnapshotOf(generation);
    return last;
  }

  async function answer(query: SearchQuery): Promise<SearchAnswer> {
    const plan = planQuery(query.q, tokenizer);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await answerOnce({ snapshot: await takeSnapshot(), plan, query });
      } catch (cause) {
        const isStale = cause instanceof StaleRead;
        if (attempt < (isStale ? attempts : attemptsWhenBroken)) {
          await sleep(2 * attempt);
          continue;
        }
        if (!isStale) log.error({ err: cause }, 'search index cannot be read');
        throw new AppError('unavailable', 'search.index-unavailable', '检索服务正在恢复，请稍后再试。', {
          cause,
        });
      }
    }
  }

  return { answer };
}
