import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { extensionOf, safeFileName } from './media-type.ts';

describe('a safe file name', () => {
  it.each([
    ['通知.pdf', '通知.pdf'],
    ['C:\\文件\\报告 2026.DOCX', '报告 2026.docx'],
    ['../../etc/passwd', 'passwd'],
    ['....txt', 'file.txt'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['<b>"x"|?*.png', 'bx.png'],
    ['100%.txt', '100.txt'],
    ['', 'file'],
    ['...', 'file'],
  ])('of %j is %j', (given, safe) => {
    expect(safeFileName(given)).toBe(safe);
  });

  it('whatever is given: one segment, short enough for a disk, the same when asked again', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.string(),
    );
    fc.assert(
      fc.property(names, (given) => {
        const safe = safeFileName(given);
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/[\\/\p{Cc}\p{Cs}"<>|?*#%]|^\./u);
        expect(safe.trim()).not.toBe('');
        expect(safeFileName(safe)).toBe(safe);
        expect(decodeURIComponent(encodeURIComponent(safe))).toBe(safe);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the extension of a name that is too long', () => {
    expect(extensionOf(safeFileName(`${'关于'.repeat(200)}.docx`))).toBe('docx');
  });
});
