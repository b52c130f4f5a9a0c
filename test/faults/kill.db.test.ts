import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { verifyChain } from '../../server/modules/audit/index.ts';
import { type Db, openDb, openPool } from '../../server/platform/db.ts';
import { fetchPage, nothingSeen, readPages, waitUntilServed } from './citizens.ts';
import { aPerson } from './console-client.ts';
import { aSmallDistrict, type SmallDistrict } from './district.ts';
import { type Desk, workAtDesk } from './editors.ts';
import {
  auditGaps,
  differencesToRebuild,
  indexNumberGaps,
  missingActs,
  partsOver,
  searchDifferences,
  storeDifferences,
  waitUntilSettled,
} from './end-state.ts';
import { type Kill, killAround } from './killer.ts';
import { aLedger, type Waiting } from './ledger.ts';
import { aChance } from './random.ts';
import { aSystem, type TestSystem } from './system.ts';
import { wishedNumber } from '../wished-number.ts';

const seed = wishedNumber('JIYUE_SEED', Date.now() % 1_000_000_000);
/** Enough to meet every part of the work in every run; more of them before a release. */
const kills = Number(process.env['JIYUE_KILLS'] ?? 12);
const counts = {
  worker: Math.round(kills * 0.44),
  console: Math.round(kills * 0.18),
  public: Math.round(kills * 0.14),
  database: kills - Math.round(kills * 0.44) - Math.round(kills * 0.18) - Math.round(kills * 0.14),
};

/** Every version that the page engine ever announced, written down by the database itself. */
async function keepHistory(db: Db): Promise<void> {
  await sql`create table public.page_history (site text, path text, digest text, primary key (site, path, digest))`.execute(
    db,
  );
  await sql`create function public.keep_page() returns trigger language plpgsql as $$ begin
    insert into public.page_history select form.site, form.path, form.digest
      from unnest(new.sites, new.paths, new.digests) as form (site, path, digest) on conflict do nothing;
    return new; end $$`.execute(db);
  await sql`create trigger keep_page after insert on publishing.intent
    for each row execute function public.keep_page()`.execute(db);
}

