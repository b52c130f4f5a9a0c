import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  createFileReader,
  createPageProof,
  createPageServer,
  createPublisher,
  createStoreGuard,
  createThreadWriter,
  fullRebuild,
  type PageDefinition,
  restorePage,
  verifyStore,
} from '../server/modules/publishing/index.ts';
import {
  aToyEngine,
  createToyTable,
  filesIn,
  silentLog,
  toyArticles,
  toyKey,
} from './factories/toy-pages.ts';
import { fetchPage, type Served } from './faults/citizens.ts';
import { aDatabase } from './harness.ts';

const { db } = aDatabase();
beforeAll(() => createToyTable(db));

const SITE = '1';
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** Files as people upload them: half a megabyte at most, at addresses that state their digest or do not. */
const uploads = Array.from({ length: 100 }, (_, at) => {
  const bytes = randomBytes(1_000 + at * 50);
  const digest = createHash('sha256').update(bytes).digest('hex');
  return { digest, bytes, path: at % 2 === 0 ? `/files/${digest}/${at}.pdf` : `/downloads/${at}.pdf` };
});
const uploadPages: PageDefinition<never> = {
  kind: 'upload',
  rank: 2,
  keysForTag: () => [],
  allKeys: async (_db, after) => (after === null ? uploads.map((one) => `upload/${one.digest}`) : []),
  load: async (_db, keys) =>
    uploads
      .filter((one) => keys.includes(`upload/${one.digest}`))
      .map((one) => ({
        key: `upload/${one.digest}`,
        site: SITE,
        path: one.path,
        tags: [],
        outcome: 'file',
        mediaType: 'application/pdf',
        digest: one.digest,
      })),
  render: () => '',
};

const PAGES = 700;
/** Where article number i stands: 1 to 600 are pages, then 50 withdrawn, then 50 moved ones. */
const pathOf = (i: number): string => `/${String(i % 20)}/${String(i)}.html`;

interface Deed {
  /** The address whose alarm is expected. */
  readonly at: string;
  readonly act: 'altered' | 'deleted' | 'added';
  /** Relative to the site's folder. */
  readonly file: string;
}

const range = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => from + at);
const onPage =
  (act: Deed['act'], suffix: string) =>
  (i: number): Deed => ({
    act,
    at: pathOf(i),
    file: `${pathOf(i).slice(1)}${suffix}`,
  });
const addedAs = (file: string): Deed => ({ act: 'added', at: `/${file}`, file });

/** A thousand files, each at an address of its own. */
const deeds: readonly Deed[] = [
  ...range(1, 250).map(onPage('altered', '')),
  ...range(251, 100).map(onPage('deleted', '')),
  ...range(351, 50).map(onPage('altered', '.gz')),
  ...range(401, 50).map(onPage('deleted', '.gz')),
  ...range(451, 50).map(onPage('altered', '.br')),
  ...range(501, 50).map(onPage('deleted', '.br')),
  ...range(601, 50).map(onPage('altered', '.gone')),
  ...range(651, 50).map(onPage('altered', '.moved')),
  ...uploads.map(({ path }, at): Deed => ({
    act: at % 4 < 2 ? 'altered' : 'deleted',
    at: path,
    file: path.slice(1),
  })),
  ...range(551, 25).map((i) => addedAs(`${pathOf(i).slice(1)}.gone`)),
  ...range(576, 25).map((i) => addedAs(`${pathOf(i).slice(1)}.moved`)),
  ...range(0, 100).map((i) => addedAs(`${String(i % 20)}/casino-${String(i)}.html`)),
  ...range(0, 50).map((i) => addedAs(`shop-${String(i)}/index.html`)),
  ...range(0, 50).map((i) => addedAs(`shop-${String(i)}/deep/er/page.html.gz`)),
];

async function commit({ act, file }: Deed, directory: string): Promise<void> {
  const target = join(directory, SITE, file);
  if (act === 'deleted') return rm(target);
  await mkdir(dirname(target), { recursive: true });
  return writeFile(target, act === 'added' ? '<h1>casino</h1>' : 'defaced');
}

/** What an address answers while nothing is wrong: status, and body or goal. */
const truthOf = (answer: Served): string =>
  `${String(answer.status)} ${answer.headers.location ?? ''} ${createHash('sha256').update(answer.body).digest('hex')}`;

