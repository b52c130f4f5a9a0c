import { createServer } from 'node:http';

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DeadLink } from '../../../contracts/link-check.ts';
import type { ResourceContent } from '../../../contracts/library.ts';
import { aConsole } from '../../../test/app.ts';
import { askedDuring, rowsRead } from '../../../test/asked.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { hostTerms } from '../../../test/factories/proofreading.ts';
import {
  aColumn,
  aDistrict,
  aPublished,
  aStage,
  type TestDistrict,
  withdraw,
} from '../../../test/factories/sites.ts';
import { aDatabase } from '../../../test/harness.ts';
import { listenOn } from '../../platform/listen.ts';
import { createLog } from '../../platform/log.ts';
import { insertHostRuling } from './host-ruling.queries.ts';
import { createLinkRunner, linkCheckRoutes, noteLinks } from './index.ts';
import { deadLinks as deadLinksOf, dueLinks } from './link-state.queries.ts';
import { loadFormCheckers, loadLinkKnowledge } from './load-form-checkers.ts';

const hour = 3_600_000;

describe('outgoing links of live texts', () => {
  const { db } = aDatabase();
  const stage = aStage(db);
  const app = aConsole({ db }, [linkCheckRoutes]);
  const asked: string[] = [];
  /** What `/changing` answers. */
  let changing = 500;
  const server = createServer(({ url = '', method = '' }, response) => {
    asked.push(`${method} ${url}`);
    const robots = 'User-agent: *\nDisallow: /closed';
    if (url === '/robots.txt') response.writeHead(200).end(robots);
    else if (url === '/ok') response.writeHead(200).end();
    else if (url === '/get-only') response.writeHead(method === 'HEAD' ? 405 : 200).end();
    else if (url === '/moved') response.writeHead(302, { location: '/ok' }).end();
    else if (url === '/turning') response.writeHead(302, { location: '/turning' }).end();
    else if (url === '/asks-who') response.writeHead(403).end();
    else if (url === '/changing') response.writeHead(changing).end();
    else if (url !== '/silent') response.writeHead(404).end();
  });
  let origin = '';
  let district: TestDistrict;
  let columnId: string;
  let operator: Record<string, string>;
  let now = new Date('2026-03-02T02:00:00Z');

  beforeAll(async () => {
    const { port } = await listenOn(server, { port: 0, host: '127.0.0.1' });
    origin = `http://127.0.0.1:${String(port)}`;
    district = await aDistrict(stage);
    columnId = (await aColumn(stage, { site: district.portal })).id;
    operator = await signIn(app, await anAccount(db, { roles: ['operator'] }));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const linking = (...paths: readonly string[]): Partial<ResourceContent> => ({
    title: '一篇有链接的文章',
    body: {
      type: 'doc',
      content: paths.map((path) => ({
        type: 'paragraph',
        content: [
          { type: 'text', text: '这里', marks: [{ type: 'link', attrs: { href: `${origin}${path}` } }] },
        ],
      })),
    },
  });
  const published = (...paths: readonly string[]) =>
    aPublished(stage, district.actor, {
      unitId: district.office.id,
      columnIds: [columnId],
      content: linking(...paths),
    });
  const noteAll = async () => {
    while ((await noteLinks(db, now)) === 'more');
  };
  const runner = (allowPrivate = true) =>
    createLinkRunner({
      ...{ db, clock: () => now, log: createLog({ level: 'silent', pretty: false }) },
      ...{ allowPrivate, patienceMilliseconds: 300, paceMilliseconds: 0 },
    });
  const tryAll = async (allowPrivate?: boolean) => {
    const one = runner(allowPrivate);
    while ((await one.isWanted()) && (await one.step(new AbortController().signal)) > 0);
  };
  const stateOf = async (path: string) => {
    const row = await db
      .selectFrom('proofreading.link_state')
      .select(['status', 'problem', 'failed_days as days', 'due_at as dueAt'])
      .where('address', '=', `${origin}${path}`)
      .executeTakeFirstOrThrow();
    return { ...row, dueInHours: row.dueAt && (row.dueAt.getTime() - now.getTime()) / hour };
  };
  const deadLinks = async (): Promise<readonly DeadLink[]> => {
    const answer = await app.inject({ url: '/api/dead-links', headers: operator });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ items: readonly DeadLink[] }>().items;
  };

  it('are tried as kindly as a host wishes, and read as what they say', async () => {
    await published('/ok', '/get-only', '/moved', '/turning', '/asks-who', '/gone', '/closed/x', '/silent');
    await noteAll();
    await tryAll();
    expect(await stateOf('/ok')).toMatchObject({ status: 200, problem: null, days: 0, dueInHours: 168 });
    expect(await stateOf('/get-only')).toMatchObject({ status: 200, problem: null });
    expect(await stateOf('/moved')).toMatchObject({ status: 200, problem: null });
    expect(await stateOf('/asks-who')).toMatchObject({ status: 403, problem: null });
    expect(await stateOf('/gone')).toMatchObject({ status: 404, problem: 'status', days: 1, dueInHours: 24 });
    expect(await stateOf('/turning')).toMatchObject({ problem: 'redirects', days: 1 });
    expect(await stateOf('/silent')).toMatchObject({ problem: 'timeout', days: 1 });
    expect(await stateOf('/closed/x')).toMatchObject({ problem: 'robots', days: 0 });
    expect(asked).not.toContain('HEAD /closed/x');
    expect(asked).not.toContain('GET /ok');
  });

  it('are dead after failures on three days, not after three failures, and live again after one success', async () => {
    const id = await published('/changing');
    await noteAll();
    for (const hours of [0, 0.01, 23.5, 24]) {
      now = new Date(now.getTime() + hours * hour);
      await db
        .updateTable('proofreading.link_state')
        .set({ due_at: now })
        .where('address', 'like', '%/changing')
        .execute();
      await tryAll();
      // The third try falls on the second day in China, the fourth on the third.
      expect((await deadLinks()).some((one) => one.address.endsWith('/changing'))).toBe(hours === 24);
    }
    expect(await deadLinks()).toContainEqual(
      expect.objectContaining({
        address: `${origin}/changing`,
        status: 500,
        failedDays: 3,
        uses: 1,
        resourceIds: [id],
      }),
    );
    const knowledge = await loadLinkKnowledge(db, [linking('/changing', '/ok') as ResourceContent]);
    expect([...knowledge.dead]).toEqual([`${origin}/changing`]);
    changing = 200;
    now = new Date(now.getTime() + 25 * hour);
    await tryAll();
    expect(await stateOf('/changing')).toMatchObject({ days: 0, problem: null });
  });

  it('are not dead for a text that is written while nobody tries them', async () => {
    const given = { failed_days: 5, failed_on: '2026-03-04', due_at: null };
    await db
      .updateTable('proofreading.link_state')
      .set(given)
      .where('address', 'like', '%/changing')
      .execute();
    const knowledge = await loadLinkKnowledge(db, [linking('/changing') as ResourceContent]);
    expect([...knowledge.dead]).toEqual([]);
  });

  it('of hosts that are gone are dead, although they come due together', async () => {
    const gone = ['http://127.0.0.2:1/a', 'http://127.0.0.3:1/b'];
    await db
      .insertInto('proofreading.link_state')
      .values(
        gone.map((address) => ({
          address,
          host: new URL(address).hostname,
          due_at: now,
          failed_days: 1,
          failed_on: '2026-03-01',
        })),
      )
      .execute();
    await db
      .updateTable('proofreading.link_state')
      .set({ due_at: null })
      .where('failed_days', '=', 0)
      .execute();
    await tryAll();
    const tries = db.selectFrom('proofreading.link_state').select('failed_days as days');
    expect(await tries.where('address', 'in', gone).execute()).toEqual([{ days: 2 }, { days: 2 }]);
  });

  it('are not counted against while no host answers of those that answered before', async () => {
    await published('/silent?1', '/silent?2');
    await noteAll();
    await db
      .updateTable('proofreading.link_state')
      .set({ due_at: null })
      .where('address', 'not like', '%/silent?%')
      .execute();
    await db
      .updateTable('proofreading.link_state')
      .set({ host: 'another.example.com' })
      .where('address', 'like', '%/silent?2')
      .execute();
    await tryAll();
    expect(await stateOf('/silent?1')).toMatchObject({ status: 404, days: 1 });
    await db.updateTable('proofreading.link_state').set({ failed_days: 0, failed_on: null }).execute();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    now = new Date(now.getTime() + 30 * hour);
    await tryAll();
    expect(await stateOf('/silent?1')).toMatchObject({ problem: 'connection', days: 0, dueInHours: 1 });
  });

  it('never lead into an inner network', async () => {
    await published('/inner');
    await noteAll();
    await tryAll(false);
    expect(await stateOf('/inner')).toMatchObject({ problem: 'private-address', days: 0 });
  });

  it('are tried no longer when no live text has them, and again when one has', async () => {
    const one = await published('/leaving');
    await noteAll();
    expect(await runner().isWanted()).toBe(true);
    await withdraw(stage, district.actor, one);
    await noteAll();
    expect((await stateOf('/leaving')).dueAt).toBeNull();
    await published('/leaving');
    await noteAll();
    expect((await stateOf('/leaving')).dueAt).toEqual(now);
  });

  it('are known for many texts with as many statements as for one', async () => {
    await insertHostRuling(db, hostTerms({ host: 'approved.example.com' }), { at: now, byName: '测试' });
    const content = linking('/ok') as ResourceContent;
    const few = await askedDuring(() => loadFormCheckers(db, [content]));
    const many = await askedDuring(() =>
      loadFormCheckers(
        db,
        Array.from({ length: 50 }, () => content),
      ),
    );
    expect(many.length).toBe(few.length);
  });

  it('of one host do not keep those of another waiting, however many and however long they are due', async () => {
    const put = (host: string, many: number, hoursAgo: number) =>
      sql`insert into proofreading.link_state (address, host, due_at)
        select 'https://' || ${host} || '/' || n, ${host}, ${now}::timestamptz - ${hoursAgo} * interval '1 hour'
        from generate_series(1, ${many}::int) n`.execute(db);
    await put('many.example', 50, 30);
    await put('few.example', 2, 1);
    await put('later.example', 2, -1);
    const due = await dueLinks(db, now, { limit: 200, ofHost: 10 });
    const count = (host: string) => due.filter((link) => link.host === host).length;
    expect([count('many.example'), count('few.example'), count('later.example')]).toEqual([10, 2, 0]);
    await sql`delete from proofreading.link_state where host like '%.example'`.execute(db);
  });

  it('are read by an index when they are due or dead, among a hundred thousand', async () => {
    await sql`
      insert into proofreading.link_state (address, host, due_at, failed_days, failed_on)
      select 'https://h.example/' || n, 'h.example', ${now}::timestamptz + n * interval '1 minute' - interval '1 day',
        case when n % 1000 = 0 then 3 else 0 end, case when n % 1000 = 0 then date '2026-03-01' end
      from generate_series(1, 100000) n`.execute(db);
    await sql`analyze proofreading.link_state`.execute(db);
    const due = () => dueLinks(db, now, { limit: 200, ofHost: 10 });
    // One row for each host, and ten links of it.
    const hosts = new Set(
      (await db.selectFrom('proofreading.link_state').select('host').execute()).map((row) => row.host),
    );
    expect(await rowsRead(db, due, 'link_state')).toBeLessThanOrEqual(hosts.size * 11 + 1);
    const dead = () => deadLinksOf(db, { after: '', limit: 21 });
    expect(await rowsRead(db, dead, 'link_state')).toBeLessThanOrEqual(21);
  });
});
