import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { CachedContent, CachedPage, RawHeaders } from './cached-page.ts';
import { openFastPath } from './fast-path.ts';
import { type OpenHostTable, openHostTable } from './host-table.ts';
import { createEncodingChoice } from './negotiate.ts';
import { type CacheAnswer, PageCache } from './page-cache.ts';
import { createPagePort, type PortLimits, usualPatience } from './page-port.ts';
import { canonicalPath, encodeAddress } from './page-path.ts';
import type { PageProof } from './page-proof.ts';
import type { PageReader } from './page-reader.ts';
import type { PublishingLog } from './page.types.ts';
import { createReadyAnswers } from './ready-answers.ts';
import type { FindRedirect } from './redirect-table.ts';
import { sendContent, sendErrorPage, sendFile, sendPlain, sendRedirect } from './send-page.ts';
import { createStaticAssets, type StaticAssets } from './static-assets.ts';

export interface PageServerOptions {
  /** The page store, with the host table in it. */
  readonly reader: PageReader;
  /** What is served under /static/ on every site. */
  readonly staticDirectory?: string;
  readonly key: Uint8Array;
  readonly proof?: PageProof;
  readonly findRedirect?: FindRedirect;
  readonly onTampered?: (site: string, path: string) => void;
  /** The site that answers on localhost. */
  readonly defaultSite?: string;
  /** Paths that `dynamic` may answer, besides others that are in no page's way. */
  readonly dynamicPaths?: readonly string[];
  /** Names and values that stand on every answer. */
  readonly extraHeaders?: RawHeaders;
  /** Answers what is no page (search, forms); true when it has answered. Asked when no page is in memory. */
  readonly dynamic?: (
    request: IncomingMessage,
    response: ServerResponse,
    site: string,
  ) => boolean | Promise<boolean>;
  readonly log: PublishingLog;
  readonly limits?: PortLimits & { readonly cacheBytes?: number };
}

export interface PageServer {
  readonly server: Server;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** `shared`: beside other processes on the same port. */
  listen(port: number, host?: string, shared?: boolean): Promise<AddressInfo>;
  close(): Promise<void>;
}

const CACHE_BYTES = 64 * 1024 * 1024;
const LONGEST_ADDRESS = 4_096;
const STATIC = '/static/';
const NOT_FOUND_PAGE = '/404.html';

interface Serving {
  readonly options: PageServerOptions;
  readonly cache: PageCache;
  readonly siteOf: OpenHostTable['siteOf'];
  readonly encodingFor: ReturnType<typeof createEncodingChoice>;
  readonly assets: StaticAssets | undefined;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: string;
  /** As it was sent, without its query. */
  readonly rawPath: string;
  readonly query: string;
}

function sendCached(
  serving: Serving,
  { request, response }: Exchange,
  page: CachedPage,
): Promise<void> | undefined {
  switch (page.kind) {
    case 'content':
      sendContent(request, response, page, serving.encodingFor(request.headers['accept-encoding']));
      return undefined;
    case 'moved':
      sendRedirect(response, page.to);
      return undefined;
    case 'file':
      return sendFile(request, response, page);
  }
}

async function sendNotFound(serving: Serving, exchange: Exchange): Promise<void> {
  const own = await serving.cache.get(exchange.site, NOT_FOUND_PAGE);
  if (own.outcome !== 'found' || own.entry.page.kind !== 'content') {
    sendPlain(exchange.response, 404);
    return;
  }
  const encoding = serving.encodingFor(exchange.request.headers['accept-encoding']);
  sendErrorPage(exchange.response, 404, own.entry.page, encoding);
}

async function findOnward(
  { findRedirect }: PageServerOptions,
  { site, query }: Exchange,
  path: string,
): Promise<string | undefined> {
  return (
    (query === '' ? undefined : await findRedirect?.(site, `${path}${query}`)) ??
    (await findRedirect?.(site, path))
  );
}

/** Nothing lies there: an old address, a folder without its slash, a page that was lost, or really nothing. */
async function sendElsewhere(serving: Serving, exchange: Exchange, path: string): Promise<void> {
  const { options } = serving;
  const { site, response, query } = exchange;
  // Asked together, so that without the database nobody waits twice.
  const [to, lost] = await Promise.all([
    findOnward(options, exchange, path),
    serving.cache.getLost(site, path),
  ]);
  if (to !== undefined) {
    sendRedirect(response, to);
    return;
  }
  if (!path.endsWith('/') && (await options.reader.hasFolder(site, path))) {
    const index = await serving.cache.get(site, `${path}/`);
    if (index.outcome === 'found') {
      sendRedirect(response, `${encodeAddress(path)}/${query}`);
      return;
    }
  }
  if (!(await sendFound(serving, exchange, lost))) await sendNotFound(serving, exchange);
}

/** False when there is nothing to send. */
async function sendFound(serving: Serving, exchange: Exchange, found: CacheAnswer): Promise<boolean> {
  if (found.outcome === 'absent') return false;
  if (found.outcome === 'found') await sendCached(serving, exchange, found.entry.page);
  else sendPlain(exchange.response, 503);
  return true;
}

async function sendAsset(serving: Serving, exchange: Exchange, path: string): Promise<void> {
  const asset: CachedContent | undefined = await serving.assets?.find(path.slice(STATIC.length - 1));
  if (asset) await sendCached(serving, exchange, asset);
  else await sendNotFound(serving, exchange);
}

