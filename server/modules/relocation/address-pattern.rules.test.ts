import fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchesPattern } from './address-pattern.rules.ts';

test.each([
  ['/zwgk/t1.html', '/zwgk/*.html', true],
  ['/zwgk/a/t1.html', '/zwgk/*.html', false],
  ['/zwgk/a/t1.html', '/zwgk/**', true],
  ['/zwgk/202212/t20221208_5875095.html', '**/t*_*.html', true],
  ['/zwgk/index.html', '**/t*_*.html', false],
  ['/', '**', true],
  ['/a', '/a', true],
  ['/ab', '/a', false],
  ['/a.html', '/*', true],
])('%s has the form %s: %s', (path, pattern, expected) => {
  expect(matchesPattern(path, pattern)).toBe(expected);
});

test('a pattern matches what a regular expression of the same meaning matches', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 12 });
  fc.assert(
    fc.property(text, text, (pattern, given) => {
      const path = given.replaceAll('*', '');
      const source = pattern.replaceAll(/\*\*|\*/g, (stars) => (stars === '**' ? '[^]*' : '[^/]*'));
      expect(matchesPattern(path, pattern)).toBe(new RegExp(`^${source}$`).test(path));
    }),
  );
});

test('no pattern is slow on a path made to make it slow', () => {
  expect(matchesPattern(`/${'a'.repeat(1_500)}!`, `/${'**a'.repeat(60)}`)).toBe(false);
});
