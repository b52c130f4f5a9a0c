import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

import {
  brotliOf,
  bytesOf,
  digestOf,
  gzipWithMac,
  isMacOf,
  macInGzip,
  macOf,
  unpacksTo,
} from './page-forms.ts';

const key = Buffer.alloc(32, 1);

test('a sealed gzip is an ordinary gzip that gives its seal back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), (bytes) => {
      const mac = macOf(key, '1', 'a.html', digestOf(bytes));
      const gzip = gzipWithMac(bytes, mac);
      expect(gunzipSync(gzip).equals(bytes)).toBe(true);
      expect(isMacOf(macInGzip(gzip), mac)).toBe(true);
      expect(gzipWithMac(bytes, mac).equals(gzip)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('a seal holds for one key, site, name and content only', () => {
  const mac = macOf(key, '1', 'a.html', digestOf(Buffer.from('x')));
  expect(isMacOf(mac, macOf(Buffer.alloc(32, 2), '1', 'a.html', digestOf(Buffer.from('x'))))).toBe(false);
  expect(isMacOf(mac, macOf(key, '2', 'a.html', digestOf(Buffer.from('x'))))).toBe(false);
  expect(isMacOf(mac, macOf(key, '1', 'b.html', digestOf(Buffer.from('x'))))).toBe(false);
  expect(isMacOf(mac, macOf(key, '1', 'a.html', digestOf(Buffer.from('y'))))).toBe(false);
  expect(isMacOf(undefined, mac)).toBe(false);
});

test('a compressed form counts only when it says exactly what the page says', () => {
  const page = Buffer.from('政府信息公开'.repeat(200));
  const br = brotliOf(page);
  expect(unpacksTo('br', br ?? Buffer.alloc(0), page)).toBe(true);
  expect(unpacksTo('br', brotliOf(Buffer.alloc(9_000_000)) ?? Buffer.alloc(0), page)).toBe(false);
  expect(unpacksTo('gzip', Buffer.from('no gzip'), page)).toBe(false);
  expect(brotliOf(Buffer.alloc(512))).toBeUndefined();
});

test.each([Buffer.alloc(0), Buffer.alloc(60), Buffer.from([0x1f, 0x8b, 8, 4])])(
  'no seal is read from %j',
  (bytes) => {
    expect(macInGzip(bytes)).toBeUndefined();
  },
);

test('a text is turned into the bytes that any other encoder gives, whatever its length', () => {
  const texts = fc.tuple(fc.string({ unit: 'binary' }), fc.constantFrom(1, 3, 200_000));
  fc.assert(
    fc.property(texts, ([text, times]) => {
      const long = `${text}集约`.repeat(times);
      expect(bytesOf(long).equals(Buffer.from(long))).toBe(true);
    }),
    { numRuns: 30 },
  );
});
