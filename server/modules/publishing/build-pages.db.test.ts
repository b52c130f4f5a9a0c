import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  announceToy,
  aToyEngine,
  createToyTable,
  putToy,
  toyArticles,
  type ToyEngine,
  toyKey,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import { markDirtyByTags } from './dirty.queries.ts';
import type { RenderablePage } from './page.types.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { rebuildDirty } from './rebuild-dirty.ts';
import { verifyStore } from './verify-store.ts';

const { db } = aDatabase();
let toy: ToyEngine;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent, platform.event
    cascade`.execute(db);
  toy = await aToyEngine(db);
});
afterEach(() => toy.remove());

async function settle(engine = toy.engine): Promise<void> {
  while ((await rebuildDirty(engine, { limit: 50 })).taken > 0);
}

/** A connection that does something after its first statement with these words. */
function dbWithPause(words: string, pause: () => Promise<void>): Db {
  const watched = new WeakSet<object>();
  let isOver = false;
  return db.withPlugin({
    transformQuery(args) {
      const isIt = JSON.stringify(args.node).includes(words);
      if (isIt && !isOver) watched.add(args.queryId);
      return args.node;
    },
    async transformResult(args) {
      if (watched.has(args.queryId) && !isOver) {
        isOver = true;
        await pause();
      }
      return args.result;
    },
  });
}

/** As a worker does that hears of an event: marks, and holds what it marked until it is done. */
const hear = (keys: readonly string[]): Promise<unknown> =>
  db.transaction().execute((trx) =>
    markDirtyByTags(trx, {
      tags: [],
      keys: keys.map((key) => ({ act: 0, key, rank: 5 })),
      priority: 0,
      atOnce: 500,
    }),
  );

/** A wait without end is a failure like any other. */
async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    void sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(db);
  }, seconds * 1_000);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}

describe('a batch that has to leave a page in its way to somebody else', () => {
  test('does not wait for an event that waits for it', async () => {
    await putToy(db, '9', { path: '/x.html' });
    await announceToy(toy.engine, ['resource:9']);
    await settle();
    // 9 is about to move away to an address that somebody else holds; 1 wants to stand where it stood.
    await putToy(db, '9', { path: '/y.html' });
    await putToy(db, '1', { path: '/x.html' });
    await putToy(db, '2', { path: '/2.html' });
    await announceToy(toy.engine, ['resource:1', 'resource:2']);
    let event: Promise<unknown> = Promise.resolve();
    const engine: PublishingEngine = {
      ...toy.engine,
      db: dbWithPause('select key, 1, ', async () => {
        event = hear(['article/2', 'article/9']);
        await sleep(200);
      }),
      definitions: toy.engine.definitions.map((definition) => ({
        ...definition,
        load: async (on, keys) => {
          const pages = await definition.load(on, keys);
          await db
            .insertInto('platform.event')
            .values({ at: new Date(), name: 'library.revision-released', tags: ['resource:2'] })
            .execute();
          return pages;
        },
      })),
    };
    const held = db.connection().execute(async (other) => {
      await sql`select pg_advisory_lock(hashtextextended('address ' || '1' || '/y.html', 0))`.execute(other);
      const report = await withinSeconds(4, rebuildDirty(engine, { limit: 10 }));
      await sql`select pg_advisory_unlock_all()`.execute(other);
      return report;
    });
    expect(await held).toMatchObject({ written: 1, postponed: 2 });
    await event;
    await settle();
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
    expect((await toy.engine.store.read('1', 'x.html'))?.toString()).toContain('body of 1');
  }, 10_000);
});

test('a batch with a page that cannot be built does not deadlock with an event for its pages', async () => {
  await putToy(db, '1', { path: '/1.html' });
  await putToy(db, '9', { path: '/9.html', body: 'bad' });
  await announceToy(toy.engine, ['resource:1', 'resource:9']);
  let event: Promise<unknown> = Promise.resolve();
  const engine: PublishingEngine = {
    ...toy.engine,
    db: dbWithPause('priority, rank, failures', async () => {
      event = hear(['article/1', 'article/9']);
      await sleep(200);
    }),
    definitions: [
      {
        ...toyArticles,
        render(page: RenderablePage<string>) {
          if (page.data === 'bad') throw new Error('no such picture');
          return toyArticles.render(page);
        },
      },
    ],
  };
  expect(await rebuildDirty(engine, { limit: 10 })).toMatchObject({ written: 1, failed: 1 });
  await event;
  const left = await db.selectFrom('publishing.dirty').select('page_key').orderBy('page_key').execute();
  expect(left.map((row) => row.page_key)).toEqual(['article/1', 'article/9']);
});
