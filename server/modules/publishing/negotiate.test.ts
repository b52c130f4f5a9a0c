import { expect, test } from 'vitest';

import { byteRange, encodingFor, matchesEtag } from './negotiate.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.1, gzip;q=0.9', 'gzip'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['BR;q=1', 'br'],
  ['identity', 'identity'],
  ['gzip;q=nonsense', 'identity'],
])('Accept-Encoding %j is answered with %s', (header, encoding) => {
  expect(encodingFor(header)).toBe(encoding);
});

test.each([
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=5-100', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', undefined],
  ['bytes=-', undefined],
  ['bytes=0-1,3-4', undefined],
  ['items=0-1', undefined],
  [undefined, undefined],
])('the range %j of ten bytes is %j', (header, range) => {
  expect(byteRange(header, 10)).toEqual(range);
});

test('a tag matches among several, weak or strong, and the star matches all', () => {
  expect(matchesEtag('"a", W/"b"', ['"b"'])).toBe(true);
  expect(matchesEtag('*', ['"b"'])).toBe(true);
  expect(matchesEtag('"c"', ['"b"'])).toBe(false);
});
