import { expect, it } from 'vitest';

import { holdsUsableTexts, usableText } from './usable-text.ts';

it('control characters and halves of characters go, lines and tabs stay', () => {
  expect(usableText('a\u0000b\u001f\ud83d\n\tc\u{1f600}\uffff')).toBe('ab\n\tc\u{1f600}');
});

it('a value is usable when every text in it is, however deep', () => {
  expect(holdsUsableTexts({ a: ['b', { c: 'd\n' }], e: null, f: 1 })).toBe(true);
  expect(holdsUsableTexts({ a: ['b', { c: 'd\u0000' }] })).toBe(false);
});
