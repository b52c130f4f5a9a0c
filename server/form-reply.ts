import type { IncomingMessage, ServerResponse } from 'node:http';

import { fillFormShell, type FormPage } from '../templates/index.ts';
import { securityHeaders } from './modules/publishing/index.ts';

/** One request to a form, with the page of its site that the answer is put into. */
export interface FormExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: string;
  readonly url: URL;
  readonly shell: string;
}

function headersOf(type: string, size: number, status: number): string[] {
  return [
    'Content-Type',
    type,
    'Content-Length',
    String(size),
    'Cache-Control',
    'no-store',
    ...(status === 503 ? ['Retry-After', '30'] : []),
    // What is left of a body that was not read must not be taken for the next request.
    ...(status === 413 ? ['Connection', 'close'] : []),
    // The address may hold a citizen's code, which nobody learns from what the page asks for.
    ...securityHeaders(undefined, 'private'),
  ];
}

export function sendFormPage(
  { request, response, shell }: FormExchange,
  status: number,
  page: FormPage,
): void {
  const body = Buffer.from(fillFormShell(shell, page));
  response.writeHead(status, headersOf('text/html; charset=utf-8', body.length, status));
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendJson({ response }: Pick<FormExchange, 'response'>, status: number, value: object): void {
  const body = Buffer.from(JSON.stringify(value));
  const type = status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8';
  response.writeHead(status, headersOf(type, body.length, status));
  response.end(body);
}

/** After a form was taken: a page that can be loaded again without sending it once more. */
export function sendSeeOther({ response }: Pick<FormExchange, 'response'>, to: string): void {
  response.writeHead(303, [
    'Location',
    to,
    'Content-Length',
    '0',
    'Cache-Control',
    'no-store',
    ...securityHeaders(),
  ]);
  response.end();
}
