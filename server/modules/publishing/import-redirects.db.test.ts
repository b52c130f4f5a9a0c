import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  aToyEngine,
  createToyTable,
  dropToy,
  putToy,
  type ToyEngine,
  toyKey,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { importRedirects } from './import-redirects.ts';
import { redirectsAt, upsertRedirects } from './page.queries.ts';
import { encodeAddress } from './page-path.ts';
import { fullRebuild } from './rebuild-all.ts';
import { createRedirectTable } from './redirect-table.ts';
import { settleRedirects } from './settle-redirects.ts';
import { verifyStore } from './verify-store.ts';

const { db } = aDatabase();
let toy: ToyEngine;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent`.execute(
    db,
  );
  toy = await aToyEngine(db);
  await putToy(db, '1', { path: '/a/1.html' });
  await putToy(db, '2', { path: '/a/2.html' });
  await putToy(db, '3', { path: '/gone.html', outcome: 'gone' });
  await putToy(db, '4', { site: '2', path: '/b/4.html' });
  await fullRebuild(toy.engine);
});
afterEach(() => toy.remove());

const hosts = { 'www.test': '1', 'unit.test': '2' };
const bring = (...lines: readonly string[]) =>
  importRedirects(db, { site: '1', hosts, text: lines.join('\n') });
const whereTo = async (path: string): Promise<string | undefined> =>
  (await redirectsAt(db, [{ site: '1', path }]))[0]?.to;
const textOf = async (name: string) => (await toy.engine.store.read('1', name))?.toString();

describe('a list of old addresses', () => {
  test('is kept as far as it is good, and every other line is answered with its reason', async () => {
    const report = await bring(
      '/old/1.jsp,/a/1.html',
      '/old/2.jsp?id=2,http://unit.test/b/4.html',
      '/a/2.html,/a/1.html',
      '/gone.html,/a/1.html',
      '/old/3.jsp,/nowhere.html',
      '/old/4.jsp,/gone.html',
      '/old/5.jsp,https://www.example.com/',
      '/old/1.jsp,/a/2.html',
      '/old/1.jsp,/a/1.html',
      '/old/6.jsp,https://www.gov.cn/',
      '/old/7.jsp,/column-1',
    );
    expect(report).toMatchObject({ lines: 11, kept: 4, known: 1, shortened: 1 });
    expect(report.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'from-live'],
      [4, 'from-live'],
      [5, 'to-missing'],
      [6, 'to-missing'],
      [7, 'to-foreign'],
      [8, 'from-twice'],
    ]);
    expect(await whereTo('/old/1.jsp')).toBe('/a/1.html');
    expect(await whereTo('/old/2.jsp?id=2')).toBe('http://unit.test/b/4.html');
    expect(await whereTo('/old/7.jsp')).toBe('/column-1/');
    expect(await bring('/old/1.jsp,/a/1.html')).toMatchObject({ kept: 0, known: 1, refused: [] });
  });

  test('may lead over itself: chains end at the page, circles nowhere', async () => {
    const report = await bring('/x,/y', '/y,/z', '/z,/a/1.html', '/p,/q', '/q,/p', '/r,/q', '/s,/s');
    expect(report).toMatchObject({ kept: 3, shortened: 2 });
    expect(report.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'loop'],
      [5, 'loop'],
      [6, 'loop'],
      [7, 'loop'],
    ]);
    expect([await whereTo('/x'), await whereTo('/y')]).toEqual(['/a/1.html', '/a/1.html']);
  });

  test('leads on from what is known, and what was known leads on', async () => {
    await upsertRedirects(db, [
      { site: '1', path: '/known', to: '/a/2.html' },
      { site: '1', path: '/older', to: '/middle' },
    ]);
    expect(await bring('/new,/known', '/middle,/a/1.html')).toMatchObject({ kept: 2, shortened: 2 });
    expect([await whereTo('/new'), await whereTo('/older')]).toEqual(['/a/2.html', '/a/1.html']);
    await upsertRedirects(db, [{ site: '1', path: '/away', to: '/back' }]);
    expect((await bring('/back,/away', '/known,/new')).refused.map((one) => one.reason)).toEqual(['loop']);
  });

  test('never makes two steps of one, whatever it says', async () => {
    const place = fc.constantFrom('/a/1.html', '/a/2.html', '/gone.html', '/m', '/n', '/o', '/p', '/none');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.tuple(place, place))), async (lists) => {
        await sql`truncate publishing.redirect`.execute(db);
        for (const list of lists) {
          const report = await bring(...list.map(([from, to]) => `${from},${to}`));
          expect(report.kept + report.known + report.refused.length).toBe(list.length);
        }
        const { rows } = await sql<{ from: string; to: string }>`
          select from_path as from, to_url as to from publishing.redirect`.execute(db);
        for (const { from, to } of rows) {
          expect(['/a/1.html', '/a/2.html']).toContain(to);
          expect(['/m', '/n', '/o', '/p', '/none']).toContain(from);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('the files of redirects', () => {
  const settleAll = async (): Promise<void> => {
    while ((await settleRedirects(toy.engine)) > 0);
  };

  test('are written for addresses without a query, and are what they should be', async () => {
    await bring('/old/1.jsp,/a/1.html', '/old/2.jsp?id=2,/a/2.html', '/旧/3.htm,/a/1.html');
    await settleAll();
    expect(await textOf('old/1.jsp.moved')).toBe('/a/1.html');
    expect(await textOf('旧/3.htm.moved')).toBe('/a/1.html');
    expect(await textOf('old/2.jsp.moved')).toBeUndefined();
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
    await bring('/old/1.jsp,/a/2.html');
    await settleAll();
    expect(await textOf('old/1.jsp.moved')).toBe('/a/2.html');
  });

  test('are not written where a page stands by now, and end when one comes', async () => {
    await bring('/new/5.html,/a/1.html', '/new/6.html,/a/1.html');
    await putToy(db, '5', { path: '/new/5.html' });
    await fullRebuild(toy.engine);
    await settleAll();
    expect(await textOf('new/5.html')).toContain('body of 5');
    expect(await textOf('new/5.html.moved')).toBeUndefined();
    expect(await textOf('new/6.html.moved')).toBe('/a/1.html');
    await putToy(db, '6', { path: '/new/6.html' });
    await fullRebuild(toy.engine);
    expect(await textOf('new/6.html.moved')).toBeUndefined();
    expect([await whereTo('/new/5.html'), await whereTo('/new/6.html')]).toEqual([undefined, undefined]);
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });
});

test('questions that come together are asked together, and each gets its own answer', async () => {
  await upsertRedirects(
    db,
    Array.from({ length: 300 }, (_, at) => ({
      site: '1',
      path: `/old/${String(at)}`,
      to: `/t/${String(at)}`,
    })),
  );
  const find = createRedirectTable(db);
  const asked = Array.from({ length: 600 }, (_, at) => `/old/${String(at)}`);
  const found = await Promise.all(asked.map((path) => find('1', path)));
  expect(found).toEqual(asked.map((_, at) => (at < 300 ? `/t/${String(at)}` : undefined)));
  expect(await find('2', '/old/1')).toBeUndefined();
});

test('a hundred thousand old addresses are brought in at once', async () => {
  const lines = Array.from(
    { length: 100_000 },
    (_, at) => `/old/${String(at)}.jsp,/a/${String(1 + (at % 2))}.html`,
  );
  expect(await bring(...lines, '/bad,/none')).toMatchObject({ kept: 100_000, refused: [{ line: 100_001 }] });
  expect(await whereTo('/old/99999.jsp')).toBe('/a/2.html');
  expect(encodeAddress('/old/99999.jsp')).toBe('/old/99999.jsp');
}, 180_000);

test('a page that left its redirect and comes back finds its address free', async () => {
  await bring('/old/1.jsp,/a/1.html');
  await putToy(db, '1', { path: '/c/1.html' });
  await fullRebuild(toy.engine);
  expect(await whereTo('/a/1.html')).toBe('/c/1.html');
  await dropToy(db, '2');
  expect((await bring('/again,/old/1.jsp')).kept).toBe(1);
});
