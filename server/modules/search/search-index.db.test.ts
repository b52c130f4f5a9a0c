import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import {
  aSearchFolder,
  aSearchPage as aPage,
  aSearchQuery,
  type SearchFolder,
} from '../../../test/factories/search.ts';
import type { SearchIndex } from './search-index.ts';
import type { SearchAnswer, SearchDocument, SearchQuery } from './search.types.ts';

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

const write = (...upserts: SearchDocument[]): Promise<void> => index.apply({ upserts, deletes: [] });

const search = (q: string, more: Partial<SearchQuery> = {}): Promise<SearchAnswer> =>
  index.query(aSearchQuery(q, more));

async function keys(q: string, more: Partial<SearchQuery> = {}): Promise<string[]> {
  return (await search(q, more)).hits.map((hit) => hit.key);
}

test.each([
  ['处理', '待处理问题清单'],
  ['工程', '在建工程名单'],
  ['程', '在建工程名单'],
  ['农业', '中国农业发展银行'],
  ['5g', '５Ｇ基站建设'],
  ['2026', '二〇二六年（２０２６）计划'],
])('%s finds %s', async (query, title) => {
  await write(aPage(1, title), aPage(2, '无关的页面'));
  expect(await keys(query)).toEqual(['article/1']);
});

test('pages with every word come before pages with some', async () => {
  await write(
    aPage(1, '农业补贴', { body: '发放办法。' }),
    aPage(2, '农业贷款', { body: '银行办理贷款。' }),
    aPage(3, '住房贷款'),
  );
  expect((await keys('农业贷款'))[0]).toBe('article/2');
  expect((await search('农业贷款')).matched).toBe('all');
});

test('when no page holds every word, those with most of them are found', async () => {
  await write(aPage(1, '小微企业贷款贴息政策'), aPage(2, '无关的页面'));
  const answer = await search('小微企业贷款贴息怎么申请火箭');
  expect(answer.matched).toBe('some');
  expect(answer.hits.map((hit) => hit.key)).toEqual(['article/1']);
});

test('text in quotation marks is found only as it stands', async () => {
  await write(aPage(1, '建设工程管理'), aPage(2, '工程建设管理'));
  expect(await keys('“建设工程”')).toEqual(['article/1']);
  expect((await keys('建设工程')).sort()).toEqual(['article/1', 'article/2']);
});

test('a document says whether it is still in force, other pages do not', async () => {
  await write(
    aPage(1, '停车管理办法', { facts: ['column:4', 'written:2019', 'validity:废止'] }),
    aPage(2, '停车管理问答', { facts: ['column:5', 'written:2026'] }),
  );
  const { hits } = await search('停车管理');
  expect(Object.fromEntries(hits.map((hit) => [hit.key, hit.validity]))).toEqual({
    'article/1': '废止',
    'article/2': null,
  });
});

test('a document number is found first, however it is written', async () => {
  await write(
    aPage(1, '转发浔府发〔2026〕12号的通知', { body: '浔府发〔2026〕12号 浔府发〔2026〕12号' }),
    aPage(2, '关于绿化的通知', { documentNumber: '浔府发〔2026〕12号' }),
    aPage(3, '别的文件', { documentNumber: '浔府发〔2026〕121号' }),
  );
  for (const q of ['浔府发〔2026〕12号', '浔府发(2026)12', '浔府发[2026]第012号']) {
    expect((await keys(q))[0]).toBe('article/2');
  }
});

