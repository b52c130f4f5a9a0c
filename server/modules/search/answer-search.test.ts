import fc from 'fast-check';
import { expect, test } from 'vitest';

import { AppError } from '../../platform/errors.ts';
import { answerSearch, parseSearchQuery } from './answer-search.ts';

function codeOf(text: string): string {
  try {
    parseSearchQuery(new URLSearchParams(text), '1');
    return 'accepted';
  } catch (error) {
    return error instanceof AppError ? error.code : 'other';
  }
}

test('a form with empty fields is a query with defaults', () => {
  expect(parseSearchQuery(new URLSearchParams('q=工程&kind=&unit=&year=&page='), null)).toEqual({
    q: '工程',
    scope: null,
    from: null,
    kind: null,
    unit: null,
    year: null,
    page: 1,
    size: 10,
    order: 'relevance',
  });
});

test('the scope is the site that was asked', () => {
  expect(parseSearchQuery(new URLSearchParams('q=a&scope=site'), '7').scope).toEqual({ site: '7' });
  expect(parseSearchQuery(new URLSearchParams('q=a&scope=all'), '7').scope).toBeNull();
});

test.each([
  ['', 'search.query-empty'],
  ['q=', 'search.query-empty'],
  ['q=%20%00%07', 'search.query-empty'],
  [`q=${'长'.repeat(101)}`, 'search.query-too-long'],
  ['q=a&colour=red', 'search.query-malformed'],
  ['q=a&__proto__=1', 'search.query-malformed'],
  ['q=a&q=b', 'search.query-malformed'],
  ['q=a&page=0', 'search.query-malformed'],
  ['q=a&page=51', 'search.query-malformed'],
  ['q=a&size=51', 'search.query-malformed'],
  ['q=a&page=1.5', 'search.query-malformed'],
  ["q=a&unit=1' or 1=1", 'search.query-malformed'],
  ["q=a&kind=x') --", 'search.query-malformed'],
  ['q=a&year=20260', 'search.query-malformed'],
  ['q=a&scope=other', 'search.query-malformed'],
  ['q=a&order=random', 'search.query-malformed'],
])('the query %j is answered with %s', (text, code) => {
  expect(codeOf(text)).toBe(code);
});

test('whatever stands in the address is either understood or refused with a code of ours', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.oneof(fc.constantFrom('q', 'page', 'kind', 'unit', 'scope'), fc.string()),
          fc.string({ unit: 'binary' }),
        ),
        { maxLength: 5 },
      ),
      (pairs) => {
        const text = new URLSearchParams(pairs.map(([name, value]) => [name, value]));
        const code = codeOf(text.toString());
        return code === 'accepted' || code.startsWith('search.');
      },
    ),
  );
});

test('times are written as instants', async () => {
  const hit = {
    key: 'article/1',
    url: '/a.html',
    kind: 'article',
    site: '1',
    siteName: '门户',
    unit: '2',
    unitName: '办公室',
    documentNumber: null,
    validity: null,
    publishedAt: new Date('2026-11-20T01:00:00Z'),
    title: [],
    snippet: [],
  };
  const index = {
    query: () =>
      Promise.resolve({
        total: 1,
        capped: false,
        matched: 'all' as const,
        hits: [hit],
        kinds: [],
        years: [],
        units: [],
        facts: [],
      }),
  };
  const answer = await answerSearch(index, new URLSearchParams('q=工程'));
  expect(answer.hits[0]?.publishedAt).toBe('2026-11-20T01:00:00.000Z');
});
