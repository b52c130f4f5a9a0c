import { request as httpRequest } from 'node:http';

import { createEngine, type Parts } from '../../server/app.ts';
import {
  createFileStore,
  createInlineWriter,
  fullRebuild,
  loadPageKey,
} from '../../server/modules/publishing/index.ts';
import { createPublicSide } from '../../server/public.ts';

export interface Said {
  readonly status: number;
  readonly location: string | undefined;
  readonly type: string;
  readonly retryAfter: string | undefined;
  readonly referrerPolicy: string;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it is sent. */
  readonly body?: string | Buffer;
}

/** The real public server over pages that were really built. */
export interface PublicPort {
  ask(path: string, asked?: Asked): Promise<Said>;
  /** As a browser sends a form. */
  submit(path: string, fields: Readonly<Record<string, string>>, headers?: Asked['headers']): Promise<Said>;
  /** As a script sends it. */
  post(path: string, value: unknown, headers?: Asked['headers']): Promise<Said>;
  stop(): Promise<void>;
}

/** Builds all pages into the store and serves those of one site. */
export async function openPublicPort(parts: Parts, siteId: string): Promise<PublicPort> {
  const engine = await createEngine(parts, 0);
  const key = await loadPageKey(parts.keyFile);
  await fullRebuild({ ...engine, writer: createInlineWriter(createFileStore(parts.pagesDirectory), key) });
  return servePublicPort(parts, siteId);
}

/** Serves the pages of one site that are in the store. */
export async function servePublicPort(parts: Parts, siteId: string): Promise<PublicPort> {
  const side = await createPublicSide(parts, siteId);
  const { port } = await side.pages.listen(0);
  const ask: PublicPort['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const host = { host: `localhost:${String(port)}` };
      const asked = httpRequest(
        { port, path, method, headers: { ...host, ...headers }, agent: false },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              location: response.headers.location,
              type: response.headers['content-type'] ?? '',
              retryAfter: response.headers['retry-after'],
              referrerPolicy: String(response.headers['referrer-policy']),
              text: Buffer.concat(chunks).toString(),
            });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  return {
    ask,
    submit: (path, fields, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
    post: (path, value, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(value),
      }),
    stop: () => side.stop(),
  };
}
