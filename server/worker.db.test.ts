import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import {
  aToyEngine,
  createToyTable,
  putToy,
  silentLog,
  type ToyEngine,
  toyKey,
} from '../test/factories/toy-pages.ts';
import { aDatabase } from '../test/harness.ts';
import { createPublisher, type Publisher, verifyStore } from './modules/publishing/index.ts';
import { createLog } from './platform/log.ts';
import { readSetting } from './platform/settings.ts';
import { publishEverything } from './worker.ts';

const { db } = aDatabase();
let toy: ToyEngine;
let publisher: Publisher;

const options = { log: createLog({ level: 'silent', pretty: false }) };
const isDone = () => readSetting(db, 'publishing.fingerprint');

/** The database ends so many transactions that record pages, as it does when two wait for each other. */
async function endTransactions(times: number, code: string): Promise<void> {
  await sql`create sequence publishing.attempt`.execute(db);
  await sql`create function publishing.cross() returns trigger language plpgsql as $$
    begin
      if nextval('publishing.attempt') <= ${sql.lit(times)} then
        raise exception 'made up' using errcode = ${sql.lit(code)};
      end if;
      return null;
    end $$`.execute(db);
  await sql`create trigger cross_it before insert on publishing.page
    for each statement execute function publishing.cross()`.execute(db);
}

const publish = () =>
  publishEverything(
    { db, options, fingerprint: 'these templates' },
    { engine: toy.engine, settled: () => publisher.settled() },
    () => undefined,
  );

beforeEach(async () => {
  await createToyTable(db);
  for (let id = 1; id <= 30; id += 1) await putToy(db, String(id), { path: `/${id}.html`, column: id % 3 });
  toy = await aToyEngine(db);
  publisher = createPublisher({ ...toy.engine, log: silentLog });
});
afterEach(async () => {
  await publisher.stop();
  await toy.remove();
  await sql`drop function if exists publishing.cross() cascade`.execute(db);
  await sql`drop sequence if exists publishing.attempt`.execute(db);
  await sql`drop table toy_page`.execute(db);
  await sql`truncate publishing.page, publishing.dirty, publishing.intent, platform.setting`.execute(db);
});

describe('the first publication of everything', () => {
  test.each([
    ['a deadlock', '40P01'],
    ['a serialization failure', '40001'],
  ])('goes on after %s and misses no page', async (_name, code) => {
    await endTransactions(2, code);
    await publish();
    await expect.poll(() => verifyStore(toy.engine, { key: toyKey })).toEqual([]);
    const { pages } = await db
      .selectFrom('publishing.page')
      .select((eb) => eb.fn.countAll<string>().as('pages'))
      .executeTakeFirstOrThrow();
    expect(pages).toBe('33');
    expect(await isDone()).toBe('these templates');
  });

  test('gives up when its transactions are ended for ever', async () => {
    await endTransactions(1_000, '40P01');
    await expect(publish()).rejects.toMatchObject({ code: '40P01' });
    expect(await isDone()).toBeUndefined();
  });

  test.each([
    ['a refused statement', '23514'],
    ['a database that shuts down', '57P01'],
  ])('tells of %s by its own code, and is not noted as done', async (_name, code) => {
    await endTransactions(1, code);
    await expect(publish()).rejects.toMatchObject({ code });
    expect(await isDone()).toBeUndefined();
  });
});
