import { expect, test } from 'vitest';

import { gbkOf } from '../../../test/old-copy.ts';
import { decodePage } from './decode-page.ts';

const text = '浔阳区人民政府关于加强基层治理工作的通知';
const named = (charset: string): string =>
  `<meta http-equiv="Content-Type" content="text/html; charset=${charset}">`;

test('GBK is read by what the page says, by what the server says, and by what it is', () => {
  expect(decodePage(gbkOf(named('gb2312') + text))).toContain(text);
  expect(decodePage(gbkOf(text), 'text/html; charset=GBK')).toBe(text);
  expect(decodePage(gbkOf(text))).toBe(text);
});

test('UTF-8 is UTF-8 whatever a copy still says of itself', () => {
  expect(decodePage(Buffer.from(named('gb2312') + text))).toContain(text);
  expect(decodePage(Buffer.from(`\ufeff${text}`))).toBe(text);
  expect(decodePage(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(text);
});

test('a few characters of GBK that could be UTF-8 by chance are what the page says', () => {
  // 联通 in GBK is the best known of them.
  expect(decodePage(gbkOf(`${named('gbk')}联通`))).toContain('联通');
});

test('broken bytes and unknown charsets give some text and no error', () => {
  expect(decodePage(Buffer.from([0xff, 0x00, 0x80]), 'text/html; charset=klingon')).toEqual(
    expect.any(String),
  );
});
