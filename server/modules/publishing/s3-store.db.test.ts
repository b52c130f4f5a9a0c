import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { anS3Server, type S3Server } from '../../../test/factories/s3-server.ts';
import {
  aToyEngine,
  announceToy,
  createToyTable,
  dropToy,
  putToy,
  silentLog,
  type ToyEngine,
  toyKey,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { countAlarms } from './alarm.queries.ts';
import { openPageReader, openPageStore, type PagePlace } from './open-store.ts';
import { createPageProof } from './page-proof.ts';
import { createThreadWriter } from './press-pool.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { fullRebuild } from './rebuild-all.ts';
import { createPageServer, type PageServer } from './serve-pages.ts';
import { createStoreGuard, type StoreGuard } from './store-guard.ts';
import { restorePage, verifyStore } from './verify-store.ts';
import { writeHosts } from './write-hosts.ts';

const { db } = aDatabase();
let s3: S3Server;
let toy: ToyEngine;
let publisher: Publisher;
let guard: StoreGuard;
let server: PageServer;
let port = 0;

beforeAll(async () => {
  await createToyTable(db);
  s3 = await anS3Server();
});
afterAll(() => s3.stop());

beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent,
    publishing.expected_tag, publishing.alarm`.execute(db);
  const place: PagePlace = { kind: 's3', ...s3.settings };
  const store = await openPageStore(place);
  toy = await aToyEngine(db, {
    store: () => store,
    more: {
      writer: createThreadWriter({ place, key: toyKey, threads: 2 }),
      hosts: () => Promise.resolve({ 'www.test': '1' }),
    },
  });
  publisher = createPublisher(toy.engine);
  guard = createStoreGuard({
    engine: toy.engine,
    key: toyKey,
    scanPace: 1_000,
    onDirty: () => {
      publisher.kick();
    },
  });
  for (const id of ['1', '2', '3']) await putToy(db, id, { path: `/a/${id}.html` });
  await fullRebuild(toy.engine);
  await writeHosts(toy.engine);
  server = await createPageServer({
    reader: await openPageReader(place),
    key: toyKey,
    proof: createPageProof(db),
    log: silentLog,
    onTampered: (site, path) => {
      void restorePage(toy.engine, site, path).then(() => {
        publisher.kick();
      });
    },
  });
  ({ port } = await server.listen(0));
});
afterEach(async () => {
  await guard.stop();
  await publisher.stop();
  await toy.engine.writer.stop();
  server.server.closeAllConnections();
  await server.close();
  await toy.remove();
});

function ask(path: string): Promise<readonly [status: number, text: string]> {
  return new Promise((done, failed) => {
    get({ port, path, headers: { host: 'www.test' }, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        done([response.statusCode ?? 0, text]);
      });
    }).on('error', failed);
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

test('pages in a bucket are published, served, changed and withdrawn like files', async () => {
  expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  expect(await ask('/a/1.html')).toEqual([200, expect.stringContaining('body of 1')]);
  expect((await ask('/a/none.html'))[0]).toBe(404);
  await putToy(db, '1', { path: '/a/1.html', body: 'another body' });
  await dropToy(db, '2');
  await announceToy(toy.engine, ['resource:1', 'resource:2']);
  publisher.kick();
  await until(async () => (await ask('/a/1.html'))[1].includes('another body'));
  await until(async () => (await ask('/a/2.html'))[0] === 404);
}, 90_000);

test('what was altered, removed or added in the bucket is not served, and is put right', async () => {
  const { store } = toy.engine;
  const good = await ask('/a/1.html');
  await store.put('1', 'a/1.html', Buffer.from('defaced'));
  await store.put('1', 'a/3.html', Buffer.from('defaced too'));
  await store.remove('1', 'a/2.html');
  await store.put('1', 'added.html', Buffer.from('added'));
  for (const path of ['/a/1.html', '/a/2.html', '/a/3.html', '/added.html'])
    expect((await ask(path))[1]).not.toMatch(/defaced|added/);
  await until(async () => (await verifyStore(toy.engine, { key: toyKey })).length === 0);
  expect(await store.has('1', 'added.html')).toBe(false);
  expect(await ask('/a/1.html')).toEqual(good);
  await until(async () => (await ask('/a/2.html'))[0] === 200);
  expect((await countAlarms(db)).lastDay).toBeGreaterThanOrEqual(4);
}, 90_000);
