import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { scheduleResource } from '../../server/modules/library/index.ts';
import { type Db, openDb, openPool } from '../../server/platform/db.ts';
import { keepEmbeddedPostgres } from '../../server/platform/embedded-postgres-keeper.ts';
import { aDraft, aFactotum, aStage, publish } from '../factories/sites.ts';
import { fetchPage, waitUntilServed } from './citizens.ts';
import { aPerson, type Person } from './console-client.ts';
import { aSmallDistrict, type SmallDistrict } from './district.ts';
import { workAtDesk } from './editors.ts';
import { waitUntilSettled } from './end-state.ts';
import { aLedger } from './ledger.ts';
import { aChance } from './random.ts';
import { aSystem, freePort, type TestSystem } from './system.ts';

/** Longer than it takes until the database is killed, and over long before it is back. */
const untilDue = 5_000;

/** Signed, and due while there is no database. */
async function aScheduled(db: Db, { bureaus: [bureau] }: SmallDistrict): Promise<string> {
  if (!bureau) throw new Error('there is a bureau');
  const { unit } = bureau.team;
  const stage = aStage(db);
  const actor = await aFactotum(db, [unit]);
  const columnIds = bureau.columns.slice(0, 1).map((column) => column.id);
  const resourceId = await aDraft(stage, actor, { unitId: unit.id, columnIds });
  await stage.perform(actor, scheduleResource, {
    resourceId,
    expectedVersion: 1,
    releaseAt: new Date(Date.now() + untilDue).toISOString(),
    expireAt: null,
  });
  await publish(stage, actor, resourceId);
  return resourceId;
}

describe('while the database is gone', () => {
  let system: TestSystem;
  let district: SmallDistrict;
  let editor: Person;
  let deciders: readonly [Person, Person, Person];
  let dueId = '';

  beforeAll(async () => {
    system = await aSystem(1);
    const db = openDb(system.database.url, { connections: 2 });
    district = await aSmallDistrict(db);
    await system.startRoles();
    await waitUntilSettled(db, 60);
    await waitUntilServed(
      system.publicPort,
      district.bureaus.map((bureau) => bureau.host),
    );
    dueId = await aScheduled(db, district);
    await db.destroy();
    const base = `http://127.0.0.1:${String(system.consolePort)}`;
    const team = district.bureaus[0]?.team;
    if (!team) throw new Error('there is a bureau');
    editor = await aPerson(base, team.editor);
    deciders = [
      await aPerson(base, team.first),
      await aPerson(base, team.second),
      await aPerson(base, team.principal),
    ];
    await system.database.kill();
  }, 120_000);
  afterAll(() => system.remove(), 60_000);

  const address = (path: string): string => `http://127.0.0.1:${String(system.consolePort)}${path}`;
  const host = (): string => district.bureaus[0]?.host ?? '';

  it.each([
    ['GET', '/api/session', undefined],
    ['GET', '/api/resources', undefined],
    ['POST', '/api/session', { login: 'somebody', password: 'something' }],
  ])('the console answers %s %s with a clear 503 within six seconds', async (method, path, body) => {
    const began = performance.now();
    const response = await fetch(address(path), {
      method,
      headers: { cookie: `jiyue_session=${'x'.repeat(43)}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status: 503, code: 'service.unavailable' });
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  it('citizens read pages and search as before', async () => {
    for (const path of ['/', '/tzgg/', '/search?q=%E6%B5%8B%E8%AF%95']) {
      expect((await fetchPage(system.publicPort, host(), path))?.status, path).toBe(200);
    }
  });

  it('a public server that starts now serves them too', async () => {
    await system.public.kill();
    await system.public.start();
    for (const path of ['/', '/tzgg/', '/search?q=%E6%B5%8B%E8%AF%95']) {
      expect((await fetchPage(system.publicPort, host(), path))?.status, path).toBe(200);
    }
  }, 60_000);

  it('everything goes on by itself when it is back: sessions hold, and what is signed is published', async () => {
    await system.database.start();
    const [bureau] = district.bureaus;
    if (!bureau) throw new Error('there is a bureau');
    const began = performance.now();
    const answer = await editor.read<{ accountId: string }>('/api/session');
    expect(answer.accountId).toBe(bureau.team.editor.id);
    expect(performance.now() - began).toBeLessThan(5_000);

    const ledger = aLedger();
    const stopping = new AbortController();
    const desk = { bureau, editor, deciders, ledger, chance: aChance(5), stopping: stopping.signal };
    const work = workAtDesk(desk);
    stopping.abort();
    await work;
    const db = openDb(system.database.url, { connections: 1 });
    const backlog = await waitUntilSettled(db, 20);
    await db.destroy();
    expect(Object.values(backlog).every((one) => one === 0)).toBe(true);
    expect(ledger.wrongs).toEqual([]);
    expect(ledger.waiting.length).toBeGreaterThan(0);
    for (const { state, path, mark } of ledger.expected.values()) {
      await sleep(300);
      const served = await fetchPage(system.publicPort, bureau.host, path);
      expect(served?.status).toBe(state === 'withdrawn' ? 410 : 200);
      if (state === 'live') expect(served?.body.toString()).toContain(`第${mark}版`);
    }
    expect(system.surprises()).toEqual([]);
  }, 60_000);

  it('what was due meanwhile has gone out, once', async () => {
    const db = openDb(system.database.url, { connections: 1 });
    const released = () =>
      db
        .selectFrom('library.change')
        .innerJoin('library.resource', 'library.resource.id', 'library.change.resource_id')
        .select(['kind', 'first_published_at as at'])
        .where('resource_id', '=', dueId)
        .execute();
    for (const end = Date.now() + 20_000; (await released()).length === 0 && Date.now() < end;)
      await sleep(100);
    const [first, ...others] = await released();
    const { rows } = await sql<{ started: Date }>`select pg_postmaster_start_time() as started`.execute(db);
    await db.destroy();
    expect(first?.kind).toBe('released');
    expect(others).toEqual([]);
    // It was really due while the database was away.
    expect(first?.at?.getTime()).toBeGreaterThan(rows[0]?.started.getTime() ?? Infinity);
  }, 60_000);
});

describe('the embedded database', () => {
  it('is started again on its port when it is killed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'jiyue-keeper-'));
    const server = await keepEmbeddedPostgres({
      directory,
      port: await freePort(),
      log: { info: () => undefined },
    });
    const pool = openPool(server.url, { connections: 1 });
    try {
      await pool.query('create table kept (id int)');
      const pidFile = (await readdir(directory, { recursive: true })).find((name) =>
        name.endsWith('postmaster.pid'),
      );
      const pid = Number((await readFile(join(directory, pidFile ?? ''), 'utf8')).split('\n')[0]);
      process.kill(pid, 'SIGKILL');
      let rows: unknown[] | undefined;
      const end = Date.now() + 30_000;
      while (rows === undefined && Date.now() < end) {
        await sleep(100);
        rows = await pool.query<{ id: number }>('select * from kept').then(
          (result) => result.rows,
          () => undefined,
        );
      }
      expect(rows).toEqual([]);
    } finally {
      await pool.end();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    }
  }, 60_000);
});
