import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { aPageServer, converse, type ServedPages, answersIn } from '../../../test/factories/served-pages.ts';
import { isPlainText, readPlainRequest } from './plain-request.ts';

let served: ServedPages;
beforeAll(async () => {
  served = await aPageServer({ extraHeaders: ['Strict-Transport-Security', 'max-age=1'] });
});
afterAll(() => served.close());

/** Ends the conversation, so that nobody waits for silence. */
const last = 'GET /zwgk/ HTTP/1.1\r\nHost: www.test\r\nConnection: close\r\n\r\n';

type Answers = readonly string[];

async function both(...pieces: string[]): Promise<readonly [fast: Answers, slow: Answers]> {
  const [fast, slow] = await Promise.all(
    [served.port, served.slowPort].map((port) => converse(port, pieces, { patient: true })),
  );
  return [answersIn(fast?.said ?? ''), answersIn(slow?.said ?? '')];
}

const statusOf = (answer: string): number => Number(answer.slice(9, 12));

const understood = (request: string): boolean =>
  isPlainText(request) && readPlainRequest(request, 0) !== undefined;

describe('a request that the fast path answers', () => {
  test.each([
    ['a page', 'GET /a/1.html HTTP/1.1\r\nHost: www.test\r\n\r\n'],
    ['a page with a query', 'GET /a/1.html?from=wechat&x=%E4%B8%80 HTTP/1.1\r\nHost: www.test:8080\r\n\r\n'],
    ['its compressed form', 'GET / HTTP/1.1\r\nHost: www.test\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n'],
    ['its headers', 'HEAD /a/1.html HTTP/1.1\r\nHost: WWW.test\r\nAccept-Encoding: gzip\r\n\r\n'],
    ['a page that was withdrawn', 'GET /gone.html HTTP/1.1\r\nHost: www.test\r\nIf-None-Match: *\r\n\r\n'],
    [
      'a page that the client has',
      'GET / HTTP/1.1\r\nhost: www.test\r\nif-none-match: *\r\nConnection: keep-alive\r\n\r\n',
    ],
    ['a style sheet', 'GET /static/site.css HTTP/1.1\r\nHost: unit.test\r\nAccept-Encoding: br\r\n\r\n'],
  ])('%s: gets, byte for byte, what node:http sends', async (_what, request) => {
    expect(understood(request)).toBe(true);
    const [fast, slow] = await both(request + request, request);
    expect(fast).toEqual(slow);
    expect(fast).toHaveLength(3);
  });

  test('may come in any number at once, and is answered in order', async () => {
    const paths = Array.from({ length: 60 }, (_, at) => ['/', '/a/1.html', '/zwgk/'][at % 3] ?? '/');
    const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: www.test\r\n\r\n`).join('');
    const { said } = await converse(served.port, [requests]);
    const titles = [
      ...Buffer.from(said, 'latin1')
        .toString()
        .matchAll(/<title>1(.*?)<\/title>/g),
    ];
    expect(titles.map(([, path]) => path)).toEqual(paths);
  });

  test('leaves its connection to node:http with the first request that is another', async () => {
    const page = 'GET /a/1.html HTTP/1.1\r\nHost: www.test\r\n\r\n';
    const post = 'POST /a/1.html HTTP/1.1\r\nHost: www.test\r\nContent-Length: 5\r\n\r\nGET /';
    const [fast, slow] = await both(page + post + page, page, last);
    expect(fast).toEqual(slow);
    expect(fast.map(statusOf)).toEqual([200, 405, 200, 200, 200]);
  });
});

const names = [
  'Host',
  'host',
  'Accept-Encoding',
  'If-None-Match',
  'If-Modified-Since',
  'User-Agent',
  'Cookie',
  'Connection',
  'Range',
  'Content-Length',
  'Expect',
  'Upgrade',
  'X-Other',
  'Host ',
  ' Folded',
];
const values = [
  'www.test',
  'unit.test',
  'evil.example',
  'gzip',
  'br;q=0, gzip',
  '*',
  '"x"',
  'Thu, 26 Nov 2026 00:00:00 GMT',
  'keep-alive',
  'close',
  'bytes=0-5',
  '0',
  '3',
  'chunked',
  '100-continue',
  'websocket',
  '',
  ' x',
  'x ',
  'a\tb',
  'caf\u00e9',
  'a\0b',
  'a\nb',
  'a\rb',
];
const paths = [
  '/',
  '/a/1.html',
  '/a/1.html?x=1',
  '/gone.html',
  '/old.html',
  '/zwgk',
  '/zwgk/',
  '/index.html',
  '/nothing',
  '/a//1.html',
  '/a/../hosts.json',
  '/%2e%2e/secret.txt',
  '/a/1.html%00',
  '/static/site.css',
  '/static/../secret.txt',
  '/.well-known/security.html',
  'http://www.test/',
  '*',
  '//',
  '/a/1.html#x',
  '/\u00e4',
];

const field = fc
  .tuple(
    fc.constantFrom(...names),
    fc.constantFrom(...values),
    fc.constantFrom(': ', ':', ' : ', ''),
    fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r'),
  )
  .map((parts) => {
    const [name, value, colon, end] = parts;
    return `${name}${colon}${value}${end}`;
  });
const request = fc
  .record({
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'get', 'GETT', 'OPTIONS'),
    path: fc.constantFrom(...paths),
    version: fc.constantFrom('HTTP/1.1', 'HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'http/1.1'),
    host: fc.constantFrom('Host: www.test\r\n', 'Host: www.test\r\n', ''),
    // Other codings are refused by node:http only after it has begun to answer.
    fields: fc.array(
      fc.oneof({ weight: 8, arbitrary: field }, fc.constant('Transfer-Encoding: chunked\r\n')),
      {
        maxLength: 3,
      },
    ),
    body: fc.constantFrom('', '', '', 'abc', '0\r\n\r\n', 'GET /zwgk/ HTTP/1.1\r\nHost: www.test\r\n\r\n'),
  })
  .map((one) => ({
    head: `${one.method} ${one.path} ${one.version}\r\n${one.host}${one.fields.join('')}\r\n`,
    body: one.body,
  }));

/** What node:http itself says to what is no request at all. */
const refusal = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';

test('whatever is sent, the answer is that of node:http', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 3 }),
      fc.nat(400),
      async (requests, cut) => {
        const all = [...requests.flatMap(({ head, body }) => [head, body]), last].filter((one) => one !== '');
        const [fast, slow] = await both(...all);
        expect(fast).toEqual(slow);
        // In other pieces node:http may end with an error before it has said what came first; never does it say more.
        const bytes = all.join('');
        const pieces = cut < bytes.length ? [bytes.slice(0, cut), bytes.slice(cut)] : [bytes];
        const [once] = await both(...pieces);
        const sound = once.filter((answer) => answer !== '' && answer !== refusal);
        expect(sound).toEqual(slow.slice(0, sound.length));
      },
    ),
    { numRuns: 100 },
  );
}, 120_000);

test('nothing that says where a request ends, or holds an odd character, is read by the fast path', () => {
  fc.assert(
    fc.property(request, ({ head }) => {
      if (!understood(head)) return;
      expect(head).toMatch(/^(GET|HEAD) \/[\w.~/-]*(\?\S*)? HTTP\/1\.1\r\n/);
      expect(head).not.toMatch(
        /^(content-length|transfer-encoding|expect|upgrade|range|connection: *close)|[^\x20-\x7e\r\n]/im,
      );
      expect(head.match(/^host:/gim)).toHaveLength(1);
    }),
    { numRuns: 5_000 },
  );
});
