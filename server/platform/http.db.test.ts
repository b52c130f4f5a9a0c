import { connect, createServer, type Server, type Socket } from 'node:net';

import { sql } from 'kysely';
import { Type } from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Closed, defineEndpoint, type Problem } from '../../contracts/endpoint.ts';
import { recordEntry } from '../modules/audit/index.ts';
import { aDatabase } from '../../test/harness.ts';
import { anonymous, defineCommand } from './context.ts';
import { type Db, openDb } from './db.ts';
import { AppError } from './errors.ts';
import { createHttp, createMount, createRouteTools, type Http, problemOf, type RouteTools } from './http.ts';
import { createLog } from './log.ts';

/** A cable to the database that can be pulled and put back. */
function aCable(url: string): { url: () => string; plugIn(): Promise<void>; pull(): Promise<void> } {
  const target = new URL(url);
  const open = new Set<Socket>();
  let port = 0;
  let server: Server | undefined;
  return {
    url: () => {
      const through = new URL(url);
      through.hostname = '127.0.0.1';
      through.port = String(port);
      return through.href;
    },
    plugIn: () =>
      new Promise((done) => {
        server = createServer((near) => {
          const far = connect(Number(target.port), target.hostname);
          for (const one of [near, far]) {
            open.add(one);
            one.on('error', () => undefined);
            one.on('close', () => {
              near.destroy();
              far.destroy();
              open.delete(one);
            });
          }
          near.pipe(far).pipe(near);
        });
        server.listen(port, '127.0.0.1', () => {
          port = (server?.address() as { port: number }).port;
          done();
        });
      }),
    pull: () =>
      new Promise((done) => {
        server?.close(() => {
          done();
        });
        for (const one of open) one.destroy();
      }),
  };
}

const log = createLog({ level: 'silent', pretty: false });
const endpoints = {
  read: defineEndpoint({
    method: 'GET',
    path: '/count',
    summary: 'How many.',
    access: 'public',
    response: Closed({ events: Type.Integer() }),
  }),
  write: defineEndpoint({
    method: 'POST',
    path: '/events',
    summary: 'One more.',
    access: 'public',
    body: Closed({ name: Type.String() }),
    response: Closed({ id: Type.String() }),
  }),
};

const addEvent = defineCommand(
  'test.add-event',
  (input: { name: string }, result: { id: string } | undefined) => ({
    kind: 'event',
    id: result?.id ?? null,
    details: { ...input },
  }),
  async (ctx, input) => {
    const row = await ctx.db
      .insertInto('platform.event')
      .values({ at: ctx.now, name: input.name, tags: [], payload: '{}', priority: 0 })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (input.name === 'refused') throw new AppError('conflict', 'test.refused', '不行。');
    if (input.name === 'broken') throw new Error('broken');
    return row;
  },
);

function toolsOver(db: Db): RouteTools {
  return createRouteTools({
    db,
    clock: () => new Date(),
    announceIn: () => () => Promise.resolve(),
    record: recordEntry,
  });
}

function aServer(db: Db): Http {
  const app = createHttp({ log });
  const tools = toolsOver(db);
  const mount = createMount(
    app,
    (request) => Promise.resolve({ actor: anonymous, requestId: request.id, address: null, sessionId: null }),
    true,
  );
  mount(endpoints.read, ({ caller }) =>
    tools.consult(caller, 'test.count', async (reader) => {
      const { rows } = await sql<{
        events: number;
      }>`select count(*)::int as events from platform.event`.execute(reader.db);
      return { events: rows[0]?.events ?? 0 };
    }),
  );
  mount(endpoints.write, ({ caller, body }) => tools.perform(caller, addEvent, body));
  return app;
}

describe('a server whose database goes away', () => {
  const database = aDatabase();
  const cable = aCable(database.url);
  let db: Db;
  let app: Http;
  beforeAll(async () => {
    await cable.plugIn();
    db = openDb(cable.url(), { connections: 3 });
    app = aServer(db);
  });
  afterAll(async () => {
    await db.destroy();
    await cable.pull();
  });

  const count = () => app.inject('/count');
  const add = (name: string) => app.inject({ method: 'POST', url: '/events', payload: { name } });

  it('says so, and answers again by itself when it is back', async () => {
    expect((await add('before')).statusCode).toBe(200);
    await cable.pull();
    for (const answer of [await count(), await add('during'), await count()]) {
      expect(answer.statusCode).toBe(503);
      expect(answer.json<Problem>().code).toBe('service.unavailable');
    }
    await cable.plugIn();
    const answer = await count();
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ events: 1 });
    expect((await add('after')).statusCode).toBe(200);
  });

  it('says so too of what was under way', async () => {
    const waiting = app.inject({ method: 'POST', url: '/events', payload: { name: 'waits' } });
    const slow = sql`select pg_sleep(30)`.execute(db).catch((error: unknown) => error);
    await new Promise((done) => setTimeout(done, 100));
    await waiting;
    await cable.pull();
    const error = await slow;
    expect(error).toBeInstanceOf(Error);
    await cable.plugIn();
    // A connection may have been broken without having been told so yet: it is answered for with 503, and replaced.
    await expect.poll(async () => (await count()).statusCode).toBe(200);
  });
});

