import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalPath, encodeAddress } from './page-path.ts';
import { readOldAddress, readRedirectLines, readTarget } from './redirect-list.ts';

const around = { site: '1', hosts: { 'www.x.gov.cn': '1', 'jyj.x.gov.cn': '2' } };
const foundOf = (address: string) => readOldAddress(address, around);

describe('a list of old addresses', () => {
  it('is read line by line as CSV, TSV or JSON, with or without a heading', () => {
    const text = [
      '\ufeff原地址,新地址',
      '/a.jsp,/a/',
      '"/b.jsp?x=1,2","/b/"',
      '/c.jsp\t/c/',
      '',
      '{"from":"/d.jsp","to":"/d/"}',
    ].join('\r\n');
    expect(readRedirectLines(text)).toEqual({
      lines: [
        { line: 2, from: '/a.jsp', to: '/a/' },
        { line: 3, from: '/b.jsp?x=1,2', to: '/b/' },
        { line: 4, from: '/c.jsp', to: '/c/' },
        { line: 6, from: '/d.jsp', to: '/d/' },
      ],
      refused: [],
    });
  });

  it('names the lines that say nothing', () => {
    const { lines, refused } = readRedirectLines(
      `/only-one\n{"from":1}\n{broken\n/a,/b\n/a,"/${'b'.repeat(20_000)}`,
    );
    expect(lines).toEqual([{ line: 4, from: '/a', to: '/b' }]);
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'line-unreadable'],
      [2, 'line-unreadable'],
      [3, 'line-unreadable'],
      [5, 'line-unreadable'],
    ]);
  });

  it('loses no line, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (rows) => {
        const text = rows.map((row) => row.replaceAll(/[\r\n]/g, ' ')).join('\n');
        const { lines, refused } = readRedirectLines(text);
        const told = new Set([...lines, ...refused].map((one) => one.line));
        const filled = text
          .replace(/^\ufeff/, '')
          .split('\n')
          .flatMap((row, index) => (row.trim() === '' ? [] : [index + 1]));
        const isHeading = filled[0] === 1 && !told.has(1);
        expect([...told].sort((a, b) => a - b)).toEqual(isHeading ? filled.slice(1) : filled);
      }),
    );
  });
});

describe('an old address', () => {
  it.each([
    ['/a/b.html', '/a/b.html'],
    ['/%E6%94%BF%E5%8A%A1/', '/政务/'],
    ['／ａ／ｂ．ｈｔｍｌ？ｉｄ＝１', '/a/b.html?id=1'],
    ['/附件（一）.doc', '/附件（一）.doc'],
    ['/content.jsp?id=5&x=%C4%E3', '/content.jsp?id=5&x=%C4%E3'],
    ['/a/index.html', '/a/'],
    ['/a.html?', '/a.html'],
    ['http://WWW.x.gov.cn/a.html', '/a.html'],
    ['https://www.x.gov.cn?id=1', '/?id=1'],
  ])('%s is kept as %s', (address, found) => {
    expect(foundOf(address)).toEqual({ found });
  });

  it.each([
    ['a.html', 'from-invalid'],
    ['/../a', 'from-invalid'],
    ['/%C4%E3.html', 'from-invalid'],
    ['/a#b', 'from-invalid'],
    ['/a?b c', 'from-invalid'],
    ['//x', 'from-invalid'],
    ['http://jyj.x.gov.cn/a', 'from-foreign'],
    ['http://www.example.com/a', 'from-foreign'],
    ['/static/site.css', 'from-reserved'],
    ['/search?q=1', 'from-reserved'],
    ['/a.html.gz', 'from-reserved'],
    [`/a?${'b'.repeat(2_000)}`, 'from-invalid'],
    [`/${'政务/'.repeat(300)}`, 'from-invalid'],
  ])('%s is refused: %s', (address, refused) => {
    expect(foundOf(address)).toEqual({ refused });
  });

  it('has one spelling, however often it is read', () => {
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const first = foundOf(path);
        if ('refused' in first || first.found.includes('%')) return;
        expect(foundOf(encodeAddress(first.found))).toEqual(first);
        expect(canonicalPath(encodeAddress(first.found))).toBe(first.found);
      }),
    );
  });
});

describe('a target', () => {
  it.each([
    ['/政务/', { url: '/%E6%94%BF%E5%8A%A1/', page: { site: '1', path: '/政务/' } }],
    ['/a.html?x=1#y', { url: '/a.html?x=1#y', page: { site: '1', path: '/a.html' } }],
    ['http://www.x.gov.cn/a', { url: '/a', page: { site: '1', path: '/a' } }],
    [
      '/a?q=政务&b=%E6#结果',
      { url: '/a?q=%E6%94%BF%E5%8A%A1&b=%E6#%E7%BB%93%E6%9E%9C', page: { site: '1', path: '/a' } },
    ],
    ['https://jyj.x.gov.cn/b', { url: 'https://jyj.x.gov.cn/b', page: { site: '2', path: '/b' } }],
    ['https://www.gov.cn/zhengce', { url: 'https://www.gov.cn/zhengce' }],
  ])('%s is allowed', (address, found) => {
    expect(readTarget(address, around)).toEqual({ found });
  });

  it.each([
    ['https://www.example.com/', 'to-foreign'],
    ['https://gov.cn.example.com/', 'to-foreign'],
    ['https://notgov.cn/', 'to-foreign'],
    ['//www.gov.cn/', 'to-invalid'],
    ['/\\www.example.com', 'to-invalid'],
    ['javascript:alert(1)', 'to-invalid'],
    ['https://me@www.gov.cn/', 'to-invalid'],
    ['/a b', 'to-invalid'],
    ['/../x', 'to-invalid'],
    ['https://:word@www.gov.cn/', 'to-invalid'],
    ['/a?\ud800', 'to-invalid'],
    [`/a?${'b'.repeat(2_000)}`, 'to-invalid'],
  ])('%s is refused: %s', (address, refused) => {
    expect(readTarget(address, around)).toEqual({ refused });
  });
});
