import { scoringText } from './lance-table.ts';
import { facetsOf, type Matches, type MatchSet, type Search, StaleRead } from './match-pages.ts';
import { scoreCandidates } from './ranking.ts';
import { type FoundRows, takeRows } from './retrieval.ts';

const candidatesPerTable = 24;

/** One page of the result, not yet read. */
export interface Entry {
  readonly id: string;
  readonly rowId: bigint;
  readonly isRecent: boolean;
  readonly holdsAll: boolean;
  /** Weight by the engine, as a share of the best in its table. */
  readonly share: number;
  readonly publishedAt: number;
}

export type Row = Readonly<Record<string, unknown>>;
export type RowReading = Map<string, Row>;

const rowColumns = [
  'key',
  'url',
  'kind',
  'site',
  'siteName',
  'unit',
  'unitName',
  'documentNumber',
  'facts',
  'elsewhere',
  'publishedAt',
  'title',
  'summary',
  'body',
];

/** The first `count` of these rows as entries. */
function entriesOf(search: Search, set: MatchSet, rows: FoundRows, count: number): Entry[] {
  const ids = rows.ids.slice(0, count);
  const times = facetsOf(search.snapshot, set).timesOf(ids);
  const best = set.body.scores[0] ?? 1;
  return Array.from(ids, (rowId, i) => ({
    id: `${set.isRecent}${rowId}`,
    rowId,
    isRecent: set.isRecent,
    holdsAll: set.holdsAll,
    share: (rows.scores[i] ?? 0) / (best || 1),
    publishedAt: times[i] ?? 0,
  }));
}

export async function readEntries(
  search: Search,
  entries: readonly Entry[],
  into: RowReading,
): Promise<void> {
  const { generation } = search.snapshot;
  const from = async (isRecent: boolean): Promise<void> => {
    const wanted = entries.filter((entry) => entry.isRecent === isRecent && !into.has(entry.id));
    const table = isRecent ? generation.recent : generation.main;
    const ids = wanted.map((entry) => entry.rowId);
    const rows = await takeRows(table, ids, rowColumns);
    for (const entry of wanted) {
      const row = rows.get(entry.rowId);
      if (!row) throw new StaleRead();
      into.set(entry.id, row);
    }
  };
  await Promise.all([from(false), from(true)]);
}

function onceEach(entries: readonly Entry[]): Entry[] {
  const seen = new Map<string, Entry>();
  for (const entry of entries) if (!seen.has(entry.id)) seen.set(entry.id, entry);
  return [...seen.values()];
}

/**
 * The first `count` pages. The engine nominates, our own score decides among the nominated; the rest follow
 * in the engine's order.
 */
export async function orderByRelevance(
  search: Search,
  { sets }: Matches,
  count: number,
  rows: RowReading,
): Promise<Entry[]> {
  const numbers = new Set(
    sets.flatMap((set) => entriesOf(search, set, set.number, Infinity).map((entry) => entry.id)),
  );
  const pool = onceEach(
    sets.flatMap((set) => [
      ...entriesOf(search, set, set.number, Infinity),
      ...entriesOf(search, set, set.body, candidatesPerTable),
      ...entriesOf(search, set, set.title, Infinity),
    ]),
  );
  await readEntries(search, pool, rows);
  const scores = scoreCandidates(
    pool.map((entry) => {
      const row = rows.get(entry.id);
      const title = scoringText(row?.['title'] as string);
      return {
        title,
        text: title + scoringText(`${row?.['summary'] as string} ${row?.['body'] as string}`),
        publishedAt: entry.publishedAt,
        isNumberMatch: numbers.has(entry.id),
      };
    }),
    search.plan,
    await search.snapshot.statistics(),
  );
  const scored = new Map(pool.map((entry, i) => [entry.id, scores[i] ?? 0]));
  // A topic of a few words is held by the right page; of a question some page may hold every word by chance.
  const isTopic = search.plan.words.length <= 3;
  const byCoverage = (a: Entry, b: Entry): number => (isTopic ? Number(b.holdsAll) - Number(a.holdsAll) : 0);
  pool.sort(
    (a, b) =>
      byCoverage(a, b) ||
      (scored.get(b.id) ?? 0) - (scored.get(a.id) ?? 0) ||
      b.publishedAt - a.publishedAt ||
      (a.id < b.id ? -1 : 1),
  );
  if (count <= pool.length) return pool.slice(0, count);
  // No tie is broken here: the engine's order must not depend on how many of its rows were looked at, or
  // turning the page would show some pages twice and others never.
  const rest = sets
    .flatMap((set) => entriesOf(search, set, set.body, count))
    .filter((entry) => !scored.has(entry.id))
    .sort((a, b) => byCoverage(a, b) || b.share - a.share);
  return [...pool, ...onceEach(rest)].slice(0, count);
}

export function orderByTime(search: Search, { sets }: Matches, count: number): Entry[] {
  return onceEach(sets.flatMap((set) => entriesOf(search, set, set.body, Infinity)))
    .sort((a, b) => b.publishedAt - a.publishedAt)
    .slice(0, count);
}