describe('a server whose database takes too long', () => {
  const database = aDatabase();
  let db: Db;
  let app: Http;
  beforeAll(() => {
    db = openDb(database.url, {
      connections: 2,
      timeouts: { statement: 300, lock: 100, idleInTransaction: 200 },
    });
    app = aServer(db);
  });
  afterAll(() => db.destroy());

  const add = (name: string) => app.inject({ method: 'POST', url: '/events', payload: { name } });
  /** Holds the events until the act is over. */
  const whileLocked = (act: () => Promise<void>) =>
    database.db.transaction().execute(async (holder) => {
      await sql`lock table platform.event in access exclusive mode`.execute(holder);
      await act();
    });

  it('gives up waiting, says so, and writes down what failed', async () => {
    await whileLocked(async () => {
      for (const answer of [await app.inject('/count'), await add('waits')]) {
        expect(answer.statusCode).toBe(503);
        expect(answer.json<Problem>().code).toBe('service.timeout');
        expect(answer.json<Problem>().title).toContain('请稍后重试');
      }
    });
    expect((await add('after')).statusCode).toBe(200);
    const entries = database.db.selectFrom('audit.entry').select(['action', 'result', 'code']).orderBy('seq');
    expect(await entries.execute()).toEqual([
      { action: 'test.count', result: 'failed', code: 'service.timeout' },
      { action: 'test.add-event', result: 'failed', code: 'service.timeout' },
      { action: 'test.add-event', result: 'done', code: null },
    ]);
  });

  it('stops a statement that runs on, and a transaction in which nothing happens', async () => {
    const slow = await sql`select pg_sleep(20)`.execute(db).catch((error: unknown) => error);
    expect(problemOf(slow as never)).toMatchObject({ status: 503, code: 'service.timeout' });
    const idle = await db
      .transaction()
      .execute(async (held) => {
        await sql`select 1`.execute(held);
        await new Promise((done) => setTimeout(done, 500));
        await sql`select 1`.execute(held);
      })
      .catch((error: unknown) => error);
    expect(problemOf(idle as never).status).toBe(503);
    expect((await app.inject('/count')).statusCode).toBe(200);
  });

  it('leaves time to those who open the database without limits', async () => {
    const { rows } = await sql<{ limits: string }>`select concat_ws(' ', current_setting('statement_timeout'),
      current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout')) as limits`.execute(
      database.db,
    );
    expect(rows).toEqual([{ limits: '0 0 0' }]);
  });
});

describe('a command', () => {
  const database = aDatabase();
  const entries = () =>
    database.db
      .selectFrom('audit.entry')
      .select(['action', 'result', 'code', 'object_id'])
      .orderBy('seq')
      .execute();
  const names = async () =>
    (await database.db.selectFrom('platform.event').select('name').execute()).map((row) => row.name);

  it('is kept whole or not at all, and leaves one audit row either way', async () => {
    const app = aServer(database.db);
    const add = (name: string) => app.inject({ method: 'POST', url: '/events', payload: { name } });
    expect((await add('kept')).statusCode).toBe(200);
    expect((await add('refused')).statusCode).toBe(409);
    expect((await add('broken')).statusCode).toBe(500);
    expect(await names()).toEqual(['kept']);
    expect(await entries()).toMatchObject([
      { action: 'test.add-event', result: 'done', code: null },
      { action: 'test.add-event', result: 'refused', code: 'test.refused', object_id: null },
      { action: 'test.add-event', result: 'failed', code: 'internal', object_id: null },
    ]);
  });

  it('is undone when its audit row cannot be written', async () => {
    const caller = { actor: anonymous, requestId: 'r', address: null, sessionId: null };
    const tools = createRouteTools({
      db: database.db,
      clock: () => new Date(),
      announceIn: () => () => Promise.resolve(),
      record: () => Promise.reject(new Error('the record is full')),
    });
    await expect(tools.perform(caller, addEvent, { name: 'unseen' })).rejects.toThrow('the record is full');
    expect(await names()).not.toContain('unseen');
  });
});
