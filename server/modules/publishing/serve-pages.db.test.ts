import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  aToyEngine,
  announceToy,
  createToyTable,
  putToy,
  silentLog,
  type ToyEngine,
  toyKey,
  type ToyPage,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { createFileReader } from './file-reader.ts';
import { digestOf } from './page-forms.ts';
import { createPageProof } from './page-proof.ts';
import type { PageDefinition } from './page.types.ts';
import { createPublisher } from './publisher.ts';
import { rebuildDirty } from './rebuild-dirty.ts';
import { insertIntent, upsertRedirects } from './page.queries.ts';
import { createRedirectTable } from './redirect-table.ts';
import { createPageServer, type PageServer, type PageServerOptions } from './serve-pages.ts';
import { restorePage } from './verify-store.ts';

const { db } = aDatabase();
let toy: ToyEngine;
let server: PageServer | undefined;
let port = 0;
let tampered: string[] = [];

interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly bytes: Buffer;
  readonly text: string;
}

function ask(
  path: string,
  options: { method?: string; host?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = { host: options.host ?? 'www.test', ...options.headers };
    const request = httpRequest(
      { port, path, method: options.method ?? 'GET', headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const bytes = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes,
            text: bytes.toString(),
          });
        });
      },
    );
    request.on('error', reject);
    request.end();
  });
}

async function serve(more: Partial<PageServerOptions> = {}): Promise<void> {
  await server?.close();
  server = await createPageServer({
    reader: createFileReader(toy.directory),
    key: toyKey,
    proof: createPageProof(db),
    findRedirect: createRedirectTable(db),
    defaultSite: '1',
    log: silentLog,
    onTampered: (site, path) => tampered.push(`${site}${path}`),
    ...more,
  });
  ({ port } = await server.listen(0));
}

async function publish(id: string, page: ToyPage): Promise<void> {
  await putToy(db, id, page);
  await announceToy(toy.engine, [`resource:${id}`]);
  while ((await rebuildDirty(toy.engine, { limit: 50 })).taken > 0);
}

