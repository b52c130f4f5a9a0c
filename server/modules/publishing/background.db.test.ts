import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  aToyEngine,
  announceToy,
  createToyTable,
  putToy,
  type ToyEngine,
  toyArticles,
  toyKey,
  toyLists,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { backgroundProgress, pauseBackground } from './background.queries.ts';
import { retryFailing } from './dirty.queries.ts';
import type { PageDefinition } from './page.types.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { markAll } from './rebuild-all.ts';
import { publishingStatus } from './status.queries.ts';
import { verifyStore } from './verify-store.ts';

const { db } = aDatabase();
let toy: ToyEngine;
let publisher: Publisher | undefined;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent,
    publishing.background, publishing.pace`.execute(db);
  toy = await aToyEngine(db);
});
afterEach(async () => {
  await publisher?.stop();
  publisher = undefined;
  await toy.remove();
});

const manyToys = (count: number) =>
  sql`insert into toy_page select i::text, '1', '/' || i || '.html', 'x', 'page', i % 10, '{}'
    from generate_series(1, ${count}::int) as i`.execute(db);

describe('work in the background', () => {
  test('tells how much there is, how much is done and how fast, also after a restart', async () => {
    await manyToys(400);
    await markAll(toy.engine);
    expect(await backgroundProgress(db)).toMatchObject({
      waiting: 411,
      total: 411,
      pausedAt: null,
      perMinute: null,
    });
    publisher = createPublisher(toy.engine);
    await publisher.settled();
    await publisher.stop();
    const done = await backgroundProgress(db);
    expect(done).toMatchObject({ waiting: 0, total: 411 });
    expect(done.startedAt).toBeInstanceOf(Date);
    expect(done.perMinute).toBeGreaterThan(0);
    const { rows } = await sql<{
      pages: number;
    }>`select sum(pages)::int as pages from publishing.pace`.execute(db);
    expect(rows).toEqual([{ pages: 411 }]);
  });

  test('waits while it is paused, and what a person publishes does not', async () => {
    await manyToys(300);
    await markAll(toy.engine);
    await pauseBackground(db, true);
    const since = (await backgroundProgress(db)).pausedAt;
    await pauseBackground(db, true);
    expect((await backgroundProgress(db)).pausedAt).toEqual(since);
    await putToy(db, 'urgent', { path: '/urgent.html' });
    await announceToy(toy.engine, ['resource:urgent']);
    publisher = createPublisher(toy.engine);
    await publisher.settled();
    expect((await toy.engine.store.read('1', 'urgent.html'))?.toString()).toContain('body of urgent');
    expect(await backgroundProgress(db)).toMatchObject({ waiting: 311, total: 311 });
    await pauseBackground(db, false);
    await publisher.settled();
    expect(await backgroundProgress(db)).toMatchObject({ waiting: 0, pausedAt: null });
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });

  test('begins nothing while a page is built that a person waits for', async () => {
    await manyToys(300);
    await putToy(db, 'urgent', { path: '/urgent.html' });
    await announceToy(toy.engine, ['resource:urgent']);
    let begun = false;
    let personal = false;
    let disturbed = false;
    const slow: PageDefinition<string> = {
      ...toyArticles,
      async load(some, keys) {
        if (!begun) {
          begun = true;
          personal = true;
          // All the rest comes while the person waits, and everybody is woken.
          await markAll(toy.engine);
          publisher?.kick();
          await sleep(300);
          personal = false;
        } else if (personal) disturbed = true;
        return toyArticles.load(some, keys);
      },
    };
    publisher = createPublisher({ ...toy.engine, definitions: [slow, toyLists] });
    await publisher.settled();
    expect(disturbed).toBe(false);
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });
});

test('a page whose template throws keeps its last form, is named with its place and reason, and is retried when asked', async () => {
  for (const id of ['1', '2', '3']) await putToy(db, id, { path: `/${id}.html`, body: `old ${id}` });
  publisher = createPublisher(toy.engine);
  await announceToy(toy.engine, ['resource:1', 'resource:2', 'resource:3']);
  await publisher.settled();
  await publisher.stop();
  for (const id of ['1', '2', '3']) await putToy(db, id, { path: `/${id}.html`, body: `new ${id}` });
  const picky: PageDefinition<string> = {
    ...toyArticles,
    render: (page) => {
      if (page.key === 'article/2') throw new TypeError('no title');
      return toyArticles.render(page);
    },
  };
  publisher = createPublisher({ ...toy.engine, definitions: [picky, toyLists] });
  await announceToy(toy.engine, ['resource:1', 'resource:2', 'resource:3']);
  await publisher.settled();
  await publisher.stop();
  const textOf = async (id: string) => (await toy.engine.store.read('1', `${id}.html`))?.toString() ?? '';
  expect([await textOf('1'), await textOf('2'), await textOf('3')]).toEqual([
    expect.stringContaining('new 1'),
    expect.stringContaining('old 2'),
    expect.stringContaining('new 3'),
  ]);
  const { failing, failingCount } = await publishingStatus(db);
  expect(failingCount).toBe(1);
  expect(failing).toMatchObject([
    { key: 'article/2', site: '1', path: '/2.html', problem: 'TypeError: no title' },
  ]);
  await sql`update publishing.dirty set retry_at = 'infinity'`.execute(db);
  expect(await retryFailing(db)).toBe(1);
  publisher = createPublisher(toy.engine);
  await publisher.settled();
  expect(await textOf('2')).toContain('new 2');
  expect((await publishingStatus(db)).failing).toEqual([]);
});
