import { randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { openText, sealText } from './sealed-text.ts';

const key = randomBytes(32);

test('what was sealed is read again, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const sealed = sealText(key, 'a', text);
      expect(openText(key, 'a', sealed)).toBe(text);
      expect(sealText(key, 'a', text)).not.toEqual(sealed);
    }),
  );
});

test('another key, another place or a changed byte opens nothing', () => {
  const sealed = sealText(key, 'endpoint 1', '秘密');
  expect(openText(randomBytes(32), 'endpoint 1', sealed)).toBeUndefined();
  expect(openText(key, 'endpoint 2', sealed)).toBeUndefined();
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(openText(key, 'endpoint 1', changed)).toBeUndefined();
  }
  expect(openText(key, 'endpoint 1', Buffer.alloc(3))).toBeUndefined();
});
