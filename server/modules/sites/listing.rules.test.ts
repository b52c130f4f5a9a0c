import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  blockOf,
  blocksTouchedByGrowth,
  entriesPerPage,
  lastArchiveBlock,
  resourcesPerSitemap,
  sequencesOf,
  sitemapBlockOf,
} from './listing.rules.ts';

const last = fc.integer({ min: 0, max: 3000 });

/** What an archive page is made from: its entries, and whether its link to newer ones leads to the column itself. */
function archiveOf(lastSequence: number): ReadonlyMap<number, string> {
  const newest = lastArchiveBlock(lastSequence);
  return new Map(
    Array.from({ length: newest }, (_, index) => {
      const block = index + 1;
      const { first, last: end } = sequencesOf(block);
      return [
        block,
        `${String(first)}-${String(end)} newer ${block === newest ? 'column' : String(block + 1)}`,
      ];
    }),
  );
}

describe('numbering lists from the oldest', () => {
  it('a sequence stands in exactly the block whose bounds hold it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (sequence) => {
        const { first, last: end } = sequencesOf(blockOf(sequence));
        expect(first <= sequence && sequence <= end).toBe(true);
        expect(end - first + 1).toBe(entriesPerPage);
      }),
    );
  });

  it('numbers beyond what a double holds keep their block', () => {
    expect(blockOf(9_007_199_254_740_993n)).toBe(Number(450_359_962_737_050n));
    expect(blockOf('20')).toBe(1);
    expect(blockOf('21')).toBe(2);
  });

  it('growth touches exactly the archive pages that differ', () => {
    fc.assert(
      fc.property(last, fc.integer({ min: 0, max: 300 }), (before, grown) => {
        const was = archiveOf(before);
        const is = archiveOf(before + grown);
        const differing = [...is.keys()].filter((block) => was.get(block) !== is.get(block));
        expect(blocksTouchedByGrowth(String(before), String(before + grown))).toEqual(differing);
      }),
    );
  });

  it('one new entry never touches more than two archive pages', () => {
    fc.assert(
      fc.property(last, (before) => {
        expect(blocksTouchedByGrowth(String(before), String(before + 1)).length).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('what is not on an archive page is in the last two blocks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (lastSequence) => {
        const onColumn = lastSequence - lastArchiveBlock(lastSequence) * entriesPerPage;
        expect(onColumn).toBeGreaterThan(0);
        expect(onColumn).toBeLessThanOrEqual(2 * entriesPerPage);
        if (lastSequence > entriesPerPage) expect(onColumn).toBeGreaterThan(entriesPerPage);
      }),
    );
  });

  it('a resource belongs to one part of the sitemap for ever', () => {
    expect(sitemapBlockOf('1')).toBe(0);
    expect(sitemapBlockOf(String(resourcesPerSitemap - 1))).toBe(0);
    expect(sitemapBlockOf(String(resourcesPerSitemap))).toBe(1);
  });
});
