import fc from 'fast-check';
import { normalize } from 'node:path/posix';
import { expect, test } from 'vitest';

import { canonicalPath, encodeAddress, fileNameOf, pathOfFileName } from './page-path.ts';

test.each([
  ['/', '/', 'index.html'],
  ['/zwgk/', '/zwgk/', 'zwgk/index.html'],
  ['/zwgk/index.html', '/zwgk/', 'zwgk/index.html'],
  ['/%E6%94%BF%E5%8A%A1/1.html', '/政务/1.html', '政务/1.html'],
  ['/e\u0301.html', '/\u00e9.html', '\u00e9.html'],
])('%s is stored as %s in the file %s', (address, path, file) => {
  expect(canonicalPath(address)).toBe(path);
  expect(fileNameOf(path)).toBe(file);
  expect(pathOfFileName(file)).toBe(path);
});

test.each([
  '',
  'x',
  '//',
  '/a//b',
  '/.',
  '/..',
  '/a/../b',
  '/%2e%2e/b',
  '/a%2f..%2fb',
  '/a\\b',
  '/%00',
  '/\n',
  '/%',
  '/%ff',
  `/${'文'.repeat(100)}`,
])('%j is no address', (address) => {
  expect(canonicalPath(address)).toBeUndefined();
});

test('no address leaves the folder of its site, and every one survives being sent', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.constantFrom('..', '.', '%2e', '%2F', '%5c', '/', '\\', '政', '%25', '%'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const path = canonicalPath(`/${pieces.join('')}`);
      if (path === undefined) return;
      const file = fileNameOf(path);
      expect(normalize(file)).toBe(file);
      expect(file.startsWith('/') || file.split('/').includes('..')).toBe(false);
      expect(canonicalPath(encodeAddress(path))).toBe(path);
    }),
    { numRuns: 60 },
  );
});
