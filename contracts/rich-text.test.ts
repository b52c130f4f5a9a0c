import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedHref, emptyDocument, isStorableText } from './rich-text.ts';

const good = [
  'https://www.gov.cn/zhengce/content/2024.htm?a=1&b=2#x',
  'http://xunyang.gov.cn',
  'https://政务.政务/zwgk',
  'http://[2001:db8::1]:8080/a',
  'mailto:ban@xunyang.gov.cn',
  'tel:0792-8211234',
  'tel:+86-792-12345',
  '/zwgk/tzgg/',
  '/文件/a.pdf',
  '/',
  '#article-12',
];
const bad = [
  '',
  ' https://a.cn',
  'https://a.cn ',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  '\u0001javascript:alert(1)',
  'javascript\u200b:alert(1)',
  'data:text/html,<script>',
  'vbscript:x',
  'blob:https://a.cn/1',
  'file:///etc/passwd',
  'ftp://a.cn',
  'HTTPS://a.cn',
  'hTTp://a.cn',
  '//evil.com',
  '/\\evil.com',
  '\\\\evil.com',
  '/\t/evil.com',
  'https:\\\\evil.com',
  'https:evil.com',
  'https:/evil.com',
  'https://',
  'https:///evil.com',
  'https://www.gov.cn@evil.com/',
  'https://a b.cn',
  'https://a.cn/"onmouseover=x',
  'https://a.cn/<b>',
  'https://a.cn/\u202egpj',
  'relative/path',
  '?q=1',
  '#',
  'mailto:',
  'mailto:javascript:x@y',
  'tel:javascript',
  `/${'a'.repeat(3000)}`,
];

describe('allowedHref', () => {
  it.each(good)('allows %s', (href) => {
    expect(allowedHref(href)).toBe(true);
  });
  it.each(bad)('refuses %j', (href) => {
    expect(allowedHref(href)).toBe(false);
  });
  it('allows only links that a browser resolves to a harmless scheme or to the same host', () => {
    const pieces = fc.constantFrom(
      'java',
      'script',
      ':',
      '/',
      '\\',
      '//',
      '\t',
      'https',
      'data',
      '@',
      'a.cn',
      '#',
      '?',
      ' ',
      '\u200b',
      'mailto',
      'tel',
      '1',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
        (href) => {
          if (!allowedHref(href)) return;
          const url = new URL(href, 'https://site.test/a/b');
          expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(url.protocol);
          if (href.startsWith('/') || href.startsWith('#')) expect(url.host).toBe('site.test');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('emptyDocument', () => {
  it('cannot be changed by the first who uses it', () => {
    expect(Object.isFrozen(emptyDocument.content)).toBe(true);
  });
});

describe('isStorableText', () => {
  it('accepts Chinese, emoji, tabs and line ends', () => {
    expect(isStorableText('浔阳区\t😀\n第一行')).toBe(true);
  });
  it.each(['\u0000', '\u000b', '\u007f', '\ud800', 'a\udc00b', '\uffff'])('refuses %j', (text) => {
    expect(isStorableText(text)).toBe(false);
  });
});
