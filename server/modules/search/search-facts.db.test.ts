import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { connect } from '@lancedb/lancedb';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  aSearchFolder,
  aSearchPage,
  aSearchQuery,
  type SearchFolder,
} from '../../../test/factories/search.ts';
import { parseSearchQuery } from './answer-search.ts';
import type { SearchIndex } from './search-index.ts';

let folder: SearchFolder;
let index: SearchIndex;

beforeEach(async () => {
  folder = await aSearchFolder();
  index = folder.open({ mergeFrom: 5 });
});

afterEach(async () => {
  await index.close();
  await folder.remove();
});

const keysOf = async (q: string, facts: readonly string[]): Promise<string[]> => {
  const answer = await index.query(aSearchQuery(q, { facts, order: q === '' ? 'time' : 'relevance' }));
  return answer.hits.map((hit) => hit.key);
};
const apply = (...pages: ReturnType<typeof aSearchPage>[]) => index.apply({ upserts: pages, deletes: [] });

test('pages that have every fact are found without words, the newest first', async () => {
  await apply(
    aSearchPage(1, '办法一', { facts: ['column:7', 'validity:有效'] }),
    aSearchPage(2, '办法二', { facts: ['column:7', 'validity:废止'] }),
    aSearchPage(3, '通知', { facts: ['column:77', 'validity:有效'] }),
    aSearchPage(4, '没有事实的页面'),
  );
  expect(await keysOf('', ['column:7'])).toEqual(['article/2', 'article/1']);
  expect(await keysOf('', ['column:7', 'validity:有效'])).toEqual(['article/1']);
  expect(await keysOf('办法', ['column:7', 'validity:废止'])).toEqual(['article/2']);
  expect(await keysOf('办法', ['column:77'])).toEqual([]);
});

test('facts are counted in what was found, also after the tables are merged', async () => {
  await apply(
    ...[1, 2, 3, 4, 5, 6].map((id) =>
      aSearchPage(id, `办法${id}`, { facts: ['column:7', `written:${2020 + (id % 2)}`] }),
    ),
  );
  await index.compact();
  await apply(aSearchPage(7, '办法七', { facts: ['column:7', 'written:2021'] }));
  const { facts, total } = await index.query(aSearchQuery('', { facts: ['column:7'], order: 'time' }));
  expect(total).toBe(7);
  expect(facts).toEqual([
    { value: 'column:7', count: 7 },
    { value: 'written:2021', count: 4 },
    { value: 'written:2020', count: 3 },
  ]);
});

test('what a site shows of others is found there, with its page there, also after the tables are merged', async () => {
  const shown = { elsewhere: [{ site: '2', path: '/bmdt/202611/t20261127_1.html' }] };
  await apply(...[1, 2, 3, 4, 5, 6].map((id) => aSearchPage(id, `入学${id}`, id === 1 ? shown : {})));
  const urls = async (site: string, scope: 'site' | 'all') => {
    const { hits } = await index.query(parseSearchQuery(new URLSearchParams({ q: '入学1', scope }), site));
    return hits.filter((hit) => hit.key === 'article/1').map((hit) => hit.url);
  };
  const own = aSearchPage(1, '').url;
  // In the small table, then in the large one.
  for (let compactions = 0; compactions < 2; compactions += 1) {
    expect(await urls('2', 'site')).toEqual(['/bmdt/202611/t20261127_1.html']);
    expect(await urls('1', 'site')).toEqual([own]);
    expect(await urls('3', 'site')).toEqual([]);
    expect(await urls('2', 'all')).toEqual([own]);
    await index.compact();
  }
  await apply(aSearchPage(1, '入学1'));
  expect(await urls('2', 'site')).toEqual([]);
});

test('whatever a fact holds, it is compared as text', async () => {
  await apply(aSearchPage(1, '办法', { facts: ['issuer:区政府'] }));
  const text = fc.array(fc.constantFrom("'", '%', '_', '|', ';', ')', ' or ', '1=1', '--', '区'), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(text, async (parts) => {
      expect(await keysOf('', [`issuer:${parts.join('')}`])).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

test('an index of an earlier version is put aside for a new one', async () => {
  await apply(aSearchPage(1, '旧版本的页面'));
  const before = await index.stats();
  await index.close();
  const { main } = JSON.parse(await readFile(join(folder.directory, 'current.json'), 'utf8')) as {
    main: string;
  };
  const tables = await connect(join(folder.directory, 'tables'));
  const table = await tables.openTable(main);
  await table.dropColumns(['facts']);
  tables.close();
  index = folder.open();
  const after = await index.stats();
  expect(after.id).not.toBe(before.id);
  expect(after.documents).toBe(0);
  await apply(aSearchPage(2, '新版本的页面'));
  expect(await keysOf('页面', [])).toEqual(['article/2']);
});

test('a column is asked for with or without words, and of its own year', () => {
  const parse = (query: string) => parseSearchQuery(new URLSearchParams(query), '1');
  expect(parse('column=7&region=甘棠街道').facts).toEqual(['column:7', 'region:甘棠街道']);
  expect(parse('column=7&year=2024&validity=有效&issuer=区政府&category=')).toMatchObject({
    q: '',
    order: 'time',
    scope: null,
    year: null,
    facts: ['column:7', 'validity:有效', 'issuer:区政府', 'written:2024'],
  });
  expect(parse('column=7&q=电梯')).toMatchObject({ q: '电梯', order: 'relevance', facts: ['column:7'] });
  for (const query of ['', 'validity=有效', 'column=']) expect(() => parse(query)).toThrow('请输入');
  for (const query of ['column=x', 'column=7&q=a&wish=1', "column=7'"]) expect(() => parse(query)).toThrow();
});
