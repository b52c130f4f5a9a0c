import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  aSearchFolder,
  aSearchPage as aPage,
  aSearchQuery as ask,
  type SearchFolder,
  silentSearchLog as log,
} from '../../../test/factories/search.ts';
import { aDatabase } from '../../../test/harness.ts';
import type { Db } from '../../platform/db.ts';
import { createIndexer, type Indexer } from './indexer.ts';
import { applyEvents, indexDirty } from './index-dirty.ts';
import { reindexAll } from './reindex-all.ts';
import type { SearchIndex } from './search-index.ts';
import type { Searchable, SearchDocument, SearchQuery } from './search.types.ts';
import { withWriterLock } from './writer-lock.ts';

const { db } = aDatabase();

let folder: SearchFolder;
let index: SearchIndex;
let live: Map<string, SearchDocument>;
let searchables: Searchable[];
let indexers: Indexer[];

beforeEach(async () => {
  folder = await aSearchFolder();
  index = folder.open();
  live = new Map();
  searchables = [pagesOf(live)];
  indexers = [];
  await sql`truncate search.dirty, search.document, search.state`.execute(db);
});

afterEach(async () => {
  await Promise.all(indexers.map((indexer) => indexer.stop()));
  await index.close();
  await folder.remove();
});

function pagesOf(pages: Map<string, SearchDocument>): Searchable {
  return {
    kind: 'article',
    keysForTag: (tag) => (tag.startsWith('resource:') ? [`article/${tag.slice('resource:'.length)}`] : []),
    allKeys: (_db, after, limit) =>
      Promise.resolve(
        [...pages.keys()]
          .sort()
          .filter((key) => after === null || key > after)
          .slice(0, limit),
      ),
    load: (_db, keys) =>
      Promise.resolve(keys.map((key) => pages.get(key)).filter((page) => page !== undefined)),
  };
}

function publish(page: SearchDocument): Promise<void> {
  live.set(page.key, page);
  return announce(page.key);
}

function withdraw(id: number): Promise<void> {
  live.delete(`article/${id}`);
  return announce(`article/${id}`);
}

function announce(key: string): Promise<void> {
  return applyEvents(db, searchables, [{ tags: [key.replace('article/', 'resource:')] }]);
}

function anIndexer(of: { index?: SearchIndex; db?: Db; rest?: number } = {}): Indexer {
  const indexer = createIndexer({ db, index, searchables, log, pace: 0, ...of });
  indexers.push(indexer);
  return indexer;
}

async function found(q: string, more: Partial<SearchQuery> = {}): Promise<string[]> {
  return (await index.query(ask(q, more))).hits.map((hit) => hit.key);
}

