import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  announceToy,
  aToyEngine,
  createToyTable,
  putToy,
  toyArticles,
  toyLists,
} from '../../../test/factories/toy-pages.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { PageDefinition } from './page.types.ts';
import type { PublishingEngine } from './publishing-engine.ts';
import { rebuildDirty } from './rebuild-dirty.ts';

const { db } = aDatabase();

/** A list whose page is made from its articles, and something that happens right after it was read. */
function listsWith(afterReading: () => Promise<void>): PageDefinition<readonly string[]> {
  return {
    ...toyLists,
    load: async (on, keys) => {
      const pages = await toyLists.load(on, keys);
      await afterReading();
      return pages.map((page) => ({ ...page, tags: [...page.tags, 'resource:x'] }));
    },
  };
}

async function publishEvent(engine: PublishingEngine, body: string): Promise<void> {
  await putToy(db, 'x', { path: '/x.html', body });
  await db
    .insertInto('platform.event')
    .values({ at: new Date(), name: 'library.revision-released', tags: ['resource:x'] })
    .execute();
  await announceToy(engine, ['resource:x']);
}

async function buildAll(engine: PublishingEngine): Promise<void> {
  while ((await rebuildDirty(engine, { limit: 10 })).taken > 0);
}

describe('an event between the reading of a page and its recording', () => {
  beforeAll(() => createToyTable(db));
  const toys: { remove: () => Promise<void> }[] = [];
  afterAll(async () => {
    for (const toy of toys) await toy.remove();
  });

  test('reaches a page that is made from the changed thing for the first time', async () => {
    let once = true;
    const definition = listsWith(async () => {
      if (!once) return;
      once = false;
      await publishEvent(toy.engine, 'the second version');
    });
    const toy = await aToyEngine(db, { more: { definitions: [toyArticles, definition] } });
    toys.push(toy);
    await putToy(db, 'x', { path: '/x.html', body: 'the first version' });
    await announceToy(toy.engine, ['column:1', 'resource:x']);
    await buildAll(toy.engine);
    const list = (await toy.engine.store.read('1', 'column-1/index.html'))?.toString();
    expect(list).toContain('the second version');
    expect(await db.selectFrom('publishing.expected_tag').selectAll().execute()).toEqual([]);
  });

  test('reaches it as well when it is applied after the tags are shown and before they are recorded', async () => {
    const definition = listsWith(async () => undefined);
    const made = await aToyEngine(db, { more: { definitions: [toyArticles, definition] } });
    toys.push(made);
    let once = true;
    const engine: PublishingEngine = {
      ...made.engine,
      writer: {
        ...made.engine.writer,
        settle: async (changes) => {
          if (once && changes.some((change) => change.path === '/column-2/')) {
            once = false;
            await publishEvent(made.engine, 'the fourth version');
          }
          return made.engine.writer.settle(changes, 0);
        },
      },
    };
    await putToy(db, 'y', { path: '/y.html', body: 'another', column: 2 });
    await putToy(db, 'x', { path: '/x.html', body: 'the third version', column: 2 });
    await announceToy(engine, ['column:2']);
    await rebuildDirty(engine, { limit: 1 });
    expect(once).toBe(false);
    const dirty = await db.selectFrom('publishing.dirty').select('page_key').orderBy('page_key').execute();
    expect(dirty.map((row) => row.page_key)).toContain('list/2');
  });
});
