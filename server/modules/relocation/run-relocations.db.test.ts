import { createServer } from 'node:http';

import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type SiteRules, startingRules } from '../../../contracts/relocation.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import type { CopiedFile } from '../../../test/old-copy.ts';
import { aRelocationPlace, type RelocationPlace } from '../../../test/factories/relocation.ts';
import { aColumn, aDistrict, aStage } from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { listenOn } from '../../platform/listen.ts';
import { plainText } from '../../platform/rich-text/index.ts';
import type { ColumnRow } from '../sites/index.ts';
import type { RelocationEngine } from './relocation-engine.ts';

const { db } = aDatabase();
const stage = aStage(db);
let place: RelocationPlace;
let siteId = '';
let unitId = '';
let column: ColumnRow;
let hosts = 0;

beforeAll(async () => {
  const district = await aDistrict(stage);
  siteId = district.portal.id;
  unitId = district.office.id;
  column = await aColumn(stage, { site: district.portal });
  place = await aRelocationPlace(stage);
});
afterAll(() => place.remove());

const rules: SiteRules = { ...startingRules, articleAddresses: ['**/t*.html'], body: ['#zoom'] };
const page = (title: string, body = `<p>${title}的正文。</p>`, day = '2022-12-08'): string =>
  `<meta charset="utf-8"><meta name="ArticleTitle" content="${title}"><meta name="PubDate" content="${day}"><div id="zoom">${body}</div>`;
const article = (number: number, more = ''): CopiedFile => ({
  name: `a/t${String(number)}.html`,
  bytes: page(
    `第${String(number)}号通知`,
    `<p>正文${String(number)}${more}</p>`,
    `2022-01-${String(1 + (number % 28)).padStart(2, '0')}`,
  ),
});

/** An old site of its own with rules and a place for what is on it. */
async function anOldSite(files: readonly CopiedFile[]): Promise<{ id: string; host: string }> {
  hosts += 1;
  const host = `old${String(hosts)}.test`;
  const id = await place.create({ name: '旧站', siteId, unitId, hosts: [host], source: 'copy' });
  await place.copy(id, files);
  await place.change(id, { rules, defaultColumnId: column.id });
  return { id, host };
}

async function bring(id: string): Promise<void> {
  await place.start(id, 'import');
  await place.work();
}

const pagesOf = (id: string) =>
  db
    .selectFrom('relocation.page')
    .select(['address', 'kind', 'state', 'problem', 'resource_id', 'target', 'run'])
    .where('project_id', '=', id)
    .orderBy('id')
    .execute();

async function resourcesFrom(host: string) {
  const { rows } = await sql<{ id: string; from: string; content: ResourceContent; number: number }>`
    select resource.id, resource.imported_from as from, revision.content, revision.number
    from library.resource join library.revision on revision.id = resource.live_revision_id
    where resource.imported_from like ${`${host}/%`} order by resource.id`.execute(db);
  return rows;
}

