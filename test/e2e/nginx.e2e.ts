import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { dynamicPaths, privatePaths } from '../../server/dynamic-paths.ts';
import { nginxConfig } from '../../server/modules/publishing/index.ts';
import { type Answer, get } from './citizen.ts';
import { freePort, openDistrict } from './district.ts';

const place = inject('district');
const district = openDistrict(place);
const dataDirectory = join(place.directory, 'data');
const sites = ['www', 'jyj', 'mzj', 'wjw', 'gtjd'] as const;
const together = 8;
const sameHeaders = [
  'content-type',
  'content-encoding',
  'cache-control',
  'content-security-policy',
  'content-disposition',
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'permissions-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'last-modified',
  'vary',
];

interface WebServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** A real nginx with the generated configuration, in front of what listens on the port. */
async function startNginx(publicPort: number): Promise<WebServer> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-nginx-'));
  const port = await freePort();
  const config = nginxConfig({
    pagesDirectory: join(dataDirectory, 'pages'),
    staticDirectory: join(dataDirectory, 'static'),
    logDirectory: join(dataDirectory, 'transparency'),
    listen: [`127.0.0.1:${String(port)}`],
    dynamicPaths,
    privatePaths,
    upstream: `127.0.0.1:${String(publicPort)}`,
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const file = join(directory, 'nginx.conf');
  await writeFile(
    file,
    [
      'daemon off;',
      'master_process off;',
      `pid ${directory}/nginx.pid;`,
      `error_log ${directory}/error.log;`,
      'events { worker_connections 512; }',
      'http {',
      'access_log off;',
      ...temporary.map((name) => `${name}_temp_path ${directory}/${name};`),
      config,
      '}',
    ].join('\n'),
  );
  const program = process.env['JIYUE_NGINX'] ?? '/usr/sbin/nginx';
  const nginx = spawn(program, ['-p', directory, '-c', file, '-e', join(directory, 'error.log')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await waitUntilItAnswers(nginx, port);
  return {
    port,
    stop: async () => {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function waitUntilItAnswers(nginx: ChildProcess, port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended with ${String(nginx.exitCode)}`);
    const answer = await get(`http://127.0.0.1:${String(port)}/`).catch(() => undefined);
    if (answer) return;
    await sleep(50);
  }
  throw new Error('nginx does not answer');
}

/** Where a page's links and pictures, or a site map's entries, lead within the district. */
function linksIn({ type, text }: Answer, base: string): string[] {
  const pattern = type.startsWith('text/html') ? /(?:href|src)="([^"#]+)/g : /<loc>([^<]+)<\/loc>/g;
  return [...text.matchAll(pattern)]
    .map(([, address = '']) => new URL(address.replaceAll('&amp;', '&'), base))
    .filter((url) => url.protocol === 'http:' && url.hostname.endsWith('xunyang.localhost'))
    .filter((url) => !dynamicPaths.some((path) => path === url.pathname))
    .map((url) => url.href);
}

/** Every address that can be reached from the home pages, with what the public server answers. */
async function crawl(): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const known = new Set<string>();
  const waiting: string[] = [];
  const add = (urls: readonly string[]): void => {
    for (const url of urls) {
      if (known.has(url)) continue;
      known.add(url);
      waiting.push(url);
    }
  };
  add(
    sites.flatMap((site) =>
      ['/', '/robots.txt', '/sitemap.xml'].map((path) => district.siteUrl(site) + path),
    ),
  );
  while (waiting.length > 0) {
    await Promise.all(
      waiting.splice(0, together).map(async (url) => {
        const answer = await get(url, { 'accept-encoding': 'identity' });
        answers.set(url, answer);
        add(linksIn(answer, url));
      }),
    );
  }
  return answers;
}

/** The same address behind nginx. The Host header keeps the port that people see. */
function behind(server: WebServer, url: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const { host, pathname, search } = new URL(url);
  return get(`http://127.0.0.1:${String(server.port)}${pathname}${search}`, { host, ...headers });
}

function differences(ours: Answer, theirs: Answer): readonly string[] {
  const found = sameHeaders
    .filter((name) => ours.headers[name] !== theirs.headers[name])
    .map((name) => `${name}: ${String(ours.headers[name])} / ${String(theirs.headers[name])}`);
  if (ours.status !== theirs.status) found.push(`status ${String(ours.status)} / ${String(theirs.status)}`);
  if (!ours.bytes.equals(theirs.bytes)) found.push('other bytes');
  return found;
}

describe('nginx with the generated configuration', () => {
  let alone: WebServer;
  let inFront: WebServer;
  let pages: ReadonlyMap<string, Answer>;
  beforeAll(async () => {
    // Nobody listens there: every process of the platform is down, as far as this nginx can tell.
    alone = await startNginx(await freePort());
    inFront = await startNginx(place.publicPort);
    pages = await crawl();
  });
  afterAll(async () => {
    await alone.stop();
    await inFront.stop();
  });

  test('finds no broken link on any page, nor in any site map', () => {
    expect(pages.size).toBeGreaterThan(300);
    const broken = [...pages].filter(([, { status }]) => status !== 200);
    expect(broken.map(([url, { status }]) => `${String(status)} ${url}`)).toEqual([]);
  });

  test('serves every page, file and style sheet with the same bytes and headers while the platform is down', async () => {
    const wrong: string[] = [];
    const urls = [...pages];
    while (urls.length > 0) {
      await Promise.all(
        urls.splice(0, together).map(async ([url, ours]) => {
          const theirs = await behind(alone, url, { 'accept-encoding': 'identity' });
          for (const difference of differences(ours, theirs)) wrong.push(`${url}: ${difference}`);
        }),
      );
    }
    expect(wrong).toEqual([]);
  });

  test('sends the compressed forms that lie in the store', async () => {
    const url = `${district.siteUrl('www')}/`;
    const headers = { 'accept-encoding': 'gzip' };
    const ours = await get(url, headers);
    const theirs = await behind(alone, url, headers);
    expect(theirs.headers['content-encoding']).toBe('gzip');
    expect(differences(ours, theirs)).toEqual([]);
    const again = await behind(alone, url, { ...headers, 'if-none-match': theirs.headers.etag ?? '' });
    expect(again.status).toBe(304);
  });

  test('says 404, 410, 421 and 301 as the public server does', async () => {
    const portal = district.siteUrl('www');
    for (const path of ['/no-such-page.html', '/zwgk', '/index.html', '/index.html.gz', '/.hosts/x']) {
      const ours = await get(portal + path);
      const theirs = await behind(inFront, portal + path, {});
      expect([path, theirs.status, theirs.location]).toEqual([path, ours.status, ours.location]);
    }
    expect((await behind(alone, `${portal}/no-such-page.html`, {})).status).toBe(404);
    const unknown = `http://unknown.example.cn:${String(place.publicPort)}/`;
    expect((await behind(alone, unknown, {})).status).toBe(421);
  });

  test('forwards the search, and says so when the platform is down', async () => {
    const url = `${district.siteUrl('www')}/search?q=${encodeURIComponent('通知')}`;
    expect((await behind(inFront, url, {})).text).toContain('通知');
    expect((await behind(alone, url, {})).status).toBe(503);
  });
});
