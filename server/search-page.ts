import type { IncomingMessage, ServerResponse } from 'node:http';

import { type ColumnKind, columnKindNames } from '../contracts/sites.ts';
import { columnFilters, type SearchResults as Answer } from '../contracts/search.ts';
import { renderSearchResults, type SearchHit, type SearchResults } from '../templates/index.ts';
import { loadPage, type PageProof, type PageReader, securityHeaders } from './modules/publishing/index.ts';
import { answerSearch, type SearchIndex } from './modules/search/index.ts';
import { searchMarker, searchShellPath, validityCode } from './modules/sites/index.ts';
import { dayInChina } from './platform/china-time.ts';
import { AppError } from './platform/errors.ts';

export type ReadShell = (site: string) => Promise<string | undefined>;

export interface ShellSource {
  readonly reader: PageReader;
  readonly key: Uint8Array;
  readonly proof: PageProof;
}

/** The page around what is answered is built and guarded like every other page; a copy is kept for a second. */
export function createShellReader(source: ShellSource, path = searchShellPath): ReadShell {
  const kept = new Map<string, { readonly at: number; readonly text: string }>();
  return async (site) => {
    const known = kept.get(site);
    if (known && performance.now() - known.at < 1_000) return known.text;
    const loaded = await loadPage(source, site, path);
    if (loaded.outcome !== 'sound' || loaded.page.kind !== 'content') return known?.text;
    const text = loaded.page.variants.identity.body.toString();
    kept.set(site, { at: performance.now(), text });
    return text;
  };
}

export interface SearchQuestion {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: string;
  readonly url: URL;
}

/** Answers /search as a whole page; false when the page around it is not there yet. */
export async function answerSearchPage(
  question: SearchQuestion,
  index: SearchIndex,
  readShell: ReadShell,
): Promise<boolean> {
  const { request, response, site, url } = question;
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const shell = await readShell(site);
  if (shell === undefined) return false;
  const { status, results } = await searchFor(url.searchParams, site, index);
  const body = Buffer.from(shell.replace(searchMarker, () => renderSearchResults(results)));
  response.writeHead(status, [
    'Content-Type',
    'text/html; charset=utf-8',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    'no-store',
    ...securityHeaders(),
  ]);
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}

const allKinds = { value: '', name: '全部' };

/** What stands in the form again, whatever was typed. */
function queryOf(raw: URLSearchParams): SearchResults['query'] {
  const kind = raw.get('kind') ?? '';
  const year = Number(raw.get('year'));
  return {
    q: raw.get('q')?.slice(0, 200) ?? '',
    scope: raw.get('scope') === 'all' ? 'all' : 'site',
    ...(kind === '' ? {} : { kind }),
    ...(year > 0 ? { year } : {}),
    ...columnQueryOf(raw),
  };
}

/** What was chosen inside a column, whatever it was. */
function columnQueryOf(raw: URLSearchParams): Partial<SearchResults['query']> {
  const column = raw.get('column') ?? '';
  if (column === '') return {};
  const chosen = columnFilters.flatMap((name) => {
    const value = raw.get(name)?.slice(0, 100) ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return { column: column.slice(0, 20), ...Object.fromEntries(chosen) };
}

const choiceFields = [
  { field: 'year', fact: 'written', name: '年份' },
  { field: 'issuer', fact: 'issuer', name: '发布机构' },
  { field: 'topic', fact: 'topic', name: '主题分类' },
  { field: 'genre', fact: 'genre', name: '体裁' },
  { field: 'audience', fact: 'audience', name: '服务对象' },
  { field: 'region', fact: 'region', name: '区域' },
  { field: 'category', fact: 'category', name: '信息类别' },
  { field: 'validity', fact: 'validity', name: '有效性' },
] as const;

/** What the entries that were found can be narrowed by; years from the newest, the rest by how many there are. */
function choicesOf({ facts }: Answer): NonNullable<SearchResults['choices']> {
  return choiceFields.flatMap(({ field, fact, name }) => {
    const options = facts
      .filter((one) => one.value.startsWith(`${fact}:`))
      .map(({ value, count }) => ({ value: value.slice(fact.length + 1), count }))
      .map(({ value, count }) => ({ value, count, name: field === 'year' ? `${value} 年` : value }));
    if (field === 'year') options.sort((a, b) => Number(b.value) - Number(a.value));
    return options.length === 0 ? [] : [{ field, name, options }];
  });
}

async function searchFor(
  raw: URLSearchParams,
  site: string,
  index: SearchIndex,
): Promise<{ status: number; results: SearchResults }> {
  const query = queryOf(raw);
  const empty = { query, hits: [], kinds: [allKinds], years: [], page: 1, hasNext: false };
  const asked = new URLSearchParams(raw);
  if (!asked.has('scope')) asked.set('scope', 'site');
  try {
    return { status: 200, results: { query, ...resultsOf(await answerSearch(index, asked, site)) } };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'search.query-empty') return { status: 200, results: empty };
    const status = error.kind === 'unavailable' ? 503 : 400;
    return { status, results: { ...empty, problem: error.message } };
  }
}

function resultsOf(answer: Answer): Omit<SearchResults, 'query'> {
  const kinds = answer.kinds.map((one) => ({
    value: one.value,
    name: kindName(one.value),
    count: one.count,
  }));
  return {
    total: answer.total,
    totalIsFloor: answer.capped,
    hits: answer.hits.map((hit): SearchHit => ({
      title: hit.title,
      snippet: hit.snippet,
      url: hit.url,
      kindName: kindName(hit.kind),
      day: dayInChina(new Date(hit.publishedAt)),
      siteName: hit.siteName,
      unitName: hit.unitName,
      documentNumber: hit.documentNumber ?? undefined,
      validity: validityCode(hit.validity),
    })),
    kinds: [{ ...allKinds, count: kinds.reduce((sum, one) => sum + one.count, 0) }, ...kinds],
    years: answer.years.map((one) => one.value),
    choices: choicesOf(answer),
    page: answer.page,
    hasNext: answer.page * answer.size < answer.total && answer.page < 50,
  };
}

function kindName(kind: string): string {
  return kind in columnKindNames ? columnKindNames[kind as ColumnKind] : kind;
}
