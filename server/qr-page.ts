import type { IncomingMessage, ServerResponse } from 'node:http';

import { securityHeaders } from './modules/publishing/index.ts';
import { qrCodeSvg } from './platform/qr-code.ts';

/** Longer addresses make codes that telephones cannot read any more. */
const longestPath = 600;

export interface QrQuestion {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scheme: 'http' | 'https';
  readonly url: URL;
}

/** A path of the very site that was asked, as everybody writes it; undefined for anything else. */
function pagePath(raw: string | null): string | undefined {
  if (raw === null || !/^\/(?![/\\])[^\s\\?#<>"]*$/u.test(raw)) return undefined;
  try {
    const path = encodeURI(decodeURI(raw));
    return path.length > longestPath ? undefined : path;
  } catch {
    return undefined;
  }
}

/**
 * The address of one of the site's own pages as a picture that a telephone reads. Made when somebody looks at it: of a
 * hundred thousand articles hardly any is.
 */
export function answerQrCode({ request, response, scheme, url }: QrQuestion): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const host = request.headers.host;
  const path = pagePath(url.searchParams.get('path'));
  if (host === undefined || path === undefined) {
    response.writeHead(400, ['Content-Type', 'text/plain; charset=utf-8', ...securityHeaders()]);
    response.end('path 应为本站页面的路径\n');
    return true;
  }
  const body = Buffer.from(qrCodeSvg(`${scheme}://${host}${path}`));
  response.writeHead(200, [
    'Content-Type',
    'image/svg+xml; charset=utf-8',
    'Content-Length',
    String(body.length),
    'Cache-Control',
    'public, max-age=86400',
    ...securityHeaders(),
  ]);
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
}