/** Follows what was published until the store has it, and when last nobody could have put it there. */
async function watchStore(
  system: TestSystem,
  waiting: readonly Waiting[],
  stopping: AbortSignal,
): Promise<void> {
  const { dataDirectory } = system;
  while (!stopping.aborted) {
    const isAble = system.database.isUp() && system.workers.some((one) => one.isUp());
    for (const one of waiting) {
      if (one.liveAt !== undefined) continue;
      if (!isAble) one.unableAt = performance.now();
      const file = join(dataDirectory, 'pages', one.expected.siteId, one.expected.path);
      const isThere =
        one.mark === 'withdrawn'
          ? await stat(`${file}.gone`).then(Boolean, () => false)
          : await readFile(file, 'utf8').then(
              (page) => page.includes(`第${one.mark}版`),
              () => false,
            );
      // Overtaken by the next change of the same page.
      const isPast = one.expected.mark !== one.mark && one.mark !== 'withdrawn';
      if (isThere || isPast || (one.expected.state === 'withdrawn' && one.mark !== 'withdrawn'))
        one.liveAt = performance.now();
    }
    await sleep(20);
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
}

/** How long citizens waited, apart for publications during which a worker or the database was killed. */
function waitingTimes(waiting: readonly Waiting[], done: readonly Kill[]) {
  const quiet: number[] = [];
  const interrupted: number[] = [];
  const afterKill: number[] = [];
  for (const { acknowledgedAt, liveAt, unableAt } of waiting) {
    if (liveAt === undefined) continue;
    const hits = done.filter(
      (kill) =>
        (kill.kind === 'worker' || kill.kind === 'database') &&
        kill.at > acknowledgedAt - 50 &&
        kill.at < liveAt,
    );
    const last = hits.at(-1);
    // Measured too from when a worker and the database were both there again.
    if (last === undefined) quiet.push(liveAt - acknowledgedAt);
    else {
      interrupted.push(liveAt - acknowledgedAt);
      afterKill.push(liveAt - Math.max(last.at, acknowledgedAt, unableAt ?? 0));
    }
  }
  const shape = (values: readonly number[]) => ({
    count: values.length,
    p50: percentile(values, 0.5),
    p95: percentile(values, 0.95),
    most: percentile(values, 1),
  });
  return { quiet: shape(quiet), interrupted: shape(interrupted), afterKill: shape(afterKill) };
}

describe('a system whose processes are killed again and again', () => {
  let system: TestSystem;
  let district: SmallDistrict;
  let db: Db;

  beforeAll(async () => {
    system = await aSystem(2);
    db = openDb(system.database.url, { connections: 4 });
    district = await aSmallDistrict(db);
    await keepHistory(db);
    await system.startRoles();
    await waitUntilSettled(db, 60);
    await waitUntilServed(
      system.publicPort,
      district.bureaus.map(({ host }) => host),
    );
  }, 120_000);
  afterAll(async () => {
    await db.destroy();
    await system.remove();
  }, 60_000);

  it(
    `loses no act and ends as a full rebuild would (seed ${String(seed)})`,
    { timeout: 600_000 },
    async () => {
      const chance = aChance(seed);
      const ledger = aLedger();
      const closing = new AbortController();
      const citizensGo = new AbortController();
      const base = `http://127.0.0.1:${String(system.consolePort)}`;

      const desks: Desk[] = [];
      for (const bureau of district.bureaus) {
        const { team } = bureau;
        const editor = await aPerson(base, team.editor);
        const deciders = [
          await aPerson(base, team.first),
          await aPerson(base, team.second),
          await aPerson(base, team.principal),
        ] as const;
        const desk = { bureau, editor, deciders, ledger, stopping: closing.signal };
        desks.push(
          { ...desk, chance: aChance(seed + desks.length + 1) },
          { ...desk, chance: aChance(seed + desks.length + 2) },
        );
      }

      const seen = nothingSeen();
      const fixed = district.bureaus.flatMap(({ host, columns }) =>
        ['/', '/sitemap.html', ...columns.flatMap(({ path }) => [path, `${path}rss.xml`])].map((path) => ({
          host,
          path,
        })),
      );
      const citizens = Array.from({ length: 2 }, (_, at) =>
        readPages(
          {
            port: system.publicPort,
            chance: aChance(seed + 100 + at),
            addresses: () => [
              ...fixed,
              ...[...ledger.expected.values()].filter((one) => one.path !== '').slice(-6),
            ],
            isServing: () => system.public.isUp(),
            hasDatabase: () => system.database.isUp(),
            stopping: citizensGo.signal,
          },
          seen,
        ),
      );
      const watch = watchStore(system, ledger.waiting, citizensGo.signal);
      const working = Promise.all(desks.map(workAtDesk));
      const began = performance.now();
      const done = await Promise.race([
        killAround(system, { counts, chance, ledger }),
        working.then(() => []),
      ]);
      const lastKillAt = performance.now();
      closing.abort();
      await working;
      const backlog = await waitUntilSettled(db, 60);
      const settled = (performance.now() - lastKillAt) / 1_000;
      await sleep(500);
      citizensGo.abort();
      await Promise.all([...citizens, watch]);

      const shown = await shownWrongly(system.publicPort, [...ledger.expected.values()]);
      const codes = [];
      for (const one of [system.console, system.public, ...system.workers]) codes.push(await one.stop());
      const unknown = await unknownPages(db, district, seen.digests);
      const numbers = await db.selectFrom('library.index_number').select('index_number').execute();
      const parts = partsOver(system.database.url, system);
      const copy = await copyDatabase(system.database.url, [db, parts.db]);
      const again = partsOver(system.database.url, system);
      db = openDb(system.database.url, { connections: 4 });
      const rebuilt = join(system.directory, 'rebuilt');
      await mkdir(rebuilt);
      const rebuild = await differencesToRebuild(again, copy, rebuilt);
      const report = {
        seed,
        seconds: Math.round((lastKillAt - began) / 1_000),
        settledSeconds: Math.round(settled * 10) / 10,
        kills: done.reduce<Record<string, number>>(
          (sum, { kind }) => ({ ...sum, [kind]: (sum[kind] ?? 0) + 1 }),
          {},
        ),
        acknowledged: ledger.acknowledged.length,
        lostAnswers: ledger.lost,
        resources: ledger.expected.size,
        published: ledger.waiting.length,
        waiting: waitingTimes(ledger.waiting, done),
        pageReads: {
          ...seen,
          byStatus: Object.fromEntries(seen.byStatus),
          digests: seen.digests.size,
          wrongs: seen.wrongs.length,
        },
        files: rebuild.files,
        indexNumbers: numbers.length,
        staging: await readdir(join(parts.pagesDirectory, '.staging')).then(
          (names) => names.length,
          () => 0,
        ),
      };
      process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);

      try {
        expect.soft(system.surprises(), 'processes that ended by themselves').toEqual([]);
        expect.soft(ledger.wrongs, 'answers that should never be').toEqual([]);
        expect
          .soft(backlog, 'left to do')
          .toEqual(Object.fromEntries(Object.keys(backlog).map((name) => [name, 0])));
        expect.soft(codes, 'exit codes of an orderly end').toEqual([0, 0, 0, 0]);
        expect.soft(seen.wrongs, 'pages that were not served whole').toEqual([]);
        expect.soft(seen.withoutDatabase, 'pages served while the database was down').toBeGreaterThan(0);
        expect.soft(unknown, 'served pages that were never published').toEqual([]);
        expect.soft(shown, 'pages that do not show what they should').toEqual([]);
        expect.soft(await missingActs(db, system.dataDirectory, ledger), 'lost acts').toEqual([]);
        expect.soft(await auditGaps(db), 'acts without an entry').toEqual([]);
        expect.soft(await indexNumberGaps(db), 'gaps in index numbers').toEqual([]);
        expect.soft(await verifyChain(db)).toMatchObject({ intact: true });
        expect.soft(await storeDifferences(again), 'damaged pages').toEqual([]);
        expect.soft(rebuild.differences, 'differences to a full rebuild').toEqual([]);
        expect.soft(await searchDifferences(again, ledger.expected.values()), 'search').toEqual([]);
        expect.soft(done.length).toBe(kills);
      } finally {
        await again.db.destroy();
      }
    },
  );
});

