import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import type { BackgroundWork, ResourceReceipt } from '../contracts/publishing.ts';
import { anAccount, signIn } from '../test/factories/identity.ts';
import { aDraft } from '../test/factories/library.ts';
import { aDatabase } from '../test/harness.ts';
import { aSystem } from '../test/system.ts';

const database = aDatabase();
const { db } = database;
const system = aSystem(database);
const codeOf = (answer: { body: string }): string => (JSON.parse(answer.body) as Problem).code;

describe('work in the background', () => {
  it('is made to wait and let go on by an operator, and the status says so', async () => {
    const headers = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
    const set = (payload: object) =>
      system.app.inject({ method: 'PUT', url: '/api/publishing/background', headers, payload });
    const paused = await set({ paused: true });
    expect([paused.statusCode, paused.json<BackgroundWork>().pausedAt]).toEqual([200, expect.any(String)]);
    const status = await system.app.inject({ url: '/api/publishing/status', headers });
    expect(status.json()).toMatchObject({
      failing: 0,
      failingPages: [],
      background: { waiting: 0, pausedAt: paused.json<BackgroundWork>().pausedAt, endsAt: null },
    });
    expect((await set({ paused: false })).json()).toMatchObject({ pausedAt: null });
    expect((await set({ paused: 'yes' })).statusCode).toBe(400);
    expect((await set({ paused: true, until: 'tomorrow' })).statusCode).toBe(400);
  });

  it('is not stopped by a supervisor, who may only look', async () => {
    const headers = await signIn(system.app, await anAccount(db, { roles: ['supervisor'] }));
    const url = '/api/publishing/background';
    const answer = await system.app.inject({ method: 'PUT', url, headers, payload: { paused: true } });
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'publishing.operator-required']);
    expect((await system.app.inject({ url: '/api/publishing/status', headers })).statusCode).toBe(200);
  });
});

describe('pages that cannot be built', () => {
  it('are named with place and reason, and tried again at once when an operator asks', async () => {
    const headers = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
    await sql`insert into publishing.dirty (page_key, priority, rank, failures, retry_at, problem)
      values ('article/9', 1, 1, 3, clock_timestamp() + interval '1 hour', 'TypeError: no title')`.execute(
      db,
    );
    const status = await system.app.inject({ url: '/api/publishing/status', headers });
    expect(status.json()).toMatchObject({
      failing: 1,
      failingPages: [
        { key: 'article/9', site: null, path: null, problem: 'TypeError: no title', failures: 3 },
      ],
    });
    const url = '/api/publishing/failing-pages/retry';
    const answer = await system.app.inject({ method: 'POST', url, headers });
    expect([answer.statusCode, answer.json()]).toEqual([202, { pages: 1 }]);
    const { rows } = await sql`select from publishing.dirty where retry_at <= clock_timestamp()`.execute(db);
    expect(rows).toHaveLength(1);
    const editor = await signIn(system.app, await anAccount(db, { roles: ['editor'] }));
    const refused = await system.app.inject({ method: 'POST', url, headers: editor });
    expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'publishing.operator-required']);
    expect((await system.app.inject({ method: 'POST', url: `${url}?all=1`, headers })).statusCode).toBe(400);
  });
});

describe('the receipts of a resource', () => {
  it('are told to those who may see it, and to nobody else', async () => {
    const editor = await anAccount(db, { roles: ['editor'] });
    const headers = await signIn(system.app, editor);
    const { id } = await aDraft(db, { editor });
    await sql`insert into publishing.receipt (subject, event, requested_at, live_at, verified_at, pages, sites)
      values (${`resource:${id}`}, 'library.revision-released', '2026-11-26T08:00:00Z', '2026-11-26T08:00:00.4Z',
        '2026-11-26T08:00:00.5Z', 12, 2)`.execute(db);
    const url = `/api/resources/${id}/receipts`;
    const answer = await system.app.inject({ url, headers });
    expect([answer.statusCode, answer.json<ResourceReceipt[]>()]).toEqual([
      200,
      [
        {
          act: 'released',
          requestedAt: '2026-11-26T08:00:00.000Z',
          liveAt: '2026-11-26T08:00:00.400Z',
          verifiedAt: '2026-11-26T08:00:00.500Z',
          ...{ pages: 12, sites: 2, waiting: 0, failing: 0 },
        },
      ],
    ]);
    const stranger = await signIn(system.app, await anAccount(db, { roles: ['editor'] }));
    const refused = await system.app.inject({ url, headers: stranger });
    expect([refused.statusCode, codeOf(refused)]).toEqual([404, 'library.resource-not-found']);
    expect((await system.app.inject({ url: '/api/resources/0/receipts', headers })).statusCode).toBe(400);
    expect((await system.app.inject({ url: `${url}?all=1`, headers })).statusCode).toBe(400);
  });
});
