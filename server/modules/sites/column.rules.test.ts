import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  columnPath,
  type ColumnPlace,
  requireFreeSlug,
  requireNoMappingLoop,
  requireNotEmptyOnShow,
  shownColumnIds,
  takesEntries,
} from './column.rules.ts';

const now = new Date('2026-11-22T00:00:00Z');

describe('where a column stands', () => {
  it('a path is that of the parent and the own slug', () => {
    expect(columnPath(null, 'zwgk')).toBe('/zwgk/');
    expect(columnPath('/zwgk/', 'tzgg')).toBe('/zwgk/tzgg/');
  });

  it('addresses that the site needs are refused at the root only', () => {
    for (const slug of ['static', 'files', 'search', 'api', 'theme']) {
      expect(() => {
        requireFreeSlug(null, slug);
      }).toThrow(expect.objectContaining({ code: 'sites.column-path-taken' }));
      expect(() => {
        requireFreeSlug('/zwgk/', slug);
      }).not.toThrow();
    }
  });

  it('a channel takes no entries and every other kind does', () => {
    expect(takesEntries('channel')).toBe(false);
    expect(takesEntries('notice')).toBe(true);
  });
});

describe('a column without entries', () => {
  const bare = { inNavigation: false, homePosition: null, hiddenWhenEmpty: false };

  it('is put neither into the navigation nor on the home page', () => {
    for (const place of [{ inNavigation: true }, { homePosition: 0 }]) {
      expect(() => {
        requireNotEmptyOnShow('图片新闻', { ...bare, ...place });
      }).toThrow(expect.objectContaining({ code: 'sites.column-empty' }));
      requireNotEmptyOnShow('图片新闻', { ...bare, ...place, hiddenWhenEmpty: true });
    }
    requireNotEmptyOnShow('图片新闻', bare);
  });
});

describe('mappings', () => {
  const sources = new Map([
    ['1', ['2']],
    ['2', ['3', '4']],
    ['4', ['5']],
  ]);

  it('a column cannot show itself, directly or through others', () => {
    for (const [column, wanted] of [
      ['1', ['1']],
      ['2', ['1']],
      ['5', ['9', '1']],
    ] as const) {
      expect(() => {
        requireNoMappingLoop(column, wanted, sources);
      }).toThrow(expect.objectContaining({ code: 'sites.mapping-loop' }));
    }
  });

  it('two ways to the same source are no loop', () => {
    expect(() => {
      requireNoMappingLoop('9', ['1', '4', '2'], sources);
    }).not.toThrow();
  });

  it('mappings accepted one after the other never make a loop', () => {
    const step = fc.tuple(fc.nat(6), fc.array(fc.nat(6), { maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const mapped = new Map<string, readonly string[]>();
        for (const [column, wanted] of steps) {
          try {
            requireNoMappingLoop(String(column), wanted.map(String), mapped);
          } catch {
            continue;
          }
          mapped.set(String(column), wanted.map(String));
        }
        const reaches = (from: string, to: string, depth = 0): boolean =>
          depth < 10 && (mapped.get(from) ?? []).some((one) => one === to || reaches(one, to, depth + 1));
        for (const column of mapped.keys()) expect(reaches(column, column)).toBe(false);
      }),
    );
  });
});

describe('the columns that citizens see', () => {
  const column = (id: string, parentId: string | null, more: Partial<ColumnPlace> = {}): ColumnPlace => ({
    id,
    parentId,
    closedAt: null,
    hiddenWhenEmpty: false,
    linkUrl: null,
    ...more,
  });
  const shown = (columns: readonly ColumnPlace[], filled: readonly string[] = []) =>
    [...shownColumnIds(columns, new Set(filled))].sort();

  it('a closed column hides with everything below it', () => {
    expect(
      shown([column('1', null, { closedAt: now }), column('2', '1'), column('3', '2'), column('4', null)]),
    ).toEqual(['4']);
  });

  it('a column that hides without entries appears with its first one', () => {
    const columns = [column('1', null, { hiddenWhenEmpty: true })];
    expect(shown(columns)).toEqual([]);
    expect(shown(columns, ['1'])).toEqual(['1']);
  });

  it('a channel that hides appears as soon as a column below it has an entry', () => {
    const columns = [column('1', null, { hiddenWhenEmpty: true }), column('2', '1')];
    expect(shown(columns)).toEqual([]);
    expect(shown(columns, ['2'])).toEqual(['1', '2']);
  });

  it('a column that leads elsewhere is seen without entries, and with it the channel above', () => {
    const channel = column('1', null, { hiddenWhenEmpty: true });
    const linked = { hiddenWhenEmpty: true, linkUrl: 'https://www.gov.cn/' };
    expect(shown([channel, column('2', '1', linked)])).toEqual(['1', '2']);
    expect(shown([channel, column('2', '1', { ...linked, closedAt: now })])).toEqual([]);
  });

  it('an entry in a closed column brings nothing above it to light', () => {
    const columns = [column('1', null, { hiddenWhenEmpty: true }), column('2', '1', { closedAt: now })];
    expect(shown(columns, ['2'])).toEqual([]);
  });
});
