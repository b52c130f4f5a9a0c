import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

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
import { createFileReader } from './file-reader.ts';
import { countAlarms } from './alarm.queries.ts';
import { createPageProof } from './page-proof.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { fullRebuild } from './rebuild-all.ts';
import { createPageServer } from './serve-pages.ts';
import { createStoreGuard, type StoreGuard } from './store-guard.ts';
import { verifyStore } from './verify-store.ts';
import { writeHosts } from './write-hosts.ts';

const { db } = aDatabase();
let toy: ToyEngine;
let publisher: Publisher;
let guard: StoreGuard | undefined;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent,
    publishing.expected_tag, publishing.alarm`.execute(db);
  toy = await aToyEngine(db);
  publisher = createPublisher(toy.engine);
});
afterEach(async () => {
  await guard?.stop();
  guard = undefined;
  await publisher.stop();
  await toy.remove();
});

const fileOf = (name: string): string => join(toy.directory, '1', name);

async function putPages(count: number): Promise<void> {
  await sql`insert into toy_page select i::text, '1', '/' || (i % 10) || '/' || i || '.html', 'body', 'page', i % 3, '{}'
    from generate_series(1, ${count}::int) as i`.execute(db);
  await fullRebuild(toy.engine);
}

function watchOver(options: { scanPace?: number } = {}): void {
  guard = createStoreGuard({
    engine: toy.engine,
    key: toyKey,
    onDirty: () => {
      publisher.kick();
    },
    ...options,
  });
}

const alarms = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ told: string }>`
    select problem || ' ' || path as told from publishing.alarm order by path, problem`.execute(db);
  return rows.map((row) => row.told);
};

/** How long is `npm run bench -- healing`'s question; here only whether, on a machine that has much else to do too. */
const patience = 60_000;
vi.setConfig({ testTimeout: 2 * patience });

const untilHealed = (): Promise<unknown> =>
  expect
    .poll(async () => [await verifyStore(toy.engine, { key: toyKey }), (await countAlarms(db)).open], {
      timeout: patience,
      interval: 100,
    })
    .toEqual([[], 0]);

describe('the guard of the page store', () => {
  test('puts right what is altered, deleted or added behind its back, and tells of each', async () => {
    await putPages(30);
    watchOver({ scanPace: 0 });
    // The folders have to be watched before anything happens in them.
    await new Promise((done) => setTimeout(done, 300));
    await writeFile(fileOf('1/1.html'), 'defaced');
    await rm(fileOf('2/2.html'));
    await writeFile(fileOf('3/3.html.gz'), 'defaced');
    await writeFile(fileOf('4/4.html.gone'), 'withdrawn by nobody');
    await mkdir(fileOf('shop'));
    await writeFile(fileOf('shop/index.html'), 'spam');
    await expect
      .poll(alarms, { timeout: patience })
      .toEqual([
        'changed /1/1.html',
        'missing /2/2.html',
        'form /3/3.html',
        'stray /4/4.html.gone',
        'stray /shop/index.html',
      ]);
    await untilHealed();
    expect(await readFile(fileOf('1/1.html'), 'utf8')).toContain('body');
  });

  test('looks at folders that were removed and made again', async () => {
    await putPages(10);
    watchOver({ scanPace: 0 });
    await new Promise((done) => setTimeout(done, 300));
    await rm(fileOf('3'), { recursive: true });
    await expect.poll(alarms, { timeout: patience }).toEqual(['missing /3/3.html']);
    await untilHealed();
    await new Promise((done) => setTimeout(done, 300));
    await writeFile(fileOf('3/3.html'), 'defaced');
    await expect.poll(alarms, { timeout: patience }).toEqual(['changed /3/3.html', 'missing /3/3.html']);
    await untilHealed();
  });

  test('watches a store that is not there yet', async () => {
    await rm(toy.directory, { recursive: true });
    watchOver({ scanPace: 0 });
    await new Promise((done) => setTimeout(done, 300));
    await putPages(10);
    await new Promise((done) => setTimeout(done, 300));
    await writeFile(fileOf('4/4.html'), 'defaced');
    await expect.poll(alarms, { timeout: patience }).toEqual(['changed /4/4.html']);
    await untilHealed();
  });

  test('finds in its round what happened while nobody watched', async () => {
    await putPages(30);
    await writeFile(fileOf('5/5.html'), 'defaced');
    await writeFile(fileOf('6/foreign.html'), 'spam');
    watchOver({ scanPace: 1_000 });
    await expect.poll(alarms, { timeout: patience }).toEqual(['changed /5/5.html', 'stray /6/foreign.html']);
    await untilHealed();
  });

  test('heals a thousand files altered, deleted and added at once, and nobody sees one of them', async () => {
    await putPages(1_000);
    watchOver();
    await writeHosts({ ...toy.engine, hosts: () => Promise.resolve({ localhost: '1' }) });
    const server = await createPageServer({
      reader: createFileReader(toy.directory),
      key: toyKey,
      proof: createPageProof(db),
      defaultSite: '1',
      log: silentLog,
    });
    const { port } = await server.listen(0);
    const seen = { wrong: 0, right: 0 };
    let reading = true;
    const read = async (from: number): Promise<void> => {
      for (let at = from; reading; at = (at + 7) % 1_000) {
        const path = `/${String((at + 1) % 10)}/${String(at + 1)}${at % 3 === 2 && at % 2 === 0 ? '-new' : ''}.html`;
        const text = await (await fetch(`http://localhost:${String(port)}${path}`)).text();
        if (/defaced|spam/.test(text)) seen.wrong += 1;
        else if (text.includes('body')) seen.right += 1;
      }
    };
    const readers = [0, 1, 2, 3].map(read);
    await new Promise((done) => setTimeout(done, 500));
    await Promise.all(
      Array.from({ length: 1_000 }, async (_, at) => {
        const file = fileOf(`${String((at + 1) % 10)}/${String(at + 1)}.html`);
        if (at % 3 === 0) await writeFile(file, 'defaced');
        else if (at % 3 === 1) await rm(file);
        else {
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file.replace('.html', '-new.html'), 'spam');
        }
      }),
    );
    await expect.poll(async () => (await countAlarms(db)).lastDay, { timeout: patience }).toBe(1_000);
    await untilHealed();
    reading = false;
    await Promise.all(readers);
    await server.close();
    expect(seen.wrong).toBe(0);
    expect(seen.right).toBeGreaterThan(100);
  }, 60_000);

  test('raises no alarm while pages come, change, move and go', async () => {
    await putPages(60);
    watchOver({ scanPace: 500 });
    for (let turn = 0; turn < 40; turn += 1) {
      const id = String(1 + ((turn * 7) % 60));
      if (turn % 4 === 0) await dropToy(db, id);
      else
        await putToy(db, id, {
          path: turn % 4 === 1 ? `/moved/${id}-${String(turn)}.html` : `/kept/${id}.html`,
          body: `turn ${String(turn)}`,
          outcome: turn % 4 === 3 ? 'gone' : 'page',
        });
      await announceToy(toy.engine, [`resource:${id}`, 'column:0', 'column:1', 'column:2']);
      publisher.kick();
      if (turn % 5 === 0) await new Promise((done) => setTimeout(done, 50));
    }
    await publisher.settled();
    await new Promise((done) => setTimeout(done, 1_000));
    expect(await alarms()).toEqual([]);
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });
});
