import { Compile } from 'typebox/compile';

import {
  longestSearchText,
  type SearchErrorCode,
  SearchParameters,
  type SearchResults,
} from '../../../contracts/search.ts';
import { AppError } from '../../platform/errors.ts';
import type { SearchIndex } from './search-index.ts';
import type { SearchQuery, SearchWithin } from './search.types.ts';

function refuse(code: SearchErrorCode, message: string, details?: unknown): never {
  throw new AppError('invalid', code, message, { details });
}

/** Control and formatting characters are no part of a word; what is left is data, whatever it looks like. */
function cleanText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

const parameters = Compile(SearchParameters);
const numeric = new Set(['year', 'page', 'size']);

function readFields(raw: URLSearchParams): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, value] of raw) {
    if (fields.has(name)) refuse('search.query-malformed', '检索条件重复。', { field: name });
    if (name === 'q') fields.set(name, cleanText(value));
    // An empty field of a form counts as not given.
    else if (value !== '')
      fields.set(name, numeric.has(name) && /^\d{1,4}$/.test(value) ? Number(value) : value);
  }
  return fields;
}

function requireText(q: unknown): void {
  if (typeof q !== 'string' || q === '') refuse('search.query-empty', '请输入要检索的内容。');
  if (Array.from(q).length > longestSearchText) {
    refuse('search.query-too-long', `检索内容不能超过${longestSearchText}个字。`);
  }
}

const defaults = {
  from: null,
  kind: null,
  unit: null,
  year: null,
  page: 1,
  size: 10,
  order: 'relevance',
} as const;

/** What stands in the address, checked. */
export function parseSearchQuery(raw: URLSearchParams, site: string | null): SearchQuery {
  const fields: Record<string, unknown> = Object.fromEntries(readFields(raw));
  if (raw.get('column')) fields['q'] ??= '';
  else requireText(raw.has('q') ? cleanText(raw.get('q') ?? '') : '');
  if (!parameters.Check(fields)) {
    const wrong = parameters.Errors(fields).map((error) => error.instancePath.slice(1));
    refuse('search.query-malformed', '检索条件不正确。', { fields: wrong });
  }
  const { scope, column, validity, issuer, category, topic, genre, audience, region, ...given } = fields;
  if (column === undefined) {
    const asked = scope === 'site' && site !== null ? site : null;
    return { ...defaults, ...given, scope: asked === null ? null : { site: asked }, from: asked };
  }
  const { year, ...others } = given;
  const wanted = { column, validity, issuer, category, topic, genre, audience, region, written: year };
  const facts = Object.entries(wanted).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${String(value)}`],
  );
  // Without words there is nothing to weigh: then the newest come first. What a column shows may stand on other sites.
  const order = given.q === '' ? 'time' : defaults.order;
  return { ...defaults, order, ...others, year: null, scope: null, from: site, facts };
}

/**
 * The answer to a search form; `site` is the site whose address was asked, for `scope=site`, and `within` what the one
 * who asks may see.
 */
export async function answerSearch(
  index: Pick<SearchIndex, 'query'>,
  rawQuery: URLSearchParams,
  site: string | null = null,
  within?: SearchWithin,
): Promise<SearchResults> {
  const query: SearchQuery = { ...parseSearchQuery(rawQuery, site), within };
  const answer = await index.query(query);
  return {
    q: query.q,
    page: query.page,
    size: query.size,
    total: answer.total,
    capped: answer.capped,
    matched: answer.matched,
    hits: answer.hits.map((hit) => ({
      ...hit,
      publishedAt: hit.publishedAt.toISOString(),
      title: [...hit.title],
      snippet: [...hit.snippet],
    })),
    kinds: [...answer.kinds],
    years: [...answer.years],
    units: [...answer.units],
    facts: [...answer.facts],
  };
}
