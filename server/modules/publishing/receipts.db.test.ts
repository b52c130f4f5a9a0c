import { setTimeout as sleep } from 'node:timers/promises';

import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import {
  aToyEngine,
  createToyTable,
  dropToy,
  putToy,
  type ToyEngine,
  toyArticles,
  toyKey,
  toyLists,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import { applyEvents } from './apply-events.ts';
import { confirmReceipts } from './confirm-receipts.ts';
import type { PageDefinition } from './page.types.ts';
import { createInlineWriter } from './page-writer.ts';
import { createPublisher } from './publisher.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { rebuildDirty } from './rebuild-dirty.ts';
import { clearOldReceipts, receiptsOf } from './receipt.queries.ts';
import { verifyStore } from './verify-store.ts';

const { db } = aDatabase();
const at = new Date('2026-11-26T08:00:00Z');
let toy: ToyEngine;

beforeAll(() => createToyTable(db));
beforeEach(async () => {
  await sql`truncate toy_page, publishing.page, publishing.dirty, publishing.redirect, publishing.intent,
    publishing.receipt cascade`.execute(db);
  toy = await aToyEngine(db);
});
afterEach(() => toy.remove());

/** One event of an act on article 1. */
const announce = (tags: readonly string[], event = 'library.revision-released', requestedAt = at) =>
  applyEvents(
    db,
    toy.engine.definitions,
    [{ tags, receipt: { subject: 'resource:1', event, requestedAt } }],
    0,
  );
const receipt = async () => (await receiptsOf(db, 'resource:1', 5))[0];

async function settle(engine: PublishingEngine = toy.engine): Promise<void> {
  while ((await rebuildDirty(engine, { limit: 50 })).taken > 0);
  await confirmReceipts(engine);
}

describe('a receipt', () => {
  test('is given when every page of the act stands in the store, with their number and that of their sites', async () => {
    await putToy(db, '1', { path: '/1.html', site: '2' });
    await announce(['resource:1']);
    await announce(['column:1'], 'sites.listings-changed');
    await confirmReceipts(toy.engine);
    expect(await receipt()).toMatchObject({ waiting: 2, liveAt: null, verifiedAt: null });
    await settle();
    expect(await receipt()).toMatchObject({
      event: 'library.revision-released',
      requestedAt: at,
      ...{ pages: 2, sites: 2, waiting: 0, failing: 0 },
    });
    const given = await receipt();
    expect(given?.verifiedAt?.getTime()).toBeGreaterThanOrEqual(given?.liveAt?.getTime() ?? Infinity);
    expect(await receiptsOf(db, 'resource:2', 5)).toEqual([]);
  });

  test('is given for a withdrawal as well, and for pages whose bytes did not change', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await announce(['resource:1', 'column:1']);
    await settle();
    await dropToy(db, '1');
    await announce(['resource:1', 'column:1'], 'library.resource-removed', new Date(at.getTime() + 1));
    await settle();
    const [removal, release] = await receiptsOf(db, 'resource:1', 5);
    expect([removal?.event, release?.event]).toEqual([
      'library.resource-removed',
      'library.revision-released',
    ]);
    expect(removal).toMatchObject({ waiting: 0, pages: 0 });
    expect(removal?.verifiedAt).not.toBeNull();
    await putToy(db, '1', { path: '/1.html' });
    await announce(['resource:1'], 'library.revision-released', new Date(at.getTime() + 2));
    await settle();
    await announce(['resource:1'], 'library.revision-released', new Date(at.getTime() + 3));
    await settle();
    expect(await receipt()).toMatchObject({ pages: 1, waiting: 0 });
  });

  test('is taken back when a later event of the same act calls for more', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await announce(['resource:1']);
    await settle();
    expect((await receipt())?.verifiedAt).not.toBeNull();
    await announce(['column:1']);
    expect(await receipt()).toMatchObject({ verifiedAt: null, liveAt: null, waiting: 1 });
    await settle();
    expect(await receipt()).toMatchObject({ pages: 2, waiting: 0 });
  });

  test('is not given while one page cannot be built, and says so; the others stand', async () => {
    await putToy(db, '1', { path: '/1.html' });
    const broken: PageDefinition = {
      ...toyLists,
      render: () => {
        throw new Error('a template without a title');
      },
    };
    const engine = { ...toy.engine, definitions: [toyArticles, broken] };
    await announce(['resource:1', 'column:1']);
    await settle(engine);
    expect(await toy.engine.store.read('1', '1.html')).toBeDefined();
    expect(await receipt()).toMatchObject({ verifiedAt: null, waiting: 1, failing: 1 });
    await sql`update publishing.dirty set retry_at = '-infinity'`.execute(db);
    await settle();
    expect(await receipt()).toMatchObject({ waiting: 0, failing: 0, pages: 2 });
  });

  test('waits for the page as the act left it, not for a build that had begun before', async () => {
    await putToy(db, '1', { path: '/1.html', body: 'first' });
    await announce(['resource:1']);
    const slow: PageDefinition<string> = {
      ...toyArticles,
      async load(some, keys) {
        const loaded = await toyArticles.load(some, keys);
        await putToy(db, '1', { path: '/1.html', body: 'second' });
        await announce(['resource:1'], 'library.revision-released', new Date(at.getTime() + 1));
        return loaded;
      },
    };
    await rebuildDirty({ ...toy.engine, definitions: [slow, toyLists] }, { limit: 10 });
    await confirmReceipts(toy.engine);
    expect(await receipt()).toMatchObject({ verifiedAt: null, waiting: 1 });
    await settle();
    expect((await receiptsOf(db, 'resource:1', 5)).map((one) => one.waiting)).toEqual([0, 0]);
    expect((await toy.engine.store.read('1', '1.html'))?.toString()).toContain('second');
  });

  test('is not given for a file that is not what was recorded: that one is written again first', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await announce(['resource:1']);
    await rebuildDirty(toy.engine, { limit: 10 });
    await toy.engine.store.put('1', '1.html', Buffer.from('defaced'));
    await confirmReceipts(toy.engine);
    expect((await receipt())?.verifiedAt).toBeNull();
    await settle();
    expect((await receipt())?.verifiedAt).not.toBeNull();
    expect(await verifyStore(toy.engine, { key: toyKey })).toEqual([]);
  });

  test('comes from the next worker when the first one was killed before it could give it', async () => {
    await putToy(db, '1', { path: '/1.html' });
    await announce(['resource:1', 'column:1']);
    const full = Object.assign(new Error('killed'), { name: 'Killed' });
    const store = {
      ...toy.engine.store,
      put: () => Promise.reject(full),
    };
    const dying = { ...toy.engine, store, writer: createInlineWriter(store, toyKey) };
    await expect(rebuildDirty(dying, { limit: 10 })).rejects.toThrow();
    expect(await receipt()).toMatchObject({ waiting: 2 });
    const publisher = createPublisher(toy.engine);
    while ((await receipt())?.verifiedAt === null) await sleep(20);
    await publisher.stop();
    expect(await receipt()).toMatchObject({ pages: 2, waiting: 0 });
  });
});

test('receipts are forgotten after a year, and the list of their pages after a day', async () => {
  await putToy(db, '1', { path: '/1.html' });
  for (const days of [0, 2, 364, 366]) {
    await announce(['resource:1'], 'library.revision-released', new Date(Date.now() - days * 86_400_000));
    await settle();
    await sql`update publishing.receipt set verified_at = requested_at
      where verified_at is not null and verified_at > now() - interval '1 hour'`.execute(db);
  }
  await clearOldReceipts(db);
  expect(await receiptsOf(db, 'resource:1', 9)).toHaveLength(3);
  const { rows } = await sql<{
    pages: number;
  }>`select count(*)::int as pages from publishing.receipt_page`.execute(db);
  expect(rows).toEqual([{ pages: 1 }]);
});
