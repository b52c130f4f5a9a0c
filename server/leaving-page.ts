import type { IncomingMessage, ServerResponse } from 'node:http';
import { domainToUnicode } from 'node:url';

import { type LeavingProps, renderLeaving } from '../templates/index.ts';
import { securityHeaders } from './modules/publishing/index.ts';
import { leavingMarker } from './modules/sites/index.ts';
import type { ReadShell } from './search-page.ts';

/** As long as a link in a text may be. */
const longestTarget = 2_000;
const governmentHost = /(?:^|\.)(?:gov\.cn|xn--zfr164b)$/;
const controls = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s\\<>"`]/u;

export interface LeavingQuestion {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: string;
  readonly url: URL;
}

/** Where a link would lead. Only plain web addresses lead anywhere; one that carries a user name disguises its host. */
export function leavingTarget(to: string | null): LeavingProps {
  const refused = { outcome: 'refused' } as const;
  if (to === null || to.length > longestTarget || controls.test(to)) return refused;
  if (!/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i.test(to) || !URL.canParse(to)) return refused;
  const target = new URL(to);
  if (target.username !== '' || target.password !== '' || target.hostname === '') return refused;
  const asciiHost = target.host;
  const host = asciiHost.replace(target.hostname, domainToUnicode(target.hostname) || target.hostname);
  if (governmentHost.test(target.hostname)) return { outcome: 'government', url: target.href, host };
  return { outcome: 'outside', url: target.href, host, asciiHost, encrypted: target.protocol === 'https:' };
}

/** Answers /leaving as a whole page; false when the page around it is not there yet. It never redirects. */
export async function answerLeavingPage(question: LeavingQuestion, readShell: ReadShell): Promise<boolean> {
  const { request, response, site, url } = question;
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const shell = await readShell(site);
  if (shell === undefined) return false;
  const props = leavingTarget(url.searchParams.get('to'));
  const body = Buffer.from(shell.replace(leavingMarker, () => renderLeaving(props)));
  response.writeHead(props.outcome === 'refused' ? 400 : 200, [
    'Content-Type',
    'text/html; charset=utf-8',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    'no-store',
    'X-Robots-Tag',
    'noindex, nofollow',
    ...securityHeaders(),
  ]);
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}