/** Asked over HTTP: live pages show their last version, withdrawn ones say so. */
async function shownWrongly(
  port: number,
  expected: readonly { host: string; path: string; state: string; mark: string; token: string }[],
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const one of expected) {
    if (one.state === 'draft') continue;
    const served = await fetchPage(port, one.host, one.path);
    const isRight =
      one.state === 'withdrawn'
        ? served?.status === 410
        : served?.status === 200 && served.body.includes(`${one.token}第${one.mark}版`);
    if (!isRight) wrong.push(`${one.state} ${one.mark} ${one.host}${one.path}: ${String(served?.status)}`);
  }
  return wrong;
}

async function unknownPages(
  db: Db,
  district: SmallDistrict,
  digests: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ site: string; path: string; digest: string }>`
    select site, path, digest from public.page_history`.execute(db);
  const known = new Set(rows.map((row) => `${row.site} ${row.path} ${row.digest}`));
  const siteOf = new Map(district.bureaus.map(({ host, site }) => [host, site.id]));
  return [...digests].flatMap(([address, served]) => {
    const [host = '', path = ''] = address.split(' ');
    return [...served]
      .filter((digest) => !known.has(`${siteOf.get(host) ?? ''} ${path} ${digest}`))
      .map(() => address);
  });
}

/** A copy of the database as it is; nobody may be connected meanwhile. */
async function copyDatabase(url: string, open: readonly Db[]): Promise<string> {
  await Promise.all(open.map((one) => one.destroy()));
  const server = new URL(url);
  const name = server.pathname.slice(1);
  server.pathname = '/postgres';
  const pool = openPool(server.href, { connections: 1 });
  await pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [name],
  );
  await pool.query(`create database rebuilt template "${name}"`);
  await pool.end();
  server.pathname = '/rebuilt';
  return server.href;
}
