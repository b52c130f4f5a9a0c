import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import fastifyStatic from '@fastify/static';
import { fastify } from 'fastify';

import { allEndpoints } from '../contracts/index.ts';
import type { Http } from './platform/http.ts';
import { describeApi } from './platform/openapi.ts';
import { programVersion } from './platform/program.ts';

export interface ConsoleFiles {
  /** The built console. */
  readonly consoleDirectory: string;
  /** Style sheets and scripts of the public pages, for previews. */
  readonly assetsDirectory: string;
}

/** Ant Design writes style elements; everything else comes from the console's own address. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "frame-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** The interface's reference, loaded when somebody opens it: its script alone takes 26 MB of memory. */
async function openReference() {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const app = fastify();
  await app.register(scalar, {
    routePrefix: '/api/reference',
    configuration: { url: '/api/openapi.json', title: '集约 Jiyue 接口说明' },
  });
  await app.ready();
  return app;
}

/** The console's own files, the interface's description, and its reference page. */
export async function serveConsoleFiles(app: Http, files: ConsoleFiles): Promise<void> {
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'same-origin');
    reply.header('x-frame-options', 'SAMEORIGIN');
    if (!reply.hasHeader('content-security-policy')) reply.header('content-security-policy', policy);
  });
  app.get('/api/openapi.json', async () => describeApi(allEndpoints, programVersion));
  let reference: ReturnType<typeof openReference> | undefined;
  app.get('/api/reference*', async (request, reply) => {
    reference ??= openReference();
    const { statusCode, headers, rawPayload } = await (await reference).inject(request.url);
    // The reference page starts itself from an inline script.
    const startsItself = `${policy}; script-src 'self' 'unsafe-inline'; font-src 'self' data:`;
    return reply
      .code(statusCode)
      .headers({ ...headers, 'content-security-policy': startsItself })
      .send(rawPayload);
  });
  await app.register(fastifyStatic, {
    root: files.assetsDirectory,
    prefix: '/static/',
    decorateReply: false,
  });
  // A program that was not built answers its interface all the same.
  if (!existsSync(files.consoleDirectory)) return;
  await app.register(fastifyStatic, {
    root: join(files.consoleDirectory, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    maxAge: '1y',
  });
  const index = await readFile(join(files.consoleDirectory, 'index.html'), 'utf8');
  // Every screen of the console has its own address and is drawn in the browser.
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/api/')) {
      reply.callNotFound();
      return reply;
    }
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(index);
  });
}
