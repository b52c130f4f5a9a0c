import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type AssetStore, createFileAssetStore } from '../../platform/asset-store.ts';
import { listenOn } from '../../platform/listen.ts';
import type { Asked } from './source.types.ts';
import { createWebSource, type WebWishes } from './web-source.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let answers: Record<string, Answer> = {};
const seen: string[] = [];
const server = createServer((request, response) => {
  seen.push(request.url ?? '');
  const answer = answers[request.url ?? ''];
  if (answer) answer(request, response);
  else {
    response.statusCode = 404;
    response.end();
  }
});
let host = '';
let directory = '';
let store: AssetStore;

beforeEach(async () => {
  answers = {};
  seen.length = 0;
  directory = await mkdtemp(join(tmpdir(), 'jiyue-web-'));
  store = createFileAssetStore(directory);
  if (host !== '') return;
  await listenOn(server, { port: 0, host: '127.0.0.1' });
  const address = server.address();
  host = `127.0.0.1:${String(typeof address === 'object' && address ? address.port : 0)}`;
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const page =
  (text: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=gbk', ...headers });
    response.end(text);
  };
const away =
  (to: string): Answer =>
  (_request, response) => {
    response.writeHead(302, { location: to });
    response.end();
  };
const fetchOf = (path: string, asked: Partial<Asked> = {}, wishes: Partial<WebWishes> = {}) =>
  createWebSource({
    store,
    hosts: [host],
    schemes: new Map(),
    allowPrivate: true,
    pace: 0,
    bytesOfFile: 10_000,
    askedAt: new Map(),
    retryAfter: 1,
    ...wishes,
  }).fetch(
    { address: { host, path }, isFile: false, digest: null, etag: null, lastModified: null, ...asked },
    new AbortController().signal,
  );

test('a page comes with what the server says of it, and only when it has changed', async () => {
  answers['/a'] = (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else page('text', { etag: '"1"', 'last-modified': 'yesterday' })(request, response);
  };
  const first = await fetchOf('/a');
  expect(first).toMatchObject({
    outcome: 'bytes',
    mediaType: 'text/html; charset=gbk',
    etag: '"1"',
    lastModified: 'yesterday',
  });
  const digest = first.outcome === 'bytes' ? first.digest : '';
  expect(await fetchOf('/a', { digest, etag: '"1"' })).toEqual({ outcome: 'same' });
  // A server without marks sends it all again, and the bytes tell.
  answers['/a'] = page('text');
  expect(await fetchOf('/a', { digest })).toEqual({ outcome: 'same' });
});

test('redirects are followed within the old site only', async () => {
  answers['/a'] = away('/b?x=1');
  answers['/c'] = away('http://169.254.169.254/latest/meta-data');
  answers['/d'] = away('/d');
  expect(await fetchOf('/a')).toEqual({ outcome: 'moved', to: { host, path: '/b?x=1' } });
  expect(await fetchOf('/c')).toMatchObject({ outcome: 'failed', problem: 'host-foreign' });
  expect(await fetchOf('/d')).toMatchObject({ outcome: 'failed', problem: 'fetch-failed' });
});

test('robots.txt is asked once and kept', async () => {
  answers['/robots.txt'] = page('User-agent: *\nDisallow: /private/\n');
  answers['/private/a'] = page('secret');
  answers['/b'] = page('open');
  expect(await fetchOf('/private/a')).toMatchObject({ outcome: 'failed', problem: 'robots-refused' });
  expect(seen).toEqual(['/robots.txt']);
  expect(await fetchOf('/b')).toMatchObject({ outcome: 'bytes' });
});

test('inner networks are left alone unless the installation allows them', async () => {
  answers['/a'] = page('inner');
  const refused = { outcome: 'failed', problem: 'host-private' };
  expect(await fetchOf('/a', {}, { allowPrivate: false })).toMatchObject(refused);
  const { port } = new URL(`http://${host}`);
  const named = `localhost:${port}`;
  const byName = { address: { host: named, path: '/a' } };
  expect(await fetchOf('/a', byName, { allowPrivate: false, hosts: [named] })).toMatchObject(refused);
  expect(seen).toEqual([]);
});

test('what is too large is dropped, packed or not', async () => {
  answers['/file.pdf'] = page('x'.repeat(10_001));
  expect(await fetchOf('/file.pdf', { isFile: true })).toMatchObject({
    outcome: 'failed',
    problem: 'too-large',
  });
  const { gzipSync } = await import('node:zlib');
  answers['/bomb'] = (_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/html' });
    response.end(gzipSync(Buffer.alloc(20_000_000)));
  };
  expect(await fetchOf('/bomb')).toMatchObject({ outcome: 'failed', problem: 'too-large' });
});

test('a server in trouble is tried again, a page that is gone is not', async () => {
  let calls = 0;
  answers['/a'] = (request, response) => {
    calls += 1;
    if (calls < 3) response.writeHead(503).end();
    else page('at last')(request, response);
  };
  expect(await fetchOf('/a')).toMatchObject({ outcome: 'bytes' });
  expect(await fetchOf('/gone')).toMatchObject({ outcome: 'failed', problem: 'not-there' });
  expect(seen.filter((path) => path === '/gone')).toHaveLength(1);
});
