import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  aToyEngine,
  announceToy,
  createToyTable,
  dropToy,
  filesIn,
  putToy,
  type ToyEngine,
  toyArticles,
  toyKey,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { digestOf } from './page-forms.ts';
import { publishingStatus } from './status.queries.ts';
import type { PageDefinition } from './page.types.ts';
import { createThreadWriter } from './press-pool.ts';
import { createPublisher } from './publisher.ts';
import { fullRebuild, markAll } from './rebuild-all.ts';
import { rebuildDirty } from './rebuild-dirty.ts';
import { verifyStore } from './verify-store.ts';

const { db } = aDatabase();
let toy: ToyEngine;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent`.execute(
    db,
  );
  toy = await aToyEngine(db);
});
afterEach(() => toy.remove());

async function settle(): Promise<void> {
  while ((await rebuildDirty(toy.engine, { limit: 50 })).taken > 0);
}
const textOf = async (name: string, site = '1') => (await toy.engine.store.read(site, name))?.toString();

describe('an event', () => {
  test('builds the pages that its tags call for, and the pages made from them', async () => {
    await putToy(db, '1', { path: '/a/1.html', tags: ['unit:3'] });
    await putToy(db, '2', { path: '/a/2.html', body: 'second' });
    expect(await announceToy(toy.engine, ['resource:1', 'resource:2', 'column:1'])).toBe(3);
    await settle();
    expect(await textOf('a/1.html')).toContain('body of 1');
    expect(await textOf('column-1/index.html')).toContain('<li>2 second</li>');
    expect(await announceToy(toy.engine, ['unit:3'])).toBe(1);
    expect(await rebuildDirty(toy.engine, { limit: 10 })).toMatchObject({
      taken: 1,
      written: 0,
      unchanged: 1,
    });
  });

  test('is answered once however many events ask for a page', async () => {
    await putToy(db, '1', { path: '/a.html' });
    for (let i = 0; i < 20; i += 1) await announceToy(toy.engine, ['resource:1']);
    expect(await rebuildDirty(toy.engine, { limit: 10 })).toMatchObject({ taken: 1, written: 1 });
    expect(await rebuildDirty(toy.engine, { limit: 10 })).toMatchObject({ taken: 0 });
  });

  test('that comes while its page is built is not lost', async () => {
    await putToy(db, '1', { path: '/a.html', body: 'first' });
    await announceToy(toy.engine, ['resource:1']);
    const slow: PageDefinition = {
      ...toyArticles,
      async load(some, keys) {
        const loaded = await toyArticles.load(some, keys);
        await putToy(db, '1', { path: '/a.html', body: 'second' });
        await announceToy(toy.engine, ['resource:1']);
        return loaded;
      },
    };
    await rebuildDirty({ ...toy.engine, definitions: [slow] }, { limit: 10 });
    expect(await textOf('a.html')).toContain('first');
    await settle();
    expect(await textOf('a.html')).toContain('second');
  });

  test('of a person goes before background work, also when it was there first', async () => {
    for (let i = 0; i < 30; i += 1) await putToy(db, `${i}`, { path: `/${i}.html` });
    await announceToy(
      toy.engine,
      Array.from({ length: 30 }, (_, i) => `resource:${i}`),
      1,
    );
    await announceToy(toy.engine, ['resource:29'], 0);
    expect(await rebuildDirty(toy.engine, { limit: 10 })).toMatchObject({ taken: 1 });
    expect(await textOf('29.html')).toBeDefined();
  });

  test('that touches very many pages leaves the many to the background', async () => {
    await sql`insert into toy_page select i::text, '1', '/' || i || '.html', 'x', 'page', 1, '{unit:9}'
      from generate_series(1, 10000) as i`.execute(db);
    await markAll(toy.engine);
    await sql`update publishing.dirty set priority = 1`.execute(db);
    expect(
      await announceToy(toy.engine, [
        'column:1',
        ...Array.from({ length: 10_000 }, (_, i) => `resource:${i + 1}`),
      ]),
    ).toBe(10_001);
    expect((await publishingStatus(db)).dirty).toEqual({ 0: 500, 1: 9_502 });
    const first = await rebuildDirty(toy.engine, { limit: 1 });
    expect(first.written).toBe(1);
    expect(await textOf('column-1/index.html')).toBeDefined();
  });
});

describe('a page', () => {
  test('is written with its compressed forms and leaves nothing else behind', async () => {
    await putToy(db, '1', { path: '/a/1.html', column: 7 });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    expect([...(await filesIn(toy.engine.store)).keys()]).toEqual([
      '1/a/1.html',
      '1/a/1.html.br',
      '1/a/1.html.gz',
    ]);
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });

  test('that exists no longer is removed with all its forms', async () => {
    await putToy(db, '1', { path: '/a/b/1.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    await dropToy(db, '1');
    await announceToy(toy.engine, ['resource:1']);
    expect(await rebuildDirty(toy.engine, { limit: 10 })).toMatchObject({ removed: 1 });
    expect((await filesIn(toy.engine.store)).size).toBe(0);
  });

  test('that is withdrawn leaves a note, and comes back when it is published again', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    await putToy(db, '1', { path: '/1.html', outcome: 'gone', body: 'withdrawn' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    expect([...(await filesIn(toy.engine.store)).keys()]).toEqual(['1/1.html.gone', '1/1.html.gone.gz']);
    await putToy(db, '1', { path: '/1.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    expect([...(await filesIn(toy.engine.store)).keys()]).toEqual(['1/1.html', '1/1.html.br', '1/1.html.gz']);
  });

  test('that gets another address leaves a redirect, until a page takes the old one', async () => {
    await putToy(db, '1', { path: '/old/1.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    await putToy(db, '1', { path: '/新/1.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    expect(await textOf('old/1.html.moved')).toBe('/%E6%96%B0/1.html');
    expect(await textOf('old/1.html')).toBeUndefined();
    expect(await textOf('新/1.html')).toBeDefined();
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
    await putToy(db, '2', { path: '/old/1.html' });
    await announceToy(toy.engine, ['resource:2']);
    await settle();
    expect(await textOf('old/1.html.moved')).toBeUndefined();
    expect(await textOf('old/1.html')).toContain('body of 2');
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });

  test('may exchange its address with another one', async () => {
    await putToy(db, '1', { path: '/one.html' });
    await putToy(db, '2', { path: '/two.html' });
    await announceToy(toy.engine, ['resource:1', 'resource:2']);
    await settle();
    await putToy(db, '1', { path: '/two.html' });
    await putToy(db, '2', { path: '/one.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    expect(await textOf('one.html')).toContain('body of 2');
    expect(await textOf('two.html')).toContain('body of 1');
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });

  test('that wants a taken address waits with a reason and does not hold up the others', async () => {
    await putToy(db, '1', { path: '/same.html' });
    await announceToy(toy.engine, ['resource:1']);
    await settle();
    await putToy(db, '2', { path: '/same.html' });
    await putToy(db, '3', { path: '/other.html' });
    await announceToy(toy.engine, ['resource:2', 'resource:3']);
    await settle();
    expect(await textOf('same.html')).toContain('body of 1');
    expect(await textOf('other.html')).toBeDefined();
    expect((await publishingStatus(db)).failing).toMatchObject([
      { key: 'article/2', site: null, path: null, failures: 1, problem: 'publishing.path-taken: article/1' },
    ]);
  });

  test.each(['/../x.html', '/a//b.html', 'relative.html', '/a\u0000.html', '/x.html.gz', '/a/%2e%2e/b'])(
    'cannot stand at %j',
    async (path) => {
      await putToy(db, '1', { path: path.replace('\u0000', '%00') });
      await announceToy(toy.engine, ['resource:1']);
      await settle();
      expect((await publishingStatus(db)).failing[0]?.problem).toMatch(/path-invalid|path-reserved|页面地址/);
      expect((await filesIn(toy.engine.store)).size).toBe(0);
    },
  );

  test('whose load or template fails is tried again later while the others are built', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await putToy(db, '2', { path: '/2.html', body: 'bad' });
    await announceToy(toy.engine, ['resource:1', 'resource:2']);
    const picky: PageDefinition<string> = {
      ...toyArticles,
      render(page) {
        if (page.data === 'bad') throw new Error('no such picture');
        return toyArticles.render(page);
      },
    };
    const engine = { ...toy.engine, definitions: [picky] };
    expect(await rebuildDirty(engine, { limit: 10 })).toMatchObject({ written: 1, failed: 1 });
    expect(await rebuildDirty(engine, { limit: 10 })).toMatchObject({ taken: 0 });
    await announceToy(toy.engine, ['resource:2']);
    expect(await rebuildDirty(toy.engine, { limit: 10 })).toMatchObject({ written: 1 });
    expect((await publishingStatus(db)).failing).toEqual([]);
  });
});

test('a file of the asset store is copied to its address and can be removed', async () => {
  const bytes = Buffer.from('%PDF-1.7 attachment');
  const digest = digestOf(bytes);
  await writeFile(join(toy.directory, 'asset'), bytes);
  const files: PageDefinition = {
    kind: 'file',
    rank: 9,
    keysForTag: (tag) => (tag === 'asset:1' ? ['file/1'] : []),
    allKeys: async () => [],
    load: async () => [
      {
        key: 'file/1',
        site: '1',
        path: `/files/${digest}/公告.pdf`,
        tags: [],
        outcome: 'file',
        mediaType: 'application/pdf',
        digest,
      },
    ],
    render: () => '',
  };
  const engine = { ...toy.engine, definitions: [files], assetPath: () => join(toy.directory, 'asset') };
  await announceToy(engine, ['asset:1']);
  expect(await rebuildDirty(engine, { limit: 10 })).toMatchObject({ written: 1 });
  expect(await toy.engine.store.read('1', `files/${digest}/公告.pdf`)).toEqual(bytes);
  expect(await verifyStore(engine, { key: toyKey })).toEqual([]);
  await announceToy({ ...engine, definitions: [{ ...files, load: async () => [] }] }, ['asset:1']);
  await rebuildDirty({ ...engine, definitions: [{ ...files, load: async () => [] }] }, { limit: 10 });
  expect((await filesIn(engine.store)).size).toBe(0);
});

test('the host table is written when its tag changes', async () => {
  const engine = { ...toy.engine, hosts: async () => ({ 'b.gov.cn': '2', 'a.gov.cn': '1' }) };
  await announceToy(engine, ['hosts']);
  await rebuildDirty(engine, { limit: 10 });
  expect(JSON.parse((await engine.store.readHosts())?.toString() ?? '')).toEqual({
    'a.gov.cn': '1',
    'b.gov.cn': '2',
  });
});

test('a full rebuild makes all pages, removes forgotten ones and then finds nothing to do', async () => {
  for (let i = 0; i < 450; i += 1) await putToy(db, `${i}`, { path: `/${i}.html`, column: i % 3 });
  const seen: number[] = [];
  const threads = createThreadWriter({
    place: { kind: 'files', directory: toy.directory },
    key: toyKey,
    threads: 2,
  });
  const engine = { ...toy.engine, writer: threads };
  const done = await fullRebuild(engine, { onProgress: (report) => seen.push(report.taken) });
  expect(done).toMatchObject({ written: 453, failed: 0 });
  expect(seen.at(-1)).toBeGreaterThanOrEqual(453);
  await sql`delete from toy_page where id = '7'`.execute(db);
  expect(await fullRebuild(engine)).toMatchObject({ written: 1, removed: 1, unchanged: 451 });
  expect(await verifyStore(engine, { key: toyKey })).toEqual([]);
  await threads.stop();
});

test('several publishers build thousands of dirty pages without treading on each other', async () => {
  await sql`insert into toy_page select i::text, '1', '/' || (i % 100) || '/' || i || '.html', 'x', 'page', i % 10, '{}'
    from generate_series(1, 3000) as i`.execute(db);
  await markAll(toy.engine);
  const publishers = [createPublisher(toy.engine), createPublisher(toy.engine)];
  await publishers[0]?.settled();
  await Promise.all(publishers.map((publisher) => publisher.stop()));
  const status = await publishingStatus(db);
  expect(status).toMatchObject({ dirty: { 0: 0, 1: 0 }, oldestDirtySince: null, pagesBySite: { 1: 3_010 } });
  expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
}, 60_000);

test('a page that was altered, lost or added on the disk is found and put right', async () => {
  for (const id of ['1', '2', '3', '4']) await putToy(db, id, { path: `/${id}.html` });
  await fullRebuild(toy.engine);
  const { store } = toy.engine;
  await store.put('1', '1.html', Buffer.from('defaced'));
  await store.remove('1', '2.html');
  await store.put('1', '3.html.br', Buffer.from('defaced'));
  await store.put('1', 'shop/index.html', Buffer.from('spam'));
  const found = await verifyStore(toy.engine, { key: toyKey, restore: true });
  expect(found.map((one) => `${one.path} ${one.problem}`).sort()).toEqual([
    '/1.html changed',
    '/2.html missing',
    '/3.html form',
    '/shop/index.html stray',
  ]);
  await settle();
  expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
});