async function answer(serving: Serving, exchange: Exchange): Promise<void> {
  const { request, response, site, rawPath, query } = exchange;
  const { dynamic } = serving.options;
  const path = canonicalPath(rawPath);
  if (path === undefined) {
    sendPlain(response, 400);
    return;
  }
  if (dynamic && (await dynamic(request, response, site))) return;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendPlain(response, 405);
    return;
  }
  if (path.startsWith(STATIC)) {
    await sendAsset(serving, exchange, path);
    return;
  }
  if (rawPath.endsWith('/index.html')) {
    sendRedirect(response, `${encodeAddress(path)}${query}`);
    return;
  }
  const found = await serving.cache.get(site, path);
  if (!(await sendFound(serving, exchange, found))) await sendElsewhere(serving, exchange, path);
}

function handleRequest(serving: Serving, request: IncomingMessage, response: ServerResponse): void {
  const site = serving.siteOf(request.headers.host);
  const url = request.url ?? '';
  if (site === undefined || !url.startsWith('/') || url.length > LONGEST_ADDRESS) {
    sendPlain(response, site === undefined ? 421 : 400);
    return;
  }
  const mark = url.indexOf('?');
  const rawPath = mark < 0 ? url : url.slice(0, mark);
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  // Keys of the cache are canonical, so an address that is found there needs no other look.
  const entry = isRead ? serving.cache.peek(site, rawPath, performance.now()) : undefined;
  if (entry?.page.kind === 'content') {
    sendContent(request, response, entry.page, serving.encodingFor(request.headers['accept-encoding']));
    return;
  }
  const query = mark < 0 ? '' : url.slice(mark);
  answer(serving, { request, response, site, rawPath, query }).catch((error: unknown) => {
    if (request.destroyed || response.destroyed) return;
    serving.options.log.error({ err: error, site, path: rawPath }, 'a page could not be served');
    if (response.headersSent) response.destroy();
    else sendPlain(response, 500);
  });
}

/** Pages that were reported lately are not reported again at once: an attacked page may be asked for often. */
function createTamperReport(options: PageServerOptions): (site: string, path: string) => void {
  const reported = new Map<string, number>();
  return (site, path) => {
    const now = performance.now();
    const key = `${site}${path}`;
    if (now - (reported.get(key) ?? -Infinity) < 1_000) return;
    if (reported.size > 10_000) reported.clear();
    reported.set(key, now);
    options.log.error({ site, path }, 'a page in the store is not what was published');
    options.onTampered?.(site, path);
  };
}

/** What the fast path may answer: pages and style sheets in memory; everything else is node:http's. */
function startFastPath(serving: Serving, server: Server): () => void {
  const { cache, siteOf, encodingFor, assets, options } = serving;
  const patience = options.limits?.patience ?? usualPatience;
  const dynamic = new Set(options.dynamicPaths);
  const contentAt = async (site: string, path: string): Promise<CachedContent | undefined> => {
    if (dynamic.has(path) || canonicalPath(path) !== path) return undefined;
    if (path.startsWith(STATIC)) return assets?.find(path.slice(STATIC.length - 1));
    const found = await cache.get(site, path);
    if (found.outcome !== 'found' || found.entry.page.kind !== 'content') return undefined;
    return found.entry.page;
  };
  const fastPath = openFastPath({
    server,
    encodingFor,
    peek(host, path) {
      const site = siteOf(host);
      if (site === undefined) return undefined;
      if (path.startsWith(STATIC)) return assets?.peek(path.slice(STATIC.length - 1));
      const entry = cache.peek(site, path, performance.now());
      return entry?.page.kind === 'content' ? entry.page : undefined;
    },
    async find(host, path) {
      const site = siteOf(host);
      // Whatever hinders it is told by the path that can say more.
      return site === undefined ? undefined : contentAt(site, path).catch(() => undefined);
    },
    answers: createReadyAnswers({
      extraHeaders: options.extraHeaders ?? [],
      keepAliveSeconds: Math.floor(patience.next / 1_000),
    }),
    patience,
  });
  return () => {
    fastPath.close();
  };
}

/** The public server: files first, checked before they are believed, from memory wherever possible. */
export async function createPageServer(options: PageServerOptions): Promise<PageServer> {
  const { reader, defaultSite, log } = options;
  const hosts = await openHostTable({ reader, defaultSite, log });
  const serving: Serving = {
    options,
    cache: new PageCache({
      source: { reader, proof: options.proof, key: options.key },
      largestBytes: options.limits?.cacheBytes ?? CACHE_BYTES,
      onTampered: createTamperReport(options),
    }),
    siteOf: hosts.siteOf,
    encodingFor: createEncodingChoice(),
    assets: options.staticDirectory === undefined ? undefined : createStaticAssets(options.staticDirectory),
  };
  const { extraHeaders = [] } = options;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    for (let at = 0; at < extraHeaders.length; at += 2)
      response.setHeader(extraHeaders[at] ?? '', extraHeaders[at + 1] ?? '');
    handleRequest(serving, request, response);
  };
  const port = createPagePort(handle, options.limits);
  const endFastPath = startFastPath(serving, port.server);

  return {
    server: port.server,
    handle,
    listen: (number, host = '127.0.0.1', shared = false) => port.listen({ port: number, host, shared }),
    close() {
      hosts.stop();
      const closed = port.close();
      endFastPath();
      return closed;
    },
  };
}
