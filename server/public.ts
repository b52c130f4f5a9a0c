import type { IncomingMessage, ServerResponse } from 'node:http';

import { type ColumnKind, columnKindNames } from '../contracts/sites.ts';
import { renderSearchResults, type SearchHit, type SearchResults } from '../templates/index.ts';
import type { Parts } from './app.ts';
import {
  createPageProof,
  createPageServer,
  createRedirectTable,
  loadPage,
  loadPageKey,
  type PageServer,
  restorePage,
  securityHeaders,
} from './modules/publishing/index.ts';
import { answerSearch, openSearchIndex, type SearchIndex } from './modules/search/index.ts';
import { searchMarker, searchShellPath } from './modules/sites/index.ts';
import { dayInChina } from './platform/china-time.ts';
import { AppError } from './platform/errors.ts';
import { layOutStaticFiles } from './static-files.ts';

export interface PublicSide {
  readonly pages: PageServer;
  stop(): Promise<void>;
}

/** The public port: files first, and the search answered from its index. Neither needs the database. */
export async function createPublicSide(parts: Parts, defaultSite: string | undefined): Promise<PublicSide> {
  const { log, templatesDirectory, dataDirectory } = parts.options;
  const key = await loadPageKey(parts.keyFile);
  const proof = createPageProof(parts.db);
  const index = openSearchIndex({ directory: parts.searchDirectory, log });
  const readShell = createShellReader(parts.pagesDirectory, key, proof);
  const pages = await createPageServer({
    pagesDirectory: parts.pagesDirectory,
    staticDirectory: await layOutStaticFiles(templatesDirectory, dataDirectory),
    key,
    proof,
    findRedirect: createRedirectTable(parts.db),
    ...(defaultSite === undefined ? {} : { defaultSite }),
    onTampered: (site, path) => {
      void restorePage({ db: parts.db }, site, path).catch((error: unknown) => {
        log.error({ err: error, site, path }, 'a damaged page could not be marked for repair');
      });
    },
    dynamic: (request, response, site) => {
      const url = new URL(request.url ?? '/', 'http://site');
      if (url.pathname !== '/search') return false;
      return answerSearchPage({ request, response, site, url }, index, readShell);
    },
    log,
  });
  return {
    pages,
    stop: async () => {
      await pages.close();
      await index.close();
    },
  };
}

type ReadShell = (site: string) => Promise<string | undefined>;

/** The page around the results is built and guarded like every other page. */
function createShellReader(directory: string, key: Uint8Array, proof: ReturnType<typeof createPageProof>): ReadShell {
  const kept = new Map<string, { readonly at: number; readonly text: string }>();
  return async (site) => {
    const known = kept.get(site);
    if (known && performance.now() - known.at < 1_000) return known.text;
    const loaded = await loadPage({ directory, key, proof }, site, searchShellPath);
    if (loaded.outcome !== 'sound' || loaded.page.kind !== 'content') return known?.text;
    const text = loaded.page.variants.identity.body.toString();
    kept.set(site, { at: performance.now(), text });
    return text;
  };
}

interface Question {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: string;
  readonly url: URL;
}

async function answerSearchPage(question: Question, index: SearchIndex, readShell: ReadShell): Promise<boolean> {
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

async function searchFor(
  raw: URLSearchParams,
  site: string,
  index: SearchIndex,
): Promise<{ status: number; results: SearchResults }> {
  const query = {
    q: raw.get('q')?.slice(0, 200) ?? '',
    scope: raw.get('scope') === 'all' ? ('all' as const) : ('site' as const),
    ...(raw.get('kind') ? { kind: raw.get('kind') ?? '' } : {}),
    ...(Number(raw.get('year')) > 0 ? { year: Number(raw.get('year')) } : {}),
  };
  const empty = { query, hits: [], kinds: [allKinds], years: [], page: 1, hasNext: false };
  const asked = new URLSearchParams(raw);
  if (!asked.has('scope')) asked.set('scope', 'site');
  try {
    const answer = await answerSearch(index, asked, site);
    const kinds = answer.kinds.map((one) => ({ value: one.value, name: kindName(one.value), count: one.count }));
    return {
      status: 200,
      results: {
        query,
        total: answer.total,
        totalIsFloor: answer.capped,
        hits: answer.hits.map(
          (hit): SearchHit => ({
            title: hit.title,
            snippet: hit.snippet,
            url: hit.url,
            kindName: kindName(hit.kind),
            day: dayInChina(new Date(hit.publishedAt)),
            siteName: hit.siteName,
            unitName: hit.unitName,
            documentNumber: hit.documentNumber ?? undefined,
          }),
        ),
        kinds: [{ ...allKinds, count: kinds.reduce((sum, one) => sum + one.count, 0) }, ...kinds],
        years: answer.years.map((one) => one.value),
        page: answer.page,
        hasNext: answer.page * answer.size < answer.total && answer.page < 50,
      },
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'search.query-empty') return { status: 200, results: empty };
    const status = error.kind === 'unavailable' ? 503 : 400;
    return { status, results: { ...empty, problem: error.message } };
  }
}

function kindName(kind: string): string {
  return kind in columnKindNames ? columnKindNames[kind as ColumnKind] : kind;
}
