import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';

import { dynamicPaths, privatePaths } from '../../server/dynamic-paths.ts';
import { nginxConfig } from '../../server/modules/publishing/index.ts';
import { watchViews } from './appearance.ts';
import { aVisit } from './browser.ts';
import { type Answer, get } from './citizen.ts';
import { goTo, stepOfSite } from './desk.ts';
import { freePort } from './district.ts';
import { importOldAddresses } from './old-archive.ts';

const place = inject('district');
const visit = aVisit();
const { district } = visit;
const dataDirectory = join(place.directory, 'data');
const mapDirectory = join(dataDirectory, 'nginx');
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
    mapDirectory,
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

  test('answers 410 for every page that was withdrawn, with its note', async () => {
    const folders = await readdir(join(dataDirectory, 'pages'), { recursive: true });
    const notes = folders.filter((name) => name.endsWith('.gone'));
    const hosts = JSON.parse(await readFile(join(dataDirectory, 'pages', 'hosts.json'), 'utf8')) as Readonly<
      Record<string, string>
    >;
    const hostOf = (site: string): string =>
      Object.keys(hosts).find((host) => hosts[host] === site) ?? 'nobody';
    const urls = notes.flatMap((name) => {
      const [site = '', ...rest] = name.slice(0, -'.gone'.length).split('/');
      return hostOf(site) === 'nobody'
        ? []
        : [`http://${hostOf(site)}:${String(place.publicPort)}/${rest.join('/')}`];
    });
    expect(urls.length).toBeGreaterThan(2);
    for (const url of urls) {
      const [ours, theirs] = [await get(url), await behind(alone, url, {})];
      expect([url, theirs.status, theirs.text === ours.text]).toEqual([url, 410, true]);
    }
  });

  test('gives feeds, site maps and what is well known their media types', async () => {
    const types = {
      '/rss.xml': 'application/rss+xml; charset=utf-8',
      '/atom.xml': 'application/atom+xml; charset=utf-8',
      '/feed.json': 'application/feed+json; charset=utf-8',
      '/sitemap.xml': 'application/xml; charset=utf-8',
      '/robots.txt': 'text/plain; charset=utf-8',
      '/theme.css': 'text/css; charset=utf-8',
      '/.well-known/transparency/checkpoint': 'text/plain; charset=utf-8',
      '/.well-known/transparency/key': 'text/plain; charset=utf-8',
    };
    for (const [path, type] of Object.entries(types)) {
      const url = district.siteUrl('www') + path;
      const [ours, theirs] = [await get(url), await behind(alone, url, {})];
      expect([path, theirs.status, theirs.type, theirs.text]).toEqual([path, 200, type, ours.text]);
    }
  });

  test('sends old addresses to where they lead now, with nothing but the maps', async () => {
    await importOldAddresses(place, 'www', [
      '/old/notices.html,/zwgk/tzgg/',
      '/旧站/通知.html,/zwgk/tzgg/',
      '/list.jsp?id=7,/zwgk/zcwj/',
      `/jyj/index.shtml,${district.siteUrl('jyj')}/`,
    ]);
    const mapFile = join(mapDirectory, 'redirects-with-query.map');
    for (let attempt = 0; attempt < 300; attempt += 1) {
      if ((await readFile(mapFile, 'utf8').catch(() => '')).includes('list.jsp')) break;
      await sleep(200);
    }
    const portal = district.siteUrl('www');
    const reloaded = await startNginx(await freePort());
    try {
      const expected = {
        '/old/notices.html': '/zwgk/tzgg/',
        '/old/notices.html?from=timeline': '/zwgk/tzgg/',
        [encodeURI('/旧站/通知.html')]: '/zwgk/tzgg/',
        '/list.jsp?id=7': '/zwgk/zcwj/',
        '/jyj/index.shtml': `${district.siteUrl('jyj')}/`,
      };
      for (const [path, to] of Object.entries(expected)) {
        const [ours, theirs] = [await get(portal + path), await behind(reloaded, portal + path, {})];
        expect([path, ours.status, ours.location]).toEqual([path, 301, to]);
        expect([path, theirs.status, theirs.location]).toEqual([path, 301, to]);
      }
      const unknown = await behind(reloaded, `${portal}/list.jsp?id=8`, {});
      const own = await get(`${portal}/list.jsp?id=8`);
      expect([unknown.status, unknown.text === own.text]).toEqual([404, true]);
      // An old address of one site is none of another.
      expect((await behind(reloaded, `${district.siteUrl('mzj')}/old/notices.html`, {})).status).toBe(404);
    } finally {
      await reloaded.stop();
    }
  });

  test('says that a site is offline, on its home page and everywhere else', async () => {
    const home = district.siteUrl('gtjd');
    const page = await visit.signInAs('yunweichen');
    await goTo(page, '站点');
    await page.getByRole('button', { name: '浔阳区甘棠街道办事处（演示）' }).click();
    const offline = await stepOfSite(page, '临时下线…', '系统升级，明早恢复。');
    const notice = '本网站临时下线';
    await watchViews([{ name: 'the notice', url: `${home}/` }], {
      since: offline,
      shows: ({ text }) => text.includes(notice),
    });
    const seen = async (path: string): Promise<readonly [number, boolean]> => {
      const { status, text } = await behind(alone, home + path, {});
      return [status, text.includes(notice)];
    };
    expect(await seen('/')).toEqual([200, true]);
    await expect.poll(() => seen('/tzgg/'), { timeout: 20_000 }).toEqual([404, true]);
    const back = await stepOfSite(page, '恢复上线');
    await watchViews([{ name: 'the site again', url: `${home}/tzgg/` }], {
      since: back,
      shows: ({ status, text }) => status === 200 && !text.includes(notice),
    });
    expect(await seen('/tzgg/')).toEqual([200, false]);
  });
});
