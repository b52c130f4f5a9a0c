import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';

import type { Problem } from '../contracts/endpoint.ts';
import { anAccount, signIn, testPassword } from '../test/factories/identity.ts';
import { aDatabase } from '../test/harness.ts';
import { aSystem } from '../test/system.ts';
import { createConsole } from './app.ts';

describe('a console whose database is held by somebody else', () => {
  const database = aDatabase();
  const { db } = database;
  const system = aSystem(database, { timeouts: { statement: 300, lock: 300, idleInTransaction: 300 } });

  it('answers that it took too long, while the work behind it goes on waiting', async () => {
    const headers = await signIn(system.app, await anAccount(db, { roles: ['editor'] }));
    const count = sql<{ number: number }>`select count(*)::int as number from library.resource`;
    let behind: Promise<unknown> | undefined;
    await db.transaction().execute(async (holder) => {
      await sql`lock table library.resource in access exclusive mode`.execute(holder);
      behind = count.execute(system.parts.db).then(({ rows }) => rows);
      const answer = await system.app.inject({ url: '/api/resources', headers });
      expect(answer.statusCode).toBe(503);
      expect(answer.json<Problem>().code).toBe('service.timeout');
    });
    expect(await behind).toEqual([{ number: 0 }]);
    expect((await system.app.inject({ url: '/api/resources', headers })).statusCode).toBe(200);
  });
});

describe('a console that people reach over https', () => {
  const database = aDatabase();
  const safe = aSystem(database, { identity: { consoleUrl: 'https://gz.example.gov.cn' } });
  const plain = aSystem(database);

  const enter = async (system: typeof safe) => {
    const { login } = await anAccount(database.db, { roles: ['editor'] });
    const payload = { login, password: testPassword };
    const answer = await system.app.inject({ method: 'POST', url: '/api/session', payload });
    const cookie = String(answer.headers['set-cookie']);
    const shown = { cookie: cookie.slice(0, cookie.indexOf(';')) };
    return { answer, cookie, again: await system.app.inject({ url: '/api/session', headers: shown }) };
  };

  it('ties the session to its own host and to https, and browsers to https', async () => {
    const { answer, cookie, again } = await enter(safe);
    expect(cookie).toMatch(/^__Host-jiyue_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/);
    expect([answer.statusCode, again.statusCode]).toEqual([201, 200]);
    const renamed = { cookie: cookie.slice('__Host-'.length, cookie.indexOf(';')) };
    expect((await safe.app.inject({ url: '/api/session', headers: renamed })).statusCode).toBe(401);
    for (const url of ['/api/session', '/nothing', '/api/resources?unknown=1']) {
      const { headers } = await safe.app.inject(url);
      expect(headers['strict-transport-security'], url).toBe('max-age=31536000');
    }
  });

  it('asks for nothing of the kind over http', async () => {
    const { answer, cookie, again } = await enter(plain);
    expect(cookie).toMatch(/^jiyue_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect([answer.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
  });
});

describe('a console that starts', () => {
  const system = aSystem(aDatabase());

  it('clears away uploads that were cut off more than an hour ago', async () => {
    const waiting = join(system.dataDirectory, 'assets', 'waiting');
    await mkdir(waiting, { recursive: true });
    for (const [name, minutes] of [
      ['old', 61],
      ['young', 59],
    ] as const) {
      await writeFile(join(waiting, name), 'x');
      const at = new Date(Date.now() - minutes * 60_000);
      await utimes(join(waiting, name), at, at);
    }
    const app = await createConsole(system.parts);
    expect(await readdir(waiting)).toEqual(['young']);
    await app.close();
  });
});
