import { expect, test } from 'vitest';

import { addressOfFile, columnFolderOf, hostIn, nameOf, resolveLink } from './old-address.rules.ts';

const from = { host: 'www.old.test', path: '/zwgk/202212/t1.html' };
const to = (link: string): string | undefined => {
  const found = resolveLink(link, from);
  return found && nameOf(found);
};

test.each([
  ['t2.html', 'www.old.test/zwgk/202212/t2.html'],
  ['../index.html', 'www.old.test/zwgk/'],
  ['/a/b.jsp?id=1&x=2#top', 'www.old.test/a/b.jsp?id=1&x=2'],
  ['//WWW.Other.test:8080/x', 'www.other.test:8080/x'],
  [String.raw`..\pic\a.jpg`, 'www.old.test/zwgk/pic/a.jpg'],
  ['/%E6%94%BF/%D5%FE.html', 'www.old.test/%E6%94%BF/%D5%FE.html'],
  ['/政务/一.html', 'www.old.test/政务/一.html'],
  ['/%E6%94%BF.html', 'www.old.test/政.html'],
])('the link %s leads to %s', (link, name) => {
  expect(to(link)).toBe(name);
});

test.each(['', '#top', 'javascript:void(0)', 'mailto:a@b.c', 'http://[', 'data:text/html,x'])(
  'the link %s leads to no page',
  (link) => {
    expect(to(link)).toBeUndefined();
  },
);

test('a file of a copy stood where its name says', () => {
  const hosts = ['www.old.test', 'jyj.old.test:8080'];
  const at = (file: string): string | undefined => {
    const found = addressOfFile(file, hosts);
    return found && nameOf(found);
  };
  expect(at('zwgk/index.html')).toBe('www.old.test/zwgk/');
  expect(at('www.old.test/a.html')).toBe('www.old.test/a.html');
  expect(at('jyj.old.test+8080/a.html')).toBe('jyj.old.test:8080/a.html');
  expect(at('show.jsp@id=8812.html')).toBe('www.old.test/show.jsp?id=8812');
  expect(at('show.jsp?id=8812')).toBe('www.old.test/show.jsp?id=8812');
  expect(at('../../etc/passwd')).toBeUndefined();
  expect(at('a\u0000b')).toBeUndefined();
});

test('host names are taken as people type them', () => {
  expect(hostIn(' https://WWW.Old.test/index.html ')).toBe('www.old.test');
  expect(hostIn('old.test:8080')).toBe('old.test:8080');
  expect([hostIn('a b'), hostIn('user@old.test'), hostIn('')]).toEqual([undefined, undefined, undefined]);
});

test('the folder of a column is that of its articles without months', () => {
  expect(columnFolderOf('/zwgk/zfxxgkzl/zfxxgkzd/202212/t20221208_5875095.html')).toBe(
    '/zwgk/zfxxgkzl/zfxxgkzd/',
  );
  expect(columnFolderOf('/zwgk/2022/12/08/1.html')).toBe('/zwgk/');
  expect(columnFolderOf('/zwgk/index_2.html')).toBe('/zwgk/');
  expect(columnFolderOf('/a.html')).toBe('/');
});
