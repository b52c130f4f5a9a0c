import type { IncomingMessage } from 'node:http';

import type { LinkAnswer } from '../../contracts/link-check.ts';
import { PrivateAddressError, sendGuarded } from './guarded-request.ts';

export const linkCheckName = 'JiyueLinkCheck';

export interface TryWishes {
  readonly allowPrivate: boolean;
  /** For each request. */
  readonly patienceMilliseconds: number;
}

const mostHops = 5;
const robotsBytes = 100_000;

/** There is a page, although it was not shown to a program: who may read it is not our question. */
const isThere = (status: number): boolean => status < 400 || [401, 403, 407, 429, 451].includes(status);

const answerOf = (status: number): LinkAnswer => ({ status, problem: isThere(status) ? null : 'status' });

/** Whether there is something at an address. HEAD first; whoever refuses that is asked again with GET, and not read. */
export async function tryLink(address: string, wishes: TryWishes, signal: AbortSignal): Promise<LinkAnswer> {
  let url = new URL(address);
  try {
    for (let hop = 0; hop <= mostHops; hop += 1) {
      const response = await askKindly(url, wishes, signal);
      const next = leadsTo(response, url);
      if (next === undefined) return answerOf(response.statusCode ?? 0);
      url = next;
    }
    return { status: null, problem: 'redirects' };
  } catch (error) {
    // Whoever stops the work has learnt nothing of the link.
    signal.throwIfAborted();
    return { status: null, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): 'private-address' | 'timeout' | 'connection' {
  if (error instanceof PrivateAddressError) return 'private-address';
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')
    ? 'timeout'
    : 'connection';
}

async function askKindly(url: URL, wishes: TryWishes, signal: AbortSignal): Promise<IncomingMessage> {
  const head = await ask('HEAD', url, wishes, signal);
  return (head.statusCode ?? 0) < 400 ? head : ask('GET', url, wishes, signal);
}

/** Only the head of the answer is wanted. */
async function ask(
  method: 'HEAD' | 'GET',
  url: URL,
  wishes: TryWishes,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const response = await send(method, url, wishes, signal);
  response.destroy();
  return response;
}

function send(
  method: 'HEAD' | 'GET',
  url: URL,
  { allowPrivate, patienceMilliseconds }: TryWishes,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)]);
  const headers = { 'user-agent': `${linkCheckName}/1.0`, accept: '*/*', 'accept-encoding': 'identity' };
  return sendGuarded({ url, method, headers, allowPrivate, signal: until });
}

function leadsTo({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | undefined {
  const isRedirect = [301, 302, 303, 307, 308].includes(statusCode);
  if (!isRedirect || headers.location === undefined || !URL.canParse(headers.location, from))
    return undefined;
  const next = new URL(headers.location, from);
  return next.protocol === 'http:' || next.protocol === 'https:' ? next : undefined;
}

/** The text of a robots.txt; undefined where none can be read, and then nothing is forbidden. */
export async function readRobots(
  url: URL,
  wishes: TryWishes,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const response = await send('GET', url, wishes, signal);
    if (response.statusCode !== 200) {
      response.destroy();
      return undefined;
    }
    let text = '';
    for await (const chunk of response) {
      text += (chunk as Buffer).toString('utf8');
      if (text.length > robotsBytes) break;
    }
    return text.slice(0, robotsBytes);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
