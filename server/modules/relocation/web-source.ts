import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import type { AssetStore } from '../../platform/asset-store.ts';
import { AppError } from '../../platform/errors.ts';
import { PrivateAddressError, sendGuarded } from '../../platform/guarded-request.ts';
import { nameOf, type OldAddress, resolveLink } from './old-address.rules.ts';
import { createRobots } from '../../platform/robots.ts';
import type { Asked, Fetched, OldSource } from './source.types.ts';

export interface WebWishes {
  readonly store: AssetStore;
  /** Only these are asked, and redirects are followed only to these. */
  readonly hosts: readonly string[];
  /** Scheme of each host; http where none is given. */
  readonly schemes: ReadonlyMap<string, string>;
  readonly allowPrivate: boolean;
  /** Milliseconds between two requests to one host. */
  readonly pace: number;
  readonly bytesOfFile: number;
  /** When each host was asked last; lives longer than one source. */
  readonly askedAt: Map<string, number>;
  readonly retryAfter?: number;
}

export const walkerName = 'JiyueRelocation';
const bytesOfPage = 8 * 1024 * 1024;
const patience = 60_000;
const tries = 3;
const hops = 5;

/** The old site itself, asked politely: one request at a time and host, its robots.txt kept, nothing but its hosts. */
export function createWebSource(wishes: WebWishes): OldSource {
  const robots = createRobots((url, signal) => readRobots(wishes, url, signal), walkerName);
  return {
    fetch: async (asked, signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const url = urlOf(wishes, asked.address);
          if (!(await robots.allows(url, signal))) return failed('robots-refused', url.host);
          return await ask(wishes, asked, Math.max(wishes.pace, await robots.delayOf(url, signal)), signal);
        } catch (error) {
          if (error instanceof PrivateAddressError) return failed('host-private', error.host);
          signal.throwIfAborted();
          if (attempt >= tries)
            return failed('fetch-failed', error instanceof Error ? error.message : String(error));
          await sleep((wishes.retryAfter ?? 2_000) * attempt, undefined, { signal });
        }
      }
    },
  };
}

const failed = (problem: Extract<Fetched, { outcome: 'failed' }>['problem'], detail: string): Fetched => ({
  outcome: 'failed',
  problem,
  detail: detail.slice(0, 300),
});

function urlOf({ schemes }: WebWishes, { host, path }: OldAddress): URL {
  const [, before = '', query = ''] = /^([^?]*)(\?.*)?$/.exec(path) ?? [];
  return new URL(
    `${schemes.get(host) ?? 'http'}://${host}${encodeURI(before).replaceAll('#', '%23')}${encodeURI(query).replaceAll('#', '%23')}`,
  );
}

async function send(
  { allowPrivate }: WebWishes,
  url: URL,
  conditions: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const headers = { 'user-agent': `${walkerName}/1.0`, 'accept-encoding': 'identity', ...conditions };
  const until = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  return sendGuarded({ url, headers, allowPrivate, signal: until });
}

async function waitForTurn(
  wishes: WebWishes,
  host: string,
  pace: number,
  signal: AbortSignal,
): Promise<void> {
  const last = wishes.askedAt.get(host);
  const wait = last === undefined ? 0 : last + pace - performance.now();
  if (wait > 0) await sleep(wait, undefined, { signal });
  wishes.askedAt.set(host, performance.now());
}

/** What makes the server answer only when something has changed. */
function conditionsOf({ digest, etag, lastModified }: Asked): Record<string, string> {
  if (digest === null) return {};
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

async function ask(wishes: WebWishes, asked: Asked, pace: number, signal: AbortSignal): Promise<Fetched> {
  let url = urlOf(wishes, asked.address);
  for (let hop = 0; hop <= hops; hop += 1) {
    await waitForTurn(wishes, url.host, pace, signal);
    const response = await send(wishes, url, conditionsOf(asked), signal);
    const next = leadsTo(response, url);
    if (next === undefined) return receive(wishes, asked, response);
    response.resume();
    const to = resolveLink(next.href, asked.address);
    if (to === undefined || !wishes.hosts.includes(to.host)) return failed('host-foreign', next.href);
    if (nameOf(to) !== nameOf(asked.address)) return { outcome: 'moved', to };
    url = next;
  }
  return failed('fetch-failed', '跳转次数太多');
}

function leadsTo({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  const isRedirect = statusCode >= 300 && statusCode < 400 && statusCode !== 304;
  return isRedirect && headers.location !== undefined ? new URL(headers.location, from) : undefined;
}

/** What a status says that brings no page; undefined for one that does. */
function withoutPage(status: number): Fetched | undefined {
  if (status === 200) return undefined;
  if (status === 304) return { outcome: 'same' };
  if (status === 404 || status === 410) return failed('not-there', String(status));
  // Perhaps later.
  if (status >= 500 || status === 429) throw new Error(`HTTP ${String(status)}`);
  return failed('fetch-failed', `HTTP ${String(status)}`);
}

async function receive(wishes: WebWishes, asked: Asked, response: IncomingMessage): Promise<Fetched> {
  const { statusCode = 0, headers } = response;
  if (statusCode !== 200) response.resume();
  const other = withoutPage(statusCode);
  if (other !== undefined) return other;
  try {
    const limit = asked.isFile ? wishes.bytesOfFile : bytesOfPage;
    const received = await wishes.store.receive(unpacked(response), limit);
    if (received.digest === asked.digest) {
      await received.drop();
      return { outcome: 'same' };
    }
    await received.keep();
    const { digest } = received;
    return { outcome: 'bytes', digest, ...marksOf(headers) };
  } catch (error) {
    response.destroy();
    if (error instanceof AppError && error.code === 'library.asset-too-large') return failed('too-large', '');
    throw error;
  }
}

const marksOf = (headers: IncomingHttpHeaders) => ({
  mediaType: headers['content-type'] ?? '',
  etag: headers.etag ?? null,
  lastModified: headers['last-modified'] ?? null,
});

/** Some servers pack what they were asked not to. */
function unpacked(response: IncomingMessage): Readable {
  const forward = (to: NodeJS.ReadWriteStream & Readable): Readable => {
    response.on('error', (error) => to.destroy(error));
    return response.pipe(to);
  };
  switch (response.headers['content-encoding']) {
    case 'gzip':
      return forward(createGunzip());
    case 'deflate':
      return forward(createInflate());
    case 'br':
      return forward(createBrotliDecompress());
    default:
      return response;
  }
}

const robotsBytes = 500_000;

/** The text of a robots.txt; undefined where there is none. A server that is in trouble allows nothing for now. */
async function readRobots(wishes: WebWishes, url: URL, signal: AbortSignal): Promise<string | undefined> {
  await waitForTurn(wishes, url.host, wishes.pace, signal);
  const response = await send(wishes, url, {}, signal);
  const status = response.statusCode ?? 0;
  if (status >= 500) {
    response.resume();
    throw new Error(`robots.txt: HTTP ${String(status)}`);
  }
  if (status !== 200) {
    response.resume();
    return undefined;
  }
  let text = '';
  for await (const chunk of response) {
    text += (chunk as Buffer).toString('utf8');
    if (text.length > robotsBytes) break;
  }
  return text.slice(0, robotsBytes);
}
