import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { aSearchFolder, aSearchPage, type SearchFolder } from '../../../test/factories/search.ts';
import { answerSearch } from './answer-search.ts';
import type { SearchIndex } from './search-index.ts';
import type { SearchWithin } from './search.types.ts';

let folder: SearchFolder;
let index: SearchIndex;

beforeAll(async () => {
  folder = await aSearchFolder();
  index = folder.open();
  await index.apply({
    upserts: [
      aSearchPage(1, '供水通知', { unit: '3', facts: ['column:7'] }),
      aSearchPage(2, '供水通知二', { unit: '3', facts: ['column:8', 'column:77'] }),
      aSearchPage(3, '供水通知三', { unit: '4', unitName: '水利局', kind: 'policy', facts: ['column:7'] }),
    ],
    deletes: [],
  });
});
afterAll(async () => {
  await index.close();
  await folder.remove();
});

async function found(within: SearchWithin, q = '供水'): Promise<readonly string[]> {
  const answer = await answerSearch(index, new URLSearchParams({ q, scope: 'all' }), null, within);
  expect(answer.total).toBe(answer.hits.length);
  const { units, kinds } = answer;
  const counted = [...units, ...kinds].reduce((sum, one) => sum + one.count, 0);
  expect(counted).toBe(2 * answer.total);
  return answer.hits.map((hit) => hit.key).sort();
}

describe('a search by somebody who may see a part', () => {
  it('finds and counts nothing else, by units, by facts, and by both', async () => {
    expect(await found({ units: null, facts: null })).toEqual(['article/1', 'article/2', 'article/3']);
    expect(await found({ units: ['3'], facts: null })).toEqual(['article/1', 'article/2']);
    expect(await found({ units: ['3', '4'], facts: ['column:7'] })).toEqual(['article/1', 'article/3']);
    expect(await found({ units: ['4'], facts: ['column:8'] })).toEqual([]);
  });

  it('finds nothing when nothing is allowed, and takes no sign for one of the engine', async () => {
    expect(await found({ units: [], facts: null })).toEqual([]);
    expect(await found({ units: null, facts: [] })).toEqual([]);
    expect(await found({ units: ["3' or '1'='1"], facts: null })).toEqual([]);
    expect(await found({ units: null, facts: ['column:%'] })).toEqual([]);
  });
});
