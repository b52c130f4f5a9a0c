import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readTimeCursor, writeTimeCursor } from './time-cursor.ts';

const code = 'library.cursor-wrong';

describe('the place where a list page ended', () => {
  it('is read as it was written', () => {
    const at = fc.date({ min: new Date('1990-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(at, fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }), (when, id) => {
        const cursor = { at: when, id: String(id) };
        expect(readTimeCursor(writeTimeCursor(cursor), code)).toEqual(cursor);
      }),
    );
  });

  it.each([
    '',
    '1',
    '1.',
    '.1',
    '1.0',
    '-1.1',
    '1e3.1',
    '9999999999999999.1',
    "1.1'",
    '1.1 ',
    '1.1234567890123456789',
  ])('the text "%s" is refused', (text) => {
    expect(() => readTimeCursor(text, code)).toThrow(expect.objectContaining({ code }));
  });

  it('no text whatever gets past it as something a database would choke on', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const { at, id } = readTimeCursor(text, code);
          expect(at.getUTCFullYear()).toBeLessThan(40_000);
          expect(id).toMatch(/^[1-9]\d*$/);
        } catch (error) {
          expect(error).toMatchObject({ code });
        }
      }),
    );
  });
});
