import {
  BooleanQuery,
  type FullTextQuery,
  MatchQuery,
  Occur,
  Operator,
  PhraseQuery,
  type Table,
} from '@lancedb/lancedb';

import { factFilter, quoteLiteral, siteFilter } from './lance-table.ts';
import type { QueryPlan } from './query-plan.ts';
import type { SearchQuery } from './search.types.ts';

/** Rows that an index found, best first. */
export interface FoundRows {
  readonly ids: BigUint64Array;
  readonly scores: Float32Array;
}

export const noRows: FoundRows = { ids: new BigUint64Array(), scores: new Float32Array() };

export type Mode = 'all' | 'some';

export function filterOf(query: SearchQuery, since: number | null): string | undefined {
  const parts = [
    query.scope === null ? null : siteFilter(query.scope.site),
    query.kind === null ? null : `kind = ${quoteLiteral(query.kind)}`,
    query.unit === null ? null : `unit = ${quoteLiteral(query.unit)}`,
    query.year === null ? null : `year = ${query.year}`,
    since === null ? null : `publishedAt >= ${since}`,
    ...(query.facts ?? []).map(factFilter),
    ...withinFilters(query.within),
  ].filter((part) => part !== null);
  return parts.length === 0 ? undefined : parts.join(' and ');
}

/** An empty list lets nothing through. */
function withinFilters(within: SearchQuery['within']): string[] {
  const { units = null, facts = null } = within ?? {};
  const anyOf = (conditions: readonly string[]): string =>
    conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
  return [
    ...(units === null ? [] : [anyOf(units.map((unit) => `unit = ${quoteLiteral(unit)}`))]),
    ...(facts === null ? [] : [anyOf(facts.map(factFilter))]),
  ];
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
): Promise<FoundRows> {
  const query = table.query().fullTextSearch(text).withRowId().select(['_score']).limit(options.limit);
  if (options.filter !== undefined) query.where(options.filter);
  const answer = await query.toArrow();
  if (answer.numRows === 0) return noRows;
  return {
    ids: answer.getChild('_rowid')?.toArray() as BigUint64Array,
    scores: answer.getChild('_score')?.toArray() as Float32Array,
  };
}

/** Rows that are only filtered, as they lie. */
export async function allRows(
  table: Table,
  options: { readonly filter: string | undefined; readonly limit: number },
): Promise<FoundRows> {
  if (options.filter === undefined) return noRows;
  const rows = (await table
    .query()
    .where(options.filter)
    .withRowId()
    .select(['key'])
    .limit(options.limit)
    .toArray()) as { _rowid: bigint }[];
  return { ids: BigUint64Array.from(rows, (row) => row._rowid), scores: new Float32Array(rows.length) };
}

/** Rows by an exact document number. */
export async function findNumber(
  table: Table,
  numberKey: string,
  filter: string | undefined,
): Promise<FoundRows> {
  const exact = `numberKey = ${quoteLiteral(numberKey)}`;
  const rows = (await table
    .query()
    .where(filter === undefined ? exact : `${exact} and ${filter}`)
    .withRowId()
    .select(['key'])
    .limit(20)
    .toArray()) as { _rowid: bigint }[];
  return { ids: BigUint64Array.from(rows, (row) => row._rowid), scores: new Float32Array(rows.length) };
}

/** Rows by their ids; a row that is gone meanwhile is missing from the answer. */
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
