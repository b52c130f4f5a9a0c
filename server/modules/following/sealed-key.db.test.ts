import { randomUUID } from 'node:crypto';

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Subscription } from '../../../contracts/following.ts';
import { aPlatform, catchUp, type Platform, someTerms } from '../../../test/factories/following.ts';
import { anAccount, signIn } from '../../../test/factories/identity.ts';
import { aToldPlatform, type ToldPlatform } from '../../../test/factories/told-platform.ts';
import { aDatabase } from '../../../test/harness.ts';
import { aSystem } from '../../../test/system.ts';
import { createLog } from '../../platform/log.ts';

const lines: string[] = [];
const database = aDatabase();
const { db } = database;
const system = aSystem(database, {
  log: createLog({ level: 'trace', pretty: false }, { write: (line) => lines.push(line) }),
});
let here: Platform;
let there: ToldPlatform;
let operator: Readonly<Record<string, string>>;

beforeAll(async () => {
  here = await aPlatform(database, system);
  there = await aToldPlatform(randomUUID());
  operator = await signIn(system.app, await anAccount(db, { roles: ['operator'] }));
});
afterAll(async () => {
  there.close();
  await here.exchange.app.close();
});

/** As it was typed, and as a database or a log may write bytes. */
const formsOf = (key: string): readonly string[] => [
  key,
  Buffer.from(key).toString('hex'),
  // Wherever it begins within three bytes, its middle is one of these.
  ...[0, 1, 2].map((at) =>
    Buffer.from(key.slice(at + 2, at + 23))
      .toString('base64')
      .slice(0, 24),
  ),
];

/** Every table that holds the key in some form, whichever module owns it. */
async function tablesThatHold(key: string): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  const likes = formsOf(key).map((form) => `%${form}%`);
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await sql<{ found: boolean }>`
        select exists (select from ${sql.raw(name)} as row where row::text like any(${likes})) as found`.execute(
        db,
      );
      return rows[0]?.found === true ? [name] : [];
    }),
  );
  return found.flat();
}
const linesThatHold = (key: string): readonly string[] =>
  lines.filter((line) => formsOf(key).some((form) => line.includes(form)));

test('a search through all tables and logs finds what is there', async () => {
  const told = 'jiyue_9876543210_offen-offen-offen-offen';
  await sql`insert into platform.setting (name, value) values ('test.told', ${told})`.execute(db);
  system.parts.options.log.info({ told }, 'said');
  expect(await tablesThatHold(told)).toEqual(['platform.setting']);
  expect(linesThatHold(told)).toHaveLength(1);
});

test('keys are in no table, no log and no answer, however they were used, and gone at the end', async () => {
  const [first, second] = ['jiyue_0123456789_geheim-geheim-geheim', 'jiyue_0123456789_zweiter-zweiter-zwei'];
  const answers: string[] = [];
  const ask = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const answer = await system.app.inject({
      method,
      url,
      headers: operator,
      ...(payload ? { payload } : {}),
    });
    answers.push(answer.body);
    return answer;
  };
  const { address } = there;
  await ask('POST', '/api/subscriptions/check', { address, key: first });
  await ask('POST', '/api/subscriptions/check', { address: 'http://127.0.0.1:9', key: first });
  await ask('POST', '/api/subscriptions', { address, key: first, wrong: first });
  const made = await ask('POST', '/api/subscriptions', { address, key: first, ...someTerms(here) });
  expect(made.statusCode, made.body).toBe(201);
  const { id } = made.json<Subscription>();
  there.answers.set('/v1/changes', (request, response) => {
    expect(request.headers.authorization).toBe(`Bearer ${first}`);
    response.writeHead(500).end(request.headers.authorization);
  });
  await catchUp(here);
  there.answers.set('/v1/changes', (request, response) =>
    response.end(`{"items":${String(request.headers.authorization)}`),
  );
  await catchUp(here);
  there.answers.set('/v1/changes', (_request, response) => response.writeHead(401).end('{}'));
  await catchUp(here);
  const renewed = { expectedVersion: 1, key: second, ...someTerms(here) };
  const changed = await ask('PUT', `/api/subscriptions/${id}`, renewed);
  expect(changed.statusCode, changed.body).toBe(200);
  there.answers.clear();
  await catchUp(here);
  await ask('GET', '/api/subscriptions');
  for (const key of [first, second]) {
    expect(await tablesThatHold(key)).toEqual([]);
    expect(linesThatHold(key)).toEqual([]);
    expect(answers.filter((answer) => answer.includes(key.slice(17)))).toEqual([]);
  }
  expect(lines.length).toBeGreaterThan(3);
  const sealed = async () =>
    (
      await db
        .selectFrom('following.subscription')
        .select('sealed_key')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
    ).sealed_key;
  expect(await sealed()).not.toBeNull();
  await ask('POST', `/api/subscriptions/${id}/act`, { expectedVersion: 2, act: 'end' });
  expect(await sealed()).toBeNull();
});
