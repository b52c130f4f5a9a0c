import {
  BooleanQuery,
  type FullTextQuery,
  MatchQuery,
  Occur,
  Operator,
  PhraseQuery,
  type Table,
} from '@lancedb/lancedb';

import { quoteLiteral } from './lance-table.ts';
import type { QueryPlan } from './query-plan.ts';
import type { SearchQuery } from './types.ts';

/** A row that the full-text index found. */
export interface Found {
  readonly rowId: bigint;
  readonly score: number;
}

export type Mode = 'all' | 'some';

export function filterOf(query: SearchQuery, since: number | null): string | undefined {
  const parts = [
    query.scope === null ? null : `site = ${quoteLiteral(query.scope.site)}`,
    query.kind === null ? null : `kind = ${quoteLiteral(query.kind)}`,
    query.unit === null ? null : `unit = ${quoteLiteral(query.unit)}`,
    query.year === null ? null : `year = ${query.year}`,
    since === null ? null : `publishedAt >= ${since}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? undefined : parts.join(' and ');
}

function phraseQuery(tokens: readonly string[], column: string): FullTextQuery {
  return tokens.length === 1
    ? new MatchQuery(tokens[0] ?? '', column)
    : new PhraseQuery(tokens.join(' '), column);
}

/** The engine's query: phrases always must match; of the other tokens all must, or any may. */
export function fullTextQuery(plan: QueryPlan, mode: Mode, column: string): FullTextQuery | undefined {
  const tokens = mode === 'all' ? plan.required : plan.any;
  const operator = mode === 'all' ? Operator.And : Operator.Or;
  const words = tokens.length === 0 ? undefined : new MatchQuery(tokens.join(' '), column, { operator });
  const phrases = plan.phrases.map((phrase) => phraseQuery(phrase, column));
  if (phrases.length === 0) return words;
  const musts: [Occur, FullTextQuery][] = phrases.map((phrase) => [Occur.Must, phrase]);
  if (words) musts.push([mode === 'all' ? Occur.Must : Occur.Should, words]);
  return musts.length === 1 ? musts[0]?.[1] : new BooleanQuery(musts);
}

export async function findRows(
  table: Table,
  text: FullTextQuery,
  options: { readonly filter: string | undefined; readonly limit: number },
): Promise<Found[]> {
  const query = table.query().fullTextSearch(text).withRowId().select(['_score']).limit(options.limit);
  if (options.filter !== undefined) query.where(options.filter);
  const answer = await query.toArrow();
  const ids = answer.getChild('_rowid');
  const scores = answer.getChild('_score');
  const found: Found[] = [];
  for (let i = 0; i < answer.numRows; i += 1) {
    found.push({ rowId: ids?.get(i) as bigint, score: Number(scores?.get(i)) });
  }
  return found;
}

/** Rows by an exact document number. */
export async function findNumber(
  table: Table,
  numberKey: string,
  filter: string | undefined,
): Promise<Found[]> {
  const exact = `numberKey = ${quoteLiteral(numberKey)}`;
  const rows = (await table
    .query()
    .where(filter === undefined ? exact : `${exact} and ${filter}`)
    .withRowId()
    .select(['key'])
    .limit(20)
    .toArray()) as { _rowid: bigint }[];
  return rows.map((row) => ({ rowId: row._rowid, score: 0 }));
}

/** Rows in the order of their ids' list; a row that is gone meanwhile is missing from the answer. */
export async function takeRows(
  table: Table,
  rowIds: readonly bigint[],
  columns: string[],
): Promise<Map<bigint, Record<string, unknown>>> {
  if (rowIds.length === 0) return new Map();
  const rows = (await table.takeRowIds(rowIds).withRowId().select(columns).toArray()) as Record<
    string,
    unknown
  >[];
  return new Map(rows.map((row) => [row['_rowid'] as bigint, row]));
}
