import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { PageRow } from './page.types.ts';
import { addressKey, findLosers, type PageInHand, planBatch } from './plan-batch.ts';

const row = (key: string, path: string, digest = 'd'): PageRow => ({
  key,
  kind: 'article',
  rank: 5,
  site: '1',
  path,
  outcome: 'page',
  mediaType: 'text/html',
  digest,
  size: 1,
  tags: [],
  target: null,
});

const inHand = (key: string, from: string | null, to: string | null): PageInHand => ({
  claim: { key, generation: '1', forced: false },
  stored: from === null ? undefined : row(key, from, 'old'),
  built:
    to === null
      ? { outcome: 'absent' }
      : to === 'problem'
        ? { outcome: 'problem', problem: 'broken' }
        : {
            outcome: 'built',
            row: row(key, to),
            state: { outcome: 'page', mediaType: 'text/html', bytes: Buffer.from(key) },
          },
});

const around = { redirected: new Set<string>(), addressFrom: (_site: string, page: PageRow) => page.path };
const plan = (pages: readonly PageInHand[]) => planBatch(pages, around, () => 'digest');

test('whoever holds an address keeps it, and of two newcomers the smaller key gets it', () => {
  expect([...findLosers([inHand('a', null, '/x'), inHand('b', '/x', '/x')])]).toEqual([['a', 'b']]);
  expect([...findLosers([inHand('b', null, '/x'), inHand('a', null, '/x')])]).toEqual([['b', 'a']]);
});

test('a page that loses stays where it was, and so may be in the way of the next', () => {
  const losers = findLosers([inHand('a', '/x', '/x'), inHand('b', '/y', '/x'), inHand('c', '/z', '/y')]);
  expect(Object.fromEntries(losers)).toEqual({ b: 'a', c: 'b' });
});

test('pages may follow each other in a circle', () => {
  const { changes, redirects, problems } = plan([
    inHand('a', '/x', '/y'),
    inHand('b', '/y', '/z'),
    inHand('c', '/z', '/x'),
  ]);
  expect(changes.map((change) => `${change.path} ${change.state.outcome}`).sort()).toEqual([
    '/x page',
    '/y page',
    '/z page',
  ]);
  expect([redirects, problems]).toEqual([[], []]);
});

test('however pages move, no address is changed twice and no two pages end at one', () => {
  const place = fc.constantFrom('/1', '/2', '/3', '/4');
  const move = fc.tuple(fc.option(place), fc.option(fc.oneof(place, fc.constant('problem' as const))));
  fc.assert(
    fc.property(fc.array(move, { maxLength: 6 }), (moves) => {
      const taken = new Set<string>();
      const pages = moves.map(([from, to], at) => {
        const free = from !== null && !taken.has(from) ? from : null;
        if (free !== null) taken.add(free);
        return inHand(`k${at}`, free, to);
      });
      const { changes, upserts, deletions } = plan(pages);
      expect(new Set(changes.map((change) => change.path)).size).toBe(changes.length);
      const after = new Map(
        pages.flatMap(({ stored }) => (stored ? [[stored.key, addressKey(stored)] as const] : [])),
      );
      for (const key of deletions) after.delete(key);
      for (const page of upserts) after.set(page.key, addressKey(page));
      expect(new Set(after.values()).size).toBe(after.size);
    }),
  );
});
