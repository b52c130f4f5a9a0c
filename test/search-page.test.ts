import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { renderSearchResults } from '../templates/index.ts';
import { dangersIn } from './dangers.ts';

const pageOf = (text: string): string =>
  renderSearchResults({
    query: { q: text, scope: 'site', kind: text },
    total: 1,
    totalIsFloor: false,
    hits: [
      {
        title: [{ text, hit: true }],
        snippet: [{ text, hit: false }],
        url: '/a.html',
        kindName: text,
        day: '2026-11-22',
        siteName: text,
        unitName: text,
        documentNumber: text,
      },
    ],
    kinds: [
      { value: '', name: '全部', count: 1 },
      { value: text, name: text, count: 1 },
    ],
    years: [2026],
    page: 2,
    hasNext: true,
  });

describe('the answers of the search', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    '</title></form></script><svg onload=alert(1)>',
    'javascript:alert(1)',
    '$& $1 $`',
    '<!--',
  ])('hold %s as text and nothing else', (text) => {
    expect(dangersIn(pageOf(text))).toEqual([]);
    expect(pageOf(text)).not.toContain('<script');
  });

  it('hold any text as text', () => {
    const texts = fc.array(
      fc.constantFrom('<', '>', '"', "'", '&', '/', '=', 'script', ' onx', 'javascript:', '`', '\n', '文'),
    );
    fc.assert(
      fc.property(texts, (parts) => {
        expect(dangersIn(pageOf(parts.join('')))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
