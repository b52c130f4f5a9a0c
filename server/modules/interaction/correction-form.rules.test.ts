import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { correctionKinds } from '../../../contracts/interaction.ts';
import { maskContact, readContact } from './contact.rules.ts';
import { checkCorrection, checkRating, countCharacters } from './correction-form.rules.ts';
import { codeBytes, codeFrom, readCode, spellCode } from './query-code.rules.ts';

const form = (part: Readonly<Record<string, string>> = {}) =>
  new Map(Object.entries({ page: '/', kind: 'typo', description: '这里有错别字。', ...part }));

describe('a form', () => {
  it('is taken with nothing but a kind and a description', () => {
    expect(checkCorrection(form())).toEqual({
      value: { kind: 'typo', description: '这里有错别字。', quote: null, contact: null },
    });
  });

  it('tells all that is wrong at once', () => {
    const checked = checkCorrection(
      form({ kind: '', description: '错', quote: 'x'.repeat(201), contact: 'x' }),
    );
    expect('problems' in checked && Object.keys(checked.problems).sort()).toEqual([
      'contact',
      'description',
      'kind',
      'quote',
    ]);
  });

  it('never lets through what the table would refuse', () => {
    const kind = fc.oneof(fc.constantFrom(...correctionKinds), fc.string());
    const text = fc
      .tuple(fc.constantFrom('错', '😀', 'x', '错\n'), fc.integer({ min: 0, max: 1100 }))
      .map(([sign, times]) => sign.repeat(times));
    fc.assert(
      fc.property(kind, text, text, fc.string(), (...[one, description, quote, contact]) => {
        const checked = checkCorrection(form({ kind: one, description, quote, contact }));
        if ('problems' in checked) return Object.keys(checked.problems).length > 0;
        const { value } = checked;
        const length = countCharacters(value.description);
        return (
          length >= 5 &&
          length <= 1000 &&
          countCharacters(value.quote ?? '') <= 200 &&
          countCharacters(value.contact ?? '') <= 100
        );
      }),
    );
  });

  it('of somebody who was helped carries no reason', () => {
    const fields = new Map(Object.entries({ page: '/', useful: 'yes', reason: 'unclear', remark: '好' }));
    expect(checkRating(fields)).toEqual({ value: { useful: true, reason: null, remark: null } });
  });
});

describe('a contact', () => {
  it.each([
    ['', null],
    ['13812345678', '13812345678'],
    ['138 1234 5678', '13812345678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['+86 138-1234-5678', '13812345678'],
    ['0086 13812345678', '13812345678'],
    ['0792-8123456', '0792-8123456'],
    ['(0792)8123456', '07928123456'],
    ['010-12345678-123', '010-12345678-123'],
    ['8123456', '8123456'],
    ['li.si@example.com', 'li.si@example.com'],
  ])('“%s” is read', (text, wanted) => {
    expect(readContact(text)).toBe(wanted);
  });

  it.each([
    '1',
    '12812345678',
    '138123456789',
    '微信 abc',
    'a@b',
    '@example.com',
    'a@b@c.com',
    '<b>@x.com',
    '110',
  ])('“%s” is none', (text) => {
    expect(readContact(text)).toBeUndefined();
  });

  it.each([
    ['13812345678', '138****5678'],
    ['0792-8123456', '****56'],
    ['li.si@example.com', 'l***@example.com'],
  ])('%s is shown in lists as %s', (contact, masked) => {
    expect(maskContact(contact)).toBe(masked);
  });

  it('shows nothing of the digits in the middle of a mobile number', () => {
    const middle = fc.integer({ min: 0, max: 9_999 }).map((digits) => String(digits).padStart(4, '0'));
    fc.assert(
      fc.property(
        middle,
        middle,
        (one, other) => maskContact(`138${one}5678`) === maskContact(`138${other}5678`),
      ),
    );
  });
});

describe('a code', () => {
  it('of random bytes is twelve signs that nobody mistakes, and is read as it was written', () => {
    const bytes = fc.uint8Array({ minLength: codeBytes, maxLength: codeBytes });
    fc.assert(
      fc.property(bytes, (given) => {
        const code = codeFrom(given);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
        const typed = spellCode(code).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
        expect(readCode(` ${typed} `)).toBe(code);
      }),
    );
  });

  it('differs in every bit that goes into it', () => {
    const zero = new Uint8Array(codeBytes);
    const codes = Array.from({ length: 60 }, (_, bit) => {
      const bytes = Uint8Array.from(zero);
      bytes[codeBytes - 1 - Math.floor(bit / 8)] = 1 << (bit % 8);
      return codeFrom(bytes);
    });
    expect(new Set([...codes, codeFrom(zero)]).size).toBe(61);
  });

  it.each([
    '',
    '123',
    '7K3M-P0XZ-9QW',
    '7K3M-P0XZ-9QWDD',
    '七七七七七七七七七七七七',
    "' or 1=1 --",
    'UUUUUUUUUUUU',
  ])('“%s” is none', (text) => {
    expect(readCode(text)).toBeUndefined();
  });
});
