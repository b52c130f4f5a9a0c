import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { type CachedContent, type CachedFile, REVALIDATE, securityHeaders } from './cached-page.ts';
import { byteRange, type ByteRange, type Encoding, matchesEtag } from './negotiate.ts';
import { plainPage, type PlainStatus } from './plain-pages.ts';

export function sendPlain(response: ServerResponse, status: PlainStatus): void {
  const page = plainPage(status);
  response.writeHead(status, page.headers);
  response.end(page.body);
}

export function sendRedirect(response: ServerResponse, to: string): void {
  const headers = ['Location', to, 'Content-Length', '0', 'Cache-Control', REVALIDATE, ...securityHeaders()];
  response.writeHead(301, headers);
  response.end();
}

/** Whether the client's copy is still good. The tag decides; the date only when there is no tag. */
function isUnchanged(
  request: IncomingMessage,
  page: { etags: readonly string[]; modified: number },
): boolean {
  const { 'if-none-match': tags, 'if-modified-since': since } = request.headers;
  if (tags !== undefined) return matchesEtag(tags, page.etags);
  return since !== undefined && page.modified <= Date.parse(since);
}

/** The part that is asked for, unless the client means a part of something older. */
function rangeOf(
  request: IncomingMessage,
  page: { etags: readonly string[]; modified: number },
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const condition = request.headers['if-range'];
  // Parts are for readings alone.
  if (request.method !== 'GET') return undefined;
  if (condition !== undefined) {
    const stated = String(condition);
    if (!page.etags.includes(stated) && page.modified !== Date.parse(stated)) return undefined;
  }
  return byteRange(request.headers.range, size);
}

function partHeaders(headers: readonly string[], range: ByteRange, size: number): string[] {
  const part = [...headers, 'Content-Range', `bytes ${range.start}-${range.end}/${size}`];
  part[part.indexOf('Content-Length') + 1] = String(range.end - range.start + 1);
  return part;
}

function sendUnsatisfiable(response: ServerResponse, size: number): void {
  response.writeHead(416, ['Content-Range', `bytes */${size}`, 'Content-Length', '0', ...securityHeaders()]);
  response.end();
}

/** The path that nearly every request takes: no header is made here, no byte copied. */
export function sendContent(
  request: IncomingMessage,
  response: ServerResponse,
  page: CachedContent,
  encoding: Encoding,
): void {
  const { headers } = request;
  const variant = page.variants[encoding];
  if (page.status === 200) {
    if (
      (headers['if-none-match'] ?? headers['if-modified-since']) !== undefined &&
      isUnchanged(request, page)
    ) {
      response.writeHead(304, variant.unchanged);
      response.end();
      return;
    }
    if (page.rangeable && headers.range !== undefined && request.method === 'GET') {
      sendPart(request, response, page);
      return;
    }
  }
  response.writeHead(page.status, variant.headers);
  response.end(variant.body);
}

function sendPart(request: IncomingMessage, response: ServerResponse, page: CachedContent): void {
  const { body, headers } = page.variants.identity;
  const range = rangeOf(request, page, body.length);
  if (range === 'unsatisfiable') {
    sendUnsatisfiable(response, body.length);
  } else if (range === undefined) {
    response.writeHead(200, headers);
    response.end(body);
  } else {
    response.writeHead(206, partHeaders(headers, range, body.length));
    response.end(body.subarray(range.start, range.end + 1));
  }
}

/** A site's own page for an error: its body, but the error's status. */
export function sendErrorPage(
  response: ServerResponse,
  status: 404,
  page: CachedContent,
  encoding: Encoding,
): void {
  const variant = page.variants[encoding];
  const headers = [...variant.headers];
  // A copy of an error must not be taken for the page when there is one.
  for (const name of ['ETag', 'Last-Modified']) headers.splice(headers.indexOf(name), 2);
  response.writeHead(status, headers);
  response.end(variant.body);
}

export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  page: CachedFile,
): Promise<void> {
  if (isUnchanged(request, page)) {
    response.writeHead(304, page.unchanged);
    response.end();
    return;
  }
  const range = rangeOf(request, page, page.size);
  if (range === 'unsatisfiable') {
    sendUnsatisfiable(response, page.size);
    return;
  }
  const part = range ?? { start: 0, end: page.size - 1 };
  const body = request.method === 'HEAD' ? undefined : await page.open(part.start, part.end);
  if (body === undefined && request.method !== 'HEAD') {
    sendPlain(response, 503);
    return;
  }
  if (range) response.writeHead(206, partHeaders(page.headers, range, page.size));
  else response.writeHead(200, page.headers);
  if (body) await pipeline(body, response);
  else response.end();
}
