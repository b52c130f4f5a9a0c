import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';

import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import { claimPages, deleteAnswered, markDirtyByTags } from './dirty.queries.ts';
import type { ClaimedPage } from './page.types.ts';

const { db } = aDatabase();

const ROUNDS = 40;
const keys = Array.from({ length: 12 }, (_, at) => `article/${String(at).padStart(2, '0')}`);

/** Each deleted row takes a moment, so that two batches that end together are surely in each other's way. */
const slowDown = sql`
  create function publishing.take_a_moment() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.002); return old; end $$`;
const slowly = sql`
  create trigger take_a_moment before delete on publishing.dirty
  for each row execute function publishing.take_a_moment()`;

const ask = (on: Db, wanted: readonly string[]) =>
  markDirtyByTags(on, {
    tags: [],
    keys: wanted.map((key) => ({ act: 0, key, rank: 5 })),
    priority: 0,
    atOnce: 500,
  });

const reversed = (claims: readonly ClaimedPage[]) => [...claims].reverse();

/** What claimPages tells of the pages, without keeping their locks. */
const requestsOf = (wanted: readonly string[]) => db.transaction().execute((trx) => claimPages(trx, wanted));

const end = (claims: readonly ClaimedPage[]) =>
  db.transaction().execute((trx) => deleteAnswered(trx, claims));

describe('requests that are answered', () => {
  beforeAll(async () => {
    await slowDown.execute(db);
    await slowly.execute(db);
  });

  test('by two batches at once, whatever order each names them in, never deadlock', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await ask(db, keys);
      const claims = await requestsOf(keys);
      await Promise.all([end(claims.slice(0, 8)), end(reversed(claims.slice(4)))]);
      const left = await db.selectFrom('publishing.dirty').select('page_key').execute();
      expect(left).toEqual([]);
    }
  });

  test('while an event asks for the same pages again never deadlock, and the new requests stay', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await ask(db, keys);
      const claims = await requestsOf(keys);
      await Promise.all([end(reversed(claims)), db.transaction().execute((trx) => ask(trx, keys))]);
      const left = await db.selectFrom('publishing.dirty').select('page_key').orderBy('page_key').execute();
      expect(left.map((row) => row.page_key)).toEqual(keys);
      await sql`delete from publishing.dirty`.execute(db);
    }
  });
});
