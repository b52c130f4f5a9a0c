import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseSearch, stringifySearch } from '../../lib/search-text.ts';
import { openModes, resourceTypes, searchPlaces, stages, validities } from '../../../contracts/library.ts';
import {
  countText,
  isFiltered,
  listQuery,
  type ListState,
  orders,
  readListState,
  sorts,
} from './list-state.ts';

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const states = fc.record(
  {
    stage: fc.constantFrom(...stages),
    type: fc.constantFrom(...resourceTypes, 'x-lease' as const),
    unitId: fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String),
    columnId: fc.bigInt({ min: 1n, max: 10n ** 17n }).map(String),
    openMode: fc.constantFrom(...openModes),
    validity: fc.constantFrom(...validities),
    year: fc.integer({ min: 1900, max: 2199 }).map(String),
    q: fc.string({
      minLength: 1,
      maxLength: 40,
      unit: fc.constantFrom('通', '知', '&', '=', '#', '+', '%', 'a', ' ', '"'),
    }),
    searchIn: fc.constantFrom(...searchPlaces),
    from: day,
    to: day,
    sort: fc.constantFrom(...sorts),
    order: fc.constantFrom(...orders),
  },
  { requiredKeys: [] },
);

describe('the address of the list', () => {
  it('brings back the same list from every link', () => {
    fc.assert(
      fc.property(states, (state) => {
        expect(readListState(parseSearch(stringifySearch(state)))).toEqual(state);
      }),
    );
  });

  it('shows everything instead of failing when a link is mangled', () => {
    expect(readListState({ stage: 'nonsense', unitId: '-1', from: '昨天', sort: 7, q: { a: 1 } })).toEqual(
      {},
    );
  });

  it('asks the server with instants of the district’s days', () => {
    const state: ListState = { from: '2026-11-01', to: '2026-11-30', q: '通知' };
    expect(listQuery(state)).toEqual({
      q: '通知',
      updatedFrom: '2026-10-31T16:00:00.000Z',
      updatedTo: '2026-11-30T15:59:59.999Z',
      limit: 30,
    });
  });

  it('knows that an order filters nothing', () => {
    expect([isFiltered({ sort: 'published' }), isFiltered({ stage: 'draft' })]).toEqual([false, true]);
  });

  it('writes a capped count as such', () => {
    expect([countText({ value: 1000, capped: true }), countText({ value: 7, capped: false })]).toEqual([
      '1000+',
      '7',
    ]);
  });
});