const onDisk = (name: string, site = '1') => join(toy.directory, site, name);
/** Past the quarter of a second in which memory answers without a look at the disk. */
const aMoment = () => sleep(270);

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent`.execute(
    db,
  );
  tampered = [];
  toy = await aToyEngine(db);
  await mkdir(toy.directory, { recursive: true });
  await writeFile(join(toy.directory, 'hosts.json'), JSON.stringify({ 'www.test': '1', 'unit.test': '2' }));
  await publish('1', { path: '/a/1.html' });
  await serve();
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await toy.remove();
});

describe('a published page', () => {
  test('is served with its type, its digest as tag and without any right to run scripts from elsewhere', async () => {
    const reply = await ask('/a/1.html?from=wechat');
    expect(reply.status).toBe(200);
    expect(reply.text).toContain('body of 1');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      etag: `"${digestOf(reply.bytes).slice(0, 32)}"`,
      'cache-control': 'public, max-age=0, must-revalidate',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
    expect(reply.headers['content-security-policy']).toMatch(/default-src 'self'/);
    expect(reply.headers['content-security-policy']).not.toMatch(/unsafe/);
  });

  test('is sent in the form that the client accepts', async () => {
    const plain = (await ask('/a/1.html')).text;
    const br = await ask('/a/1.html', { headers: { 'accept-encoding': 'gzip, deflate, br' } });
    expect(br.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(br.bytes).toString()).toBe(plain);
    const gzip = await ask('/a/1.html', { headers: { 'accept-encoding': 'gzip;q=1.0, br;q=0' } });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.bytes).toString()).toBe(plain);
    expect(new Set([br.headers['etag'], gzip.headers['etag']]).size).toBe(2);
  });

  test('is not sent again to a client that has it', async () => {
    const { etag, 'last-modified': modified } = (await ask('/a/1.html')).headers;
    const again = await ask('/a/1.html', { headers: { 'if-none-match': `"other", W/${String(etag)}` } });
    expect([again.status, again.bytes.length, again.headers.etag]).toEqual([304, 0, etag]);
    expect((await ask('/a/1.html', { headers: { 'if-modified-since': String(modified) } })).status).toBe(304);
    expect(
      (
        await ask('/a/1.html', {
          headers: { 'if-none-match': '"other"', 'if-modified-since': String(modified) },
        })
      ).status,
    ).toBe(200);
  });

  test('answers HEAD with headers alone, and refuses to be written', async () => {
    const head = await ask('/a/1.html', { method: 'HEAD' });
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
    expect(Number(head.headers['content-length'])).toBeGreaterThan(100);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await ask('/a/1.html', { method })).status).toBe(405);
  });

  test('shows a change within 300 ms, without the database telling the server', async () => {
    await ask('/a/1.html');
    await publish('1', { path: '/a/1.html', body: 'changed' });
    const published = performance.now();
    while (!(await ask('/a/1.html')).text.includes('changed'))
      expect(performance.now() - published).toBeLessThan(300);
  });

  test('answers 410 when it was withdrawn and 301 when it moved', async () => {
    await ask('/a/1.html');
    await publish('1', { path: '/a/1.html', outcome: 'gone', body: 'withdrawn' });
    await aMoment();
    const gone = await ask('/a/1.html');
    expect([gone.status, gone.text.includes('withdrawn')]).toEqual([410, true]);
    await publish('1', { path: '/b/2.html' });
    await aMoment();
    const moved = await ask('/a/1.html');
    expect([moved.status, moved.headers.location]).toEqual([301, '/b/2.html']);
  });
});

describe('an address', () => {
  test('without a page gets the site’s own answer, or a plain one', async () => {
    expect((await ask('/nothing')).text).toContain('页面不存在');
    await publish('2', { path: '/404.html', body: 'our own 404' });
    const reply = await ask('/nothing/else.html');
    expect([reply.status, reply.text.includes('our own 404'), reply.headers.etag]).toEqual([
      404,
      true,
      undefined,
    ]);
  });

  test('of a folder gets its slash, and index.html loses its name', async () => {
    await publish('2', { path: '/政务/', body: 'index' });
    expect((await ask('/%E6%94%BF%E5%8A%A1/')).text).toContain('index');
    expect((await ask('/%E6%94%BF%E5%8A%A1?x=1')).headers.location).toBe('/%E6%94%BF%E5%8A%A1/?x=1');
    expect((await ask('/%E6%94%BF%E5%8A%A1/index.html')).headers.location).toBe('/%E6%94%BF%E5%8A%A1/');
  });

  test('of an old system leads to its new one', async () => {
    await upsertRedirects(db, [{ site: '1', path: '/content.jsp?id=5', to: '/a/1.html' }]);
    const reply = await ask('/content.jsp?id=5');
    expect([reply.status, reply.headers.location]).toEqual([301, '/a/1.html']);
    expect((await ask('/content.jsp?id=6')).status).toBe(404);
    expect((await ask('/content.jsp?id=5', { host: 'unit.test' })).status).toBe(404);
  });

  test.each([
    '/../hosts.json',
    '/%2e%2e/hosts.json',
    '/a/%2e%2e/%2e%2e/hosts.json',
    '/a%00.html',
    '/%',
    '/a/%ff',
    '//x',
    '/a\\..\\b',
    `/${'x'.repeat(5000)}`,
  ])('like %.40s is refused', async (path) => {
    const reply = await ask(path);
    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain('www.test');
  });

  test.each(['/a/1.html.gz', '/a/1.html.br', '/hosts.json', '/.staging/x', '/a/1.html/'])(
    'like %s names nothing public',
    async (path) => {
      expect((await ask(path)).status).toBe(404);
      expect(tampered).toEqual([]);
    },
  );

  test('belongs to the site of its host', async () => {
    await publish('2', { site: '2', path: '/only-here.html' });
    expect((await ask('/only-here.html', { host: 'UNIT.test:8080' })).status).toBe(200);
    expect((await ask('/only-here.html')).status).toBe(404);
    expect((await ask('/a/1.html', { host: 'evil.example' })).status).toBe(421);
    expect((await ask('/a/1.html', { host: 'localhost:1' })).status).toBe(200);
  });

  test('may be answered by a program, which is asked after the pages in memory', async () => {
    await serve({
      dynamic: (request, response, site) => {
        if (request.url?.startsWith('/search') !== true) return false;
        response.end(`search in ${site}`);
        return true;
      },
    });
    expect((await ask('/search?q=x', { method: 'POST', host: 'unit.test' })).text).toBe('search in 2');
    expect((await ask('//search')).status).toBe(400);
    expect((await ask('/a/1.html')).status).toBe(200);
  });
});

describe('a page that was altered on the disk', () => {
  test('is never served: memory answers, and the page restores itself', async () => {
    const publisher = createPublisher(toy.engine);
    let restored: Promise<void> | undefined;
    await serve({
      onTampered: (site, path) => {
        tampered.push(`${site}${path}`);
        restored = restorePage(toy.engine, site, path).then(() => {
          publisher.kick();
        });
      },
    });
    const good = (await ask('/a/1.html')).text;
    await writeFile(onDisk('a/1.html'), 'defaced');
    await aMoment();
    expect(await ask('/a/1.html')).toMatchObject({ status: 200, text: good });
    expect(tampered).toEqual(['1/a/1.html']);
    await restored;
    await publisher.settled();
    await publisher.stop();
    expect((await toy.engine.store.read('1', 'a/1.html'))?.toString()).toBe(good);
  });

  test('is answered with 503 by a server that has never seen it, until it is restored', async () => {
    await writeFile(onDisk('a/1.html'), 'defaced');
    const reply = await ask('/a/1.html');
    expect([reply.status, reply.text.includes('defaced'), reply.headers['retry-after']]).toEqual([
      503,
      false,
      '5',
    ]);
    await restorePage(toy.engine, '1', '/a/1.html');
    await rebuildDirty(toy.engine, { limit: 10 });
    expect((await ask('/a/1.html')).status).toBe(200);
  });

  test('or deleted is answered with 503 as well, and asked for again', async () => {
    await rm(onDisk('a/1.html'));
    for (const method of ['GET', 'HEAD']) {
      const reply = await ask('/a/1.html', { method });
      expect([method, reply.status, reply.headers['retry-after']]).toEqual([method, 503, '5']);
    }
    expect(new Set(tampered)).toEqual(new Set(['1/a/1.html']));
    await restorePage(toy.engine, '1', '/a/1.html');
    await rebuildDirty(toy.engine, { limit: 10 });
    expect((await ask('/a/1.html')).status).toBe(200);
  });

  test('or deleted is missing as long as nobody says that it was published', async () => {
    await rm(onDisk('a/1.html'));
    await serve({ proof: async () => undefined });
    expect((await ask('/a/1.html')).status).toBe(404);
  });

  test('is not restored while a worker changes it', async () => {
    await insertIntent(db, '1', [
      { key: 'toy/1', site: '1', path: '/a/1.html', outcome: 'absent', mediaType: '', digest: null },
    ]);
    await restorePage(toy.engine, '1', '/a/1.html');
    expect((await rebuildDirty(toy.engine, { limit: 10 })).taken).toBe(0);
  });

  test('is no page before it is recorded', async () => {
    await insertIntent(db, '1', [
      {
        key: 'toy/2',
        site: '1',
        path: '/a/2.html',
        outcome: 'page',
        mediaType: 'text/html',
        digest: 'ab'.repeat(32),
      },
    ]);
    expect((await ask('/a/2.html')).status).toBe(404);
    expect(tampered).toEqual([]);
  });

  test('in its compressed form alone is sent uncompressed', async () => {
    await writeFile(onDisk('a/1.html.br'), 'defaced');
    const reply = await ask('/a/1.html', { headers: { 'accept-encoding': 'br' } });
    expect([reply.status, reply.headers['content-encoding']]).toEqual([200, undefined]);
    expect(tampered).toEqual(['1/a/1.html']);
  });

  test('by removing it stays served from memory', async () => {
    await ask('/a/1.html');
    await rm(onDisk('a/1.html'));
    await aMoment();
    expect((await ask('/a/1.html')).status).toBe(200);
    expect(tampered).toEqual(['1/a/1.html']);
  });

  test('by exchanging it with another page of the same site is noticed', async () => {
    await publish('2', { path: '/a/2.html' });
    for (const form of ['', '.gz', '.br']) await rename(onDisk(`a/2.html${form}`), onDisk(`a/1.html${form}`));
    expect((await ask('/a/1.html')).status).toBe(503);
    await serve({ proof: async () => undefined });
    expect((await ask('/a/1.html')).status).toBe(503);
  });
});

describe('without the database', () => {
  test('a sealed page is served and an altered one is not', async () => {
    await publish('2', { path: '/b/', outcome: 'gone', body: 'withdrawn' });
    await publish('3', { path: '/c.html', outcome: 'moved', body: '/a/1.html' });
    await serve({ proof: async () => undefined });
    expect((await ask('/a/1.html')).status).toBe(200);
    expect((await ask('/b/')).status).toBe(410);
    expect((await ask('/c.html')).headers.location).toBe('/a/1.html');
    await writeFile(onDisk('c.html.moved'), 'https://evil.example/');
    await writeFile(onDisk('d.html'), 'added');
    await aMoment();
    expect((await ask('/c.html')).headers.location).toBe('/a/1.html');
    expect((await ask('/d.html')).status).toBe(503);
    await serve({ proof: async () => undefined });
    // What its sealed form holds is what was published.
    expect((await ask('/c.html')).headers.location).toBe('/a/1.html');
    await writeFile(onDisk('c.html.moved.gz'), 'https://evil.example/');
    await serve({ proof: async () => undefined });
    expect((await ask('/c.html')).status).toBe(503);
  });

  test('a page whose worker was killed while replacing it is served, as it was or as it will be', async () => {
    await publish('4', { path: '/four.html', body: 'the old version' });
    const old = await readFile(onDisk('four.html'));
    const oldBrotli = await readFile(onDisk('four.html.br'));
    await publish('4', { path: '/four.html', body: 'the new version' });
    await writeFile(onDisk('four.html'), old);
    await rm(onDisk('four.html.br'));
    await serve({ proof: async () => undefined });
    expect((await ask('/four.html')).text).toContain('the new version');
    await writeFile(onDisk('four.html.br'), oldBrotli);
    await serve({ proof: async () => undefined });
    const reply = await ask('/four.html', { headers: { 'accept-encoding': 'br' } });
    expect([reply.status, reply.headers['content-encoding']]).toEqual([200, undefined]);
    expect(tampered).toEqual([]);
  });

  test('a database that does not answer is not waited for twice', async () => {
    let asked = 0;
    const stuck = createPageProof(
      db.withPlugin({
        transformQuery(args) {
          asked += 1;
          return args.node;
        },
        transformResult: () => new Promise(() => undefined),
      }),
    );
    await publish('2', { path: '/2.html' });
    await serve({ proof: stuck });
    const started = performance.now();
    expect([(await ask('/a/1.html')).status, (await ask('/2.html')).status]).toEqual([200, 200]);
    expect(performance.now() - started).toBeLessThan(900);
    expect(asked).toBe(1);
  });
});

describe('an attachment', () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(3_000_000, 'x')]);
  const digest = digestOf(bytes);
  const address = `/files/${digest}/${encodeURIComponent('公告.pdf')}`;

  async function publishFile(mediaType = 'application/pdf'): Promise<void> {
    await writeFile(join(toy.directory, 'asset'), bytes);
    const files: PageDefinition = {
      kind: 'file',
      rank: 9,
      keysForTag: () => ['file/1'],
      allKeys: async () => [],
      load: async () => [
        { key: 'file/1', site: '1', path: address, tags: [], outcome: 'file', mediaType, digest },
      ],
      render: () => '',
    };
    const engine = { ...toy.engine, definitions: [files], assetPath: () => join(toy.directory, 'asset') };
    await announceToy(engine, ['asset:1']);
    await rebuildDirty(engine, { limit: 10 });
  }

  test('is sent whole or in parts, for ever cacheable', async () => {
    await publishFile();
    const whole = await ask(address);
    expect([whole.status, digestOf(whole.bytes)]).toEqual([200, digest]);
    expect(whole.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'application/pdf',
    });
    const part = await ask(address, { headers: { range: 'bytes=0-7' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([
      206,
      '%PDF-1.7',
      `bytes 0-7/${bytes.length}`,
    ]);
    const end = await ask(address, {
      headers: { range: 'bytes=-5', 'if-range': String(whole.headers.etag) },
    });
    expect([end.status, end.text]).toEqual([206, 'xxxxx']);
    expect((await ask(address, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
    expect((await ask(address, { headers: { range: 'bytes=0-7', 'if-range': '"older"' } })).status).toBe(200);
    expect((await ask(address, { method: 'HEAD' })).headers['content-length']).toBe(String(bytes.length));
  });

  test('that a browser would run is only offered for download', async () => {
    await publishFile('text/html');
    expect((await ask(address)).headers).toMatchObject({ 'content-disposition': 'attachment' });
    expect((await ask(address)).headers['content-security-policy']).toContain('sandbox');
  });

  test('that was altered is not sent', async () => {
    await publishFile();
    await ask(address);
    const altered = Buffer.from(bytes);
    altered[100] = 0;
    await writeFile(onDisk(`files/${digest}/公告.pdf`), altered);
    await aMoment();
    expect((await ask(address)).status).toBe(503);
    await serve({ proof: async () => undefined });
    expect((await ask(address)).status).toBe(503);
  });
});

test('style sheets and scripts are served on every site under /static/', async () => {
  const directory = join(toy.directory, '..', `static-${port}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'site.css'), 'body{color:red}'.repeat(100));
  await serve({ staticDirectory: directory });
  const reply = await ask('/static/site.css', { headers: { 'accept-encoding': 'br' }, host: 'unit.test' });
  expect([reply.status, reply.headers['content-encoding'], reply.headers['content-type']]).toEqual([
    200,
    'br',
    'text/css; charset=utf-8',
  ]);
  expect((await ask('/static/../../x')).status).toBe(400);
  expect((await ask('/static/none.css')).status).toBe(404);
  await rm(directory, { recursive: true });
});