describe('a thousand files of the page store are altered, deleted and added while citizens read', () => {
  test('nobody is served a wrong byte, all is healed, and each leaves its alarm', async () => {
    await sql`insert into toy_page select i::text, ${SITE}, '/' || (i % 20) || '/' || i || '.html', case when i > 650
      then '/elsewhere/' || i || '.html' else 'body of ' || i end,
      case when i > 650 then 'moved' when i > 600 then 'gone' else 'page' end, 1, '{}'
      from generate_series(1, ${PAGES}::int) as i`.execute(db);
    const assets = `${(await aToyEngine(db)).directory}-assets`;
    await mkdir(assets);
    for (const { digest, bytes } of uploads) await writeFile(join(assets, digest), bytes);
    const plain = await aToyEngine(db, {
      more: { definitions: [toyArticles, uploadPages], assetPath: (digest) => join(assets, digest) },
    });
    const writer = createThreadWriter({
      place: { kind: 'files', directory: plain.directory },
      key: toyKey,
      threads: 2,
    });
    const toy = { ...plain, engine: { ...plain.engine, writer } };
    closing.push(
      toy.remove,
      () => rm(assets, { recursive: true }),
      () => writer.stop(),
    );
    await fullRebuild(toy.engine);
    const before = await filesIn(toy.engine.store);

    const publisher = createPublisher(toy.engine);
    const guard = createStoreGuard({
      engine: toy.engine,
      key: toyKey,
      onDirty: () => {
        publisher.kick();
      },
    });
    closing.push(
      () => publisher.stop(),
      () => guard.stop(),
    );
    const server = await createPageServer({
      reader: createFileReader(toy.directory),
      key: toyKey,
      // However slow the machine is: who is told that there is no page shall have been told so by the database.
      proof: createPageProof(db, 60_000),
      defaultSite: SITE,
      onTampered: (site, path) => {
        void restorePage({ db }, site, path);
      },
      log: silentLog,
    });
    closing.push(() => server.close());
    const { port } = await server.listen(0);

    // Citizens: two hundred requests a second, whether or not the earlier ones were answered.
    const addresses = [...range(1, PAGES).map(pathOf), ...uploads.map((one) => one.path)];
    const foreign = deeds
      .filter((deed) => deed.act === 'added')
      // By the name of its file a folder is only pointed to.
      .map((deed) => `/${deed.file.replace(/index\.html$/, '')}`);
    const read = (path: string, encoding = 'identity') => fetchPage(port, 'localhost', path, encoding);
    const truths = new Map<string, string>();
    // Half of the pages are in the server's memory beforehand, the other half it has never seen.
    for (const path of addresses.filter((_, at) => at % 2 === 0)) {
      const answer = await read(path);
      if (answer) truths.set(path, truthOf(answer));
    }
    const seen = { right: 0, refused: 0, wrong: [] as string[] };
    /** Served before it was known what is right there: compared at the end. */
    const open: (readonly [path: string, truth: string])[] = [];
    const published = new Set(addresses);
    // What is published is at worst away for a moment; it is never said that there is no such page.
    const isRefusal = (path: string, status: number): boolean =>
      status === 503 || (status === 404 && !published.has(path));
    const judge = (path: string, answer: Served | undefined): void => {
      if (answer === undefined || isRefusal(path, answer.status)) seen.refused += 1;
      else if (answer.status === 404) seen.wrong.push(`${path} 404`);
      else if (/casino|defaced/.test(answer.body.toString('latin1'))) seen.wrong.push(path);
      else open.push([path, truthOf(answer)]);
    };
    const encodings = ['identity', 'gzip', 'br'];
    const asked: Promise<void>[] = [];
    const reading = new AbortController();
    const citizens = (async () => {
      for (let turn = 0; !reading.signal.aborted; turn += 1) {
        for (let one = 0; one < 10; one += 1) {
          const count = turn * 10 + one;
          const pool = count % 5 === 4 ? foreign : addresses;
          const path = pool[(count * 7919) % pool.length] ?? '/';
          asked.push(
            read(path, encodings[count % 3]).then((answer) => {
              judge(path, answer);
            }),
          );
        }
        await sleep(50);
      }
    })();

    await sleep(500);
    expect(deeds).toHaveLength(1_000);
    for (let at = 0; at < deeds.length; at += 50)
      await Promise.all(deeds.slice(at, at + 50).map((deed) => commit(deed, toy.directory)));

    const alarms = async () =>
      (
        await sql<{ path: string; healed: boolean }>`
          select path, healed_at is not null as healed from publishing.alarm`.execute(db)
      ).rows;
    const missed = async () => {
      const told = new Set((await alarms()).map((alarm) => alarm.path));
      return deeds.filter((deed) => !told.has(deed.at)).map((deed) => deed.file);
    };
    await expect.poll(missed, { timeout: 60_000, interval: 200 }).toEqual([]);
    await expect
      .poll(async () => (await alarms()).filter((alarm) => !alarm.healed).length, {
        timeout: 60_000,
        interval: 200,
      })
      .toBe(0);
    reading.abort();
    await citizens;
    await Promise.all(asked);

    const found = await alarms();
    const expected = new Set(deeds.map((deed) => deed.at));
    expect(found.filter((alarm) => !expected.has(alarm.path))).toEqual([]);
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
    expect(await filesIn(toy.engine.store)).toEqual(before);

    for (const path of addresses) {
      const answer = await read(path);
      if (!truths.has(path) && answer) truths.set(path, truthOf(answer));
    }
    for (const [path, truth] of open) {
      if (truths.get(path) === truth) seen.right += 1;
      else seen.wrong.push(path);
    }
    expect(seen.wrong).toEqual([]);
    expect(seen.right).toBeGreaterThan(200);
    expect(
      (await readFile(join(toy.directory, SITE, pathOf(1).slice(1)), 'utf8')).includes('body of 1'),
    ).toBe(true);
  }, 180_000);
});