describe('a saved copy', () => {
  test('is tried without anything coming in, and then comes in with days, files and order', async () => {
    const { id, host } = await anOldSite([
      { name: 'a/t2.html', bytes: page('后来的通知', '<p>二</p>', '2022-05-02') },
      {
        name: 'a/t1.html',
        bytes: page(
          '早先的通知',
          '<p>一</p><p>附件：<a href="f.csv">表格</a></p><p><img src="no.png"><img src="p.png" alt="现场"></p>',
          '2021-05-01',
        ),
      },
      { name: 'a/t3.html', bytes: page('没有正文', '', '2022-05-02') },
      { name: 'a/f.csv', bytes: '序号,名称\n1,表\n' },
      {
        name: 'a/p.png',
        bytes: await sharp({ create: { width: 3, height: 2, channels: 3, background: 'red' } })
          .png()
          .toBuffer(),
      },
      { name: 'index.html', bytes: '<title>首页</title>' },
    ]);
    await place.start(id, 'check');
    await place.work();
    expect(await resourcesFrom(host)).toEqual([]);
    const checked = await pagesOf(id);
    expect(checked.map((one) => [one.address.slice(host.length), one.kind, one.problem]).sort()).toEqual([
      ['/', 'other', null],
      ['/a/f.csv', 'file', null],
      ['/a/no.png', 'file', 'not-there'],
      ['/a/p.png', 'file', null],
      ['/a/t1.html', 'article', null],
      ['/a/t2.html', 'article', null],
      ['/a/t3.html', 'article', 'body-missing'],
    ]);
    await bring(id);
    const came = await resourcesFrom(host);
    expect(came.map(({ content }) => [content.title, content.producedOn])).toEqual([
      ['早先的通知', '2021-05-01'],
      ['后来的通知', '2022-05-02'],
    ]);
    expect(came[0]?.content.attachments).toMatchObject([{ name: '表格.csv' }]);
    expect(plainText(came[0]?.content.body ?? { type: 'doc', content: [] })).toBe('一');
    const picture = came[0]?.content.body?.content.find((block) => block.type === 'image');
    expect(picture).toMatchObject({
      attrs: { alt: '现场', assetId: expect.stringMatching(/^\d+$/) as string },
    });
    const file = (await pagesOf(id)).find((one) => one.address.endsWith('f.csv'));
    expect(file?.target).toMatch(/^\/files\/[0-9a-f]{64}\//);
    // The page engine is told of the files too: without their tags nobody builds them.
    const { rows } = await sql<{ tag: string }>`
      select unnest(tags) as tag from platform.event where name = 'sites.listings-changed'`.execute(db);
    const told = rows.filter(({ tag }) => tag.startsWith(`file:${siteId}/`));
    expect(told.map(({ tag }) => tag.split('/').at(-1)).sort()).toEqual(['p.png', '表格.csv']);
    // All was read by the check already.
    expect(new Set(checked.map((one) => one.run))).toEqual(new Set([1]));
  });

  test('brings only what is new or changed when it comes again, and leaves alone what was changed here', async () => {
    const { id, host } = await anOldSite([article(1), article(2), article(3)]);
    await bring(id);
    const before = await resourcesFrom(host);
    expect(before).toHaveLength(3);
    await db
      .updateTable('relocation.project')
      .set({ state: 'idle', phase: 'done' })
      .where('id', '=', id)
      .execute();
    // Somebody here took the third one down since.
    await db
      .updateTable('library.resource')
      .set({ stage: 'withdrawn' })
      .where('imported_from', '=', `${host}/a/t3.html`)
      .execute();
    await place.copy(id, [article(2, '（已更新）'), article(3, '（已更新）'), article(4)]);
    await bring(id);
    const after = await resourcesFrom(host);
    expect(after.map(({ from, number }) => [from.slice(host.length), number])).toEqual([
      ['/a/t1.html', 1],
      ['/a/t2.html', 2],
      ['/a/t3.html', 1],
      ['/a/t4.html', 1],
    ]);
    expect(plainText(after[1]?.content.body ?? { type: 'doc', content: [] })).toBe('正文2（已更新）');
    const problems = (await pagesOf(id)).filter((one) => one.problem !== null);
    expect(problems.map((one) => [one.address.slice(host.length), one.problem])).toEqual([
      ['/a/t3.html', 'changed-here'],
    ]);
  });

  test('killed at any moment it goes on, and nothing comes twice', async () => {
    for (let round = 0; round < 3; round += 1) {
      const count = 70;
      const { id, host } = await anOldSite(Array.from({ length: count }, (_, at) => article(at + 1)));
      await place.start(id, 'import');
      let calls = 0;
      // Every third act of a worker is its last: before what it did was committed, or just after.
      const mortal: RelocationEngine = {
        ...place.engine,
        performAsSystem: async (command, input, as) => {
          calls += 1;
          if (calls % 3 === round % 3) throw new Error('killed before');
          const done = await place.engine.performAsSystem(command, input, as);
          if (calls % 3 === (round + 1) % 3) throw new Error('killed after');
          return done;
        },
      };
      for (let lives = 0; lives < 12; lives += 1) await place.work(mortal).catch(() => undefined);
      await place.work();
      const came = await resourcesFrom(host);
      expect(came).toHaveLength(count);
      expect(new Set(came.map((one) => one.from)).size).toBe(count);
      const named = (await pagesOf(id)).filter((one) => one.resource_id !== null && one.target !== null);
      expect(named).toHaveLength(count);
    }
  }, 120_000);

  test('says of a column without a place that it has none, and brings it in once it has one', async () => {
    const { id, host } = await anOldSite([article(1), { name: 'b/t2.html', bytes: page('留下的通知') }]);
    await place.change(id, { defaultColumnId: null, mappings: [{ key: '/b/', columnId: null }] });
    await bring(id);
    expect(await resourcesFrom(host)).toEqual([]);
    const problems = (await pagesOf(id)).map((one) => [one.address.slice(host.length), one.problem]);
    expect(problems.sort()).toEqual([
      ['/a/t1.html', 'column-unmapped'],
      ['/b/t2.html', null],
    ]);
    await place.change(id, {
      mappings: [
        { key: '/a/', columnId: column.id },
        { key: '/b/', columnId: null },
      ],
    });
    await bring(id);
    expect((await resourcesFrom(host)).map((one) => one.from.slice(host.length))).toEqual(['/a/t1.html']);
  });
});

describe('the old site itself', () => {
  test('is walked from its address over its own pages, within the limits, and asked for changes only', async () => {
    const texts = new Map<string, string>([
      [
        '/',
        '<a href="/list/">通知公告栏目</a><a href="http://elsewhere.test/">别处</a><a href="/deep/1">深</a>',
      ],
      [
        '/list/',
        Array.from(
          { length: 6 },
          (_, at) => `<a href="t${String(at)}.html">关于第${String(at)}件事的通知</a>`,
        ).join(''),
      ],
      ['/deep/1', '<a href="/deep/2">x</a>'],
      ['/deep/2', '<a href="/deep/3">x</a>'],
    ]);
    for (let at = 0; at < 6; at += 1)
      texts.set(`/list/t${String(at)}.html`, page(`关于第${String(at)}件事的通知`));
    const seen: string[] = [];
    const server = createServer((request, response) => {
      const path = request.url ?? '';
      const text = texts.get(path);
      const mark = `"${String(text?.length)}"`;
      seen.push(`${path}${request.headers['if-none-match'] === mark ? ' same' : ''}`);
      if (text === undefined) response.writeHead(404).end();
      else if (request.headers['if-none-match'] === mark) response.writeHead(304).end();
      else response.writeHead(200, { 'content-type': 'text/html', etag: mark }).end(text);
    });
    await listenOn(server, { port: 0, host: '127.0.0.1' });
    const bound = server.address();
    const host = `127.0.0.1:${String(typeof bound === 'object' && bound ? bound.port : 0)}`;
    const id = await place.create({ name: '旧站', siteId, unitId, hosts: [host], source: 'web' });
    await place.change(id, { rules, defaultColumnId: column.id });
    await db
      .updateTable('relocation.project')
      .set({ limits: JSON.stringify({ pages: 100, depth: 2, pace: 0 }) })
      .where('id', '=', id)
      .execute();
    await bring(id);
    const found = (await pagesOf(id)).map((one) => one.address.slice(host.length));
    expect(found.sort()).toEqual([
      '/',
      '/deep/1',
      '/deep/2',
      '/list/',
      ...Array.from({ length: 6 }, (_, at) => `/list/t${String(at)}.html`),
    ]);
    expect(await resourcesFrom(host)).toHaveLength(6);

    seen.length = 0;
    texts.set('/list/', `${texts.get('/list/') ?? ''}<a href="t6.html">关于第6件事的通知</a>`);
    texts.set('/list/t6.html', page('关于第6件事的通知'));
    await db
      .updateTable('relocation.project')
      .set({ state: 'idle', phase: 'done' })
      .where('id', '=', id)
      .execute();
    await bring(id);
    expect(await resourcesFrom(host)).toHaveLength(7);
    expect(seen.filter((one) => !one.endsWith(' same')).sort()).toEqual([
      '/list/',
      '/list/t6.html',
      '/robots.txt',
    ]);
    server.close();
  }, 60_000);

  test('stops at as many pages as it may read', async () => {
    let asked = 0;
    const server = createServer((request, response) => {
      if (request.url !== '/robots.txt') asked += 1;
      // A calendar that never ends.
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end(`<a href="/${String(asked)}a">x</a><a href="/${String(asked)}b">x</a>`);
    });
    await listenOn(server, { port: 0, host: '127.0.0.1' });
    const bound = server.address();
    const host = `127.0.0.1:${String(typeof bound === 'object' && bound ? bound.port : 0)}`;
    const id = await place.create({ name: '旧站', siteId, unitId, hosts: [host], source: 'web' });
    await db
      .updateTable('relocation.project')
      .set({ limits: JSON.stringify({ pages: 30, depth: 100, pace: 0 }) })
      .where('id', '=', id)
      .execute();
    await place.start(id, 'check');
    await place.work();
    expect(asked).toBe(30);
    server.close();
  });
});
