import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { aPageServer, converse, type ServedPages, text, withoutDate } from '../../../test/factories/served-pages.ts';
import { isPlainText, readPlainRequest } from './plain-request.ts';

let served: ServedPages;
beforeAll(async () => {
  served = await aPageServer({ extraHeaders: ['Strict-Transport-Security', 'max-age=1'] });
});
afterAll(() => served.close());

/** Ends the conversation, so that nobody waits for silence. */
const last = 'GET /zwgk/ HTTP/1.1\r\nHost: www.test\r\nConnection: close\r\n\r\n';

async function both(...pieces: string[]): Promise<readonly [fast: string, slow: string]> {
  const [fast, slow] = await Promise.all([
    converse(served.port, pieces),
    converse(served.slowPort, pieces),
  ]);
  return [withoutDate(fast.said), withoutDate(slow.said)];
}

const understood = (request: string): boolean =>
  isPlainText(request) && readPlainRequest(request, 0) !== undefined;

describe('a request that the fast path answers', () => {
  test.each([
    ['a page', 'GET /a/1.html HTTP/1.1\r\nHost: www.test\r\n\r\n'],
    ['a page with a query', 'GET /a/1.html?from=wechat&x=%E4%B8%80 HTTP/1.1\r\nHost: www.test:8080\r\n\r\n'],
    ['its compressed form', 'GET / HTTP/1.1\r\nHost: www.test\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n'],
    ['its headers', 'HEAD /a/1.html HTTP/1.1\r\nHost: WWW.test\r\nAccept-Encoding: gzip\r\n\r\n'],
    ['a page that was withdrawn', 'GET /gone.html HTTP/1.1\r\nHost: www.test\r\nIf-None-Match: *\r\n\r\n'],
    ['a page that the client has', 'GET / HTTP/1.1\r\nhost: www.test\r\nif-none-match: *\r\nConnection: keep-alive\r\n\r\n'],
    ['a style sheet', 'GET /static/site.css HTTP/1.1\r\nHost: unit.test\r\nAccept-Encoding: br\r\n\r\n'],
  ])('%s: gets, byte for byte, what node:http sends', async (_what, request) => {
    expect(understood(request)).toBe(true);
    const [fast, slow] = await both(request + request, request);
    expect(fast).toBe(slow);
    expect(fast.split('HTTP/1.1 ')).toHaveLength(4);
  });

  test('may come in any number at once, and is answered in order', async () => {
    const paths = Array.from({ length: 60 }, (_, at) => ['/', '/a/1.html', '/zwgk/'][at % 3] ?? '/');
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: www.test\r\n\r\n`).join('');
    const { said } = await converse(served.port, [requests]);
    const titles = [...Buffer.from(said, 'latin1').toString().matchAll(/<title>1(.*?)<\/title>/g)];
    expect(titles.map(([, path]) => path)).toEqual(paths);
  });

  test('leaves its connection to node:http with the first request that is another', async () => {
    const page = 'GET /a/1.html HTTP/1.1\r\nHost: www.test\r\n\r\n';
    const post = 'POST /a/1.html HTTP/1.1\r\nHost: www.test\r\nContent-Length: 5\r\n\r\nGET /';
    const [fast, slow] = await both(page + post + page, page, last);
    expect(fast).toBe(slow);
    expect([...fast.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual([
      '200', '405', '200', '200', '200',
    ]);
  });
});

const names = ['Host', 'host', 'Accept-Encoding', 'If-None-Match', 'If-Modified-Since', 'User-Agent', 'Cookie', 'Connection', 'Range', 'Content-Length', 'Transfer-Encoding', 'Expect', 'Upgrade', 'X-Other', 'Host ', ' Folded', ''];
const values = ['www.test', 'unit.test', 'evil.example', 'gzip', 'br;q=0, gzip', '*', '"x"', 'Thu, 26 Nov 2026 00:00:00 GMT', 'keep-alive', 'close', 'bytes=0-5', '0', '3', 'chunked', '100-continue', 'websocket', '', ' x', 'x ', 'a\tb', 'caf\u00e9', 'a\0b', 'a\nb', 'a\rb'];
const paths = ['/', '/a/1.html', '/a/1.html?x=1', '/gone.html', '/old.html', '/zwgk', '/zwgk/', '/index.html', '/nothing', '/a//1.html', '/a/../hosts.json', '/%2e%2e/secret.txt', '/a/1.html%00', '/static/site.css', '/static/../secret.txt', '/a/1.html.gz', '/.well-known/security.html', 'http://www.test/', '*', '//', '/a/1.html#x', '/\u00e4'];

const field = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...values), fc.constantFrom(': ', ':', ' : ', ''), fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r')).map((parts) => {
  const [name, value, colon, end] = parts;
  return `${name}${colon}${value}${end}`;
});
const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'get', 'GETT', 'OPTIONS'),
  path: fc.constantFrom(...paths),
  version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'http/1.1'),
  host: fc.constantFrom('Host: www.test\r\n', 'Host: www.test\r\n', ''),
  fields: fc.array(field, { maxLength: 3 }),
  body: fc.constantFrom('', '', '', 'abc', '0\r\n\r\n', 'GET /zwgk/ HTTP/1.1\r\nHost: www.test\r\n\r\n'),
}).map((one) => `${one.method} ${one.path} ${one.version}\r\n${one.host}${one.fields.join('')}\r\n${one.body}`);

test('whatever is sent, in whatever pieces, the answer is that of node:http', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 3 }), fc.nat(400), async (requests, cut) => {
      const all = requests.join('') + last;
      const [fast, slow] = await both(...(cut < all.length ? [all.slice(0, cut), all.slice(cut)] : [all]));
      expect(fast).toBe(slow);
    }),
    { numRuns: 400 },
  );
}, 120_000);

test('nothing that says where a request ends, or holds an odd character, is read by the fast path', () => {
  fc.assert(
    fc.property(request, (one) => {
      if (!understood(one)) return;
      const head = one.slice(0, one.indexOf('\r\n\r\n'));
      expect(head).toMatch(/^(GET|HEAD) \/[\w.~/-]*(\?\S*)? HTTP\/1\.1\r\n/);
      expect(head).not.toMatch(/content-length|transfer-encoding|expect|upgrade:|range|close|[^\x20-\x7e\r\n]/i);
      expect(head.match(/^host:/gim)).toHaveLength(1);
    }),
    { numRuns: 5_000 },
  );
});