async function dirtyKeys(): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from search.dirty`.execute(db);
  return rows[0]?.n ?? 0;
}

test('a published page is found, and not any more after its withdrawal', async () => {
  const indexer = anIndexer();
  await publish(aPage(1, '关于待处理工程的通知'));
  await indexer.settled();
  expect(await found('处理')).toEqual(['article/1']);
  expect(await found('工程')).toEqual(['article/1']);
  expect(await found('程')).toEqual(['article/1']);
  await withdraw(1);
  await indexer.settled();
  expect(await found('处理')).toEqual([]);
  expect(await dirtyKeys()).toBe(0);
});

test('a late event of an earlier publication does not bring a withdrawn page back', async () => {
  const indexer = anIndexer();
  await publish(aPage(1, '在建工程名单'));
  await indexer.settled();
  await withdraw(1);
  await indexer.settled();
  await announce('article/1');
  await announce('article/1');
  await indexer.settled();
  expect(await found('在建工程')).toEqual([]);
});

test('a page asked for again while it was being indexed stays due', async () => {
  await anIndexer().settled();
  await publish(aPage(1, '第一版标题'));
  const changing: SearchIndex = {
    ...index,
    async apply(batch) {
      await publish(aPage(1, '第二版标题'));
      await index.apply(batch);
    },
  };
  await indexDirty(db, { index: changing, searchables, log });
  expect(await dirtyKeys()).toBe(1);
  await anIndexer().settled();
  expect(await found('第二版')).toEqual(['article/1']);
  expect((await index.query(ask('“第一版”'))).total).toBe(0);
});

test('a crash between the index and the database is repaired, even when the page went back meanwhile', async () => {
  const indexer = anIndexer();
  await publish(aPage(1, '旧标题'));
  await indexer.settled();
  await publish(aPage(1, '新标题'));
  const dying: SearchIndex = {
    ...index,
    async apply(batch) {
      await index.apply(batch);
      throw new Error('killed');
    },
  };
  await expect(indexDirty(db, { index: dying, searchables, log })).rejects.toThrow('killed');
  expect(await found('“新标题”')).toEqual(['article/1']);
  live.set('article/1', aPage(1, '旧标题'));
  await anIndexer().settled();
  expect(await found('“新标题”')).toEqual([]);
  expect(await found('“旧标题”')).toEqual(['article/1']);
  expect((await index.stats()).documents).toBe(1);
});

test('a crash before the index was written is repaired', async () => {
  await anIndexer().settled();
  await publish(aPage(1, '环境保护公告'));
  const dead: SearchIndex = { ...index, apply: () => Promise.reject(new Error('killed')) };
  await expect(indexDirty(db, { index: dead, searchables, log })).rejects.toThrow('killed');
  await anIndexer().settled();
  expect(await found('环境保护')).toEqual(['article/1']);
});

test('a page that cannot be loaded does not keep the others from being found', async () => {
  const page = searchables[0];
  if (!page) throw new Error('no searchable');
  searchables = [
    {
      ...page,
      load: (on, keys) =>
        keys.includes('article/2') ? Promise.reject(new Error('broken page')) : page.load(on, keys),
    },
  ];
  const indexer = anIndexer();
  for (const id of [1, 2, 3]) await publish(aPage(id, '农业补贴'));
  await indexer.settled();
  expect((await found('农业补贴')).sort()).toEqual(['article/1', 'article/3']);
  expect(await dirtyKeys()).toBe(1);
});

test('an unchanged page is not written again', async () => {
  const indexer = anIndexer();
  await publish(aPage(1, '教育政策'));
  await indexer.settled();
  let writes = 0;
  const counting: SearchIndex = {
    ...index,
    apply(batch) {
      writes += 1;
      return index.apply(batch);
    },
  };
  await announce('article/1');
  await indexDirty(db, { index: counting, searchables, log });
  expect(writes).toBe(0);
  expect(await dirtyKeys()).toBe(0);
});

test('a renamed unit is shown with its pages', async () => {
  const indexer = anIndexer();
  await publish(aPage(1, '道路养护'));
  await indexer.settled();
  live.set('article/1', aPage(1, '道路养护', { unitName: '城市管理局' }));
  await applyEvents(db, searchables, [{ tags: ['unit:3'] }]);
  await indexer.settled();
  const answer = await index.query(ask('道路'));
  expect(answer.hits[0]?.unitName).toBe('城市管理局');
  expect(answer.units).toEqual([{ value: '3', count: 1, name: '城市管理局' }]);
});

test('a missing or damaged index is rebuilt from the database', async () => {
  const first = anIndexer();
  for (let id = 1; id <= 30; id += 1) await publish(aPage(id, `统计公报${id}`));
  await first.settled();
  await first.stop();
  await index.close();
  for (const damage of ['missing', 'damaged']) {
    if (damage === 'missing') await folder.remove();
    else {
      const tables = join(folder.directory, 'tables');
      for (const table of await readdir(tables))
        await rm(join(tables, table, 'data'), { recursive: true, force: true });
      await writeFile(join(folder.directory, 'current.json'), '{"id":"x","main":"lost","recent":"lost"}');
    }
    index = folder.open();
    const indexer = anIndexer();
    await indexer.settled();
    expect((await index.query(ask('统计公报'))).total).toBe(30);
    await indexer.stop();
    await index.close();
  }
  index = folder.open();
});

test('another process finds a page at once, and follows a rebuild', async () => {
  const reader = folder.open();
  const indexer = anIndexer();
  await indexer.settled();
  expect((await reader.query(ask('水利工程'))).total).toBe(0);
  await publish(aPage(1, '水利工程'));
  await indexer.settled();
  expect((await reader.query(ask('水利工程'))).total).toBe(1);
  await indexer.rebuild();
  await withdraw(1);
  await publish(aPage(2, '水利工程招标'));
  await indexer.settled();
  expect((await reader.query(ask('水利工程'))).hits.map((hit) => hit.key)).toEqual(['article/2']);
  await reader.close();
});

test('what is published and withdrawn during a rebuild is right after it', async () => {
  const indexer = anIndexer();
  for (let id = 1; id <= 20; id += 1) await publish(aPage(id, `消防检查${id}`));
  await indexer.settled();
  const page = searchables[0];
  if (!page) throw new Error('no searchable');
  let once = true;
  const interrupted: Searchable = {
    ...page,
    async load(on, keys) {
      const read = await page.load(on, keys);
      if (once) {
        once = false;
        // The rebuild has read the old state; now the world changes and the ordinary indexing sees it.
        await withdraw(1);
        await publish(aPage(2, '防火巡查'));
        await indexDirty(db, { index, searchables, log });
      }
      return read;
    },
  };
  await reindexAll({ db, index, searchables: [interrupted], log });
  expect((await index.query(ask('消防检查'))).total).toBe(18);
  expect(await found('防火巡查')).toEqual(['article/2']);
  live.set('article/2', aPage(2, '消防检查2'));
  await announce('article/2');
  await indexer.settled();
  expect(await found('防火巡查')).toEqual([]);
});

test('two workers take turns and nothing is lost', async () => {
  const other = folder.open();
  const [one, two] = [anIndexer(), anIndexer({ index: other })];
  for (let id = 1; id <= 40; id += 1) {
    await publish(aPage(id, '卫生许可'));
    (id % 2 === 0 ? one : two).kick();
  }
  await Promise.all([one.settled(), two.settled()]);
  expect((await index.query(ask('卫生许可'))).total).toBe(40);
  expect((await other.query(ask('卫生许可'))).total).toBe(40);
  await two.stop();
  await other.close();
});

test('the writer lock is held by one at a time', async () => {
  await withWriterLock(db, async () => {
    expect(await withWriterLock(db, () => Promise.resolve('second'))).toBeUndefined();
  });
  expect(await withWriterLock(db, () => Promise.resolve('third'))).toBe('third');
});

test('what was written is compacted when nothing more comes for a while, and only then', async () => {
  const indexer = anIndexer({ rest: 500 });
  await publish(aPage(1, '第一条通知'));
  await indexer.settled();
  await publish(aPage(2, '第二条通知'));
  await indexer.settled();
  expect(index.needsCompaction()).toBe('later');
  await expect.poll(() => index.needsCompaction(), { timeout: 5_000 }).toBe('no');
  expect((await found('通知')).sort()).toEqual(['article/1', 'article/2']);
});