test('site, unit, kind and year limit the result, and it is counted by them', async () => {
  await write(
    aPage(1, '公告甲', { site: '1', unit: '3' }),
    aPage(2, '公告乙', { site: '2', unit: '4', unitName: '教育局', kind: 'policy' }),
    aPage(3, '公告丙', { site: '2', unit: '4', unitName: '教育局', year: 2025 }),
  );
  expect((await keys('公告', { scope: { site: '2' } })).sort()).toEqual(['article/2', 'article/3']);
  expect(await keys('公告', { kind: 'policy' })).toEqual(['article/2']);
  expect(await keys('公告', { year: 2025 })).toEqual(['article/3']);
  expect(await keys('公告', { unit: '3' })).toEqual(['article/1']);
  const answer = await search('公告');
  expect(answer.kinds).toEqual([
    { value: 'article', count: 2 },
    { value: 'policy', count: 1 },
  ]);
  expect(answer.years).toEqual([
    { value: 2026, count: 2 },
    { value: 2025, count: 1 },
  ]);
  expect(answer.units[0]).toEqual({ value: '4', count: 2, name: '教育局' });
});

test('the newest comes first when that is asked, on every page of the result', async () => {
  await write(...Array.from({ length: 30 }, (_, i) => aPage(i, `通知公告${i}`)));
  await index.compact();
  await write(...Array.from({ length: 3 }, (_, i) => aPage(30 + i, `通知公告${30 + i}`)));
  const pages = await Promise.all(
    [1, 2, 3, 4].map((page) => keys('通知公告', { order: 'time', page, size: 10 })),
  );
  expect(pages.flat()).toEqual(Array.from({ length: 33 }, (_, i) => `article/${32 - i}`));
});

test('turning the pages shows every page of the result once', async () => {
  await write(...Array.from({ length: 90 }, (_, i) => aPage(i, `安全生产检查${i}`)));
  await index.compact();
  await write(...Array.from({ length: 7 }, (_, i) => aPage(90 + i, `安全生产检查${90 + i}`)));
  const shown: string[] = [];
  for (let page = 1; page <= 10; page += 1) shown.push(...(await keys('安全生产', { page, size: 10 })));
  expect(shown).toHaveLength(97);
  expect(new Set(shown).size).toBe(97);
});

test('a page in the large table is replaced and removed by later writes', async () => {
  await write(...Array.from({ length: 10 }, (_, i) => aPage(i, `水库名录${i}`)));
  await index.compact();
  expect((await index.stats()).recent).toBe(0);
  await write(aPage(4, '湖泊名录'));
  await index.apply({ upserts: [], deletes: ['article/5'] });
  expect(await keys('湖泊')).toEqual(['article/4']);
  expect((await search('水库')).total).toBe(8);
  await index.compact();
  expect(await index.stats()).toMatchObject({ documents: 9 });
});

test('while a page is written again and again a search finds it exactly once', async () => {
  await write(...Array.from({ length: 20 }, (_, i) => aPage(i, `河道整治${i}`)));
  await index.compact();
  const state = { isWriting: true };
  const writing = (async () => {
    for (let i = 0; i < 25; i += 1) {
      await write(aPage(i % 3, `河道整治新${i}`));
      if (i % 8 === 7) await index.compact();
    }
    state.isWriting = false;
  })();
  const wrong: string[] = [];
  while (state.isWriting) {
    const found = await keys('河道整治');
    if (found.length !== 20 || new Set(found).size !== 20) wrong.push(`${found.length}: ${found.join(' ')}`);
  }
  await writing;
  expect(wrong).toEqual([]);
});

test('whatever is typed is answered, and changes nothing', async () => {
  await write(aPage(1, '普通页面'));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
        fc.constantFrom(
          "' or 1=1 --",
          '+页面 -普通',
          '页面*',
          '"',
          '“”',
          '((',
          'title:页面',
          '页面~2',
          '页 AND OR NOT',
          '%',
          '\\',
        ),
      ),
      async (q) => (await search(q)).total <= 1,
    ),
    { numRuns: 60 },
  );
  expect((await index.stats()).documents).toBe(1);
});

test('values of filters are data', async () => {
  await write(aPage(1, '普通页面'));
  expect((await search('普通', { scope: { site: "1' or site <> '" } })).total).toBe(0);
  expect((await search('普通', { unit: "x') or (1=1" })).total).toBe(0);
});
