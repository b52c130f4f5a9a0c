import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { answersIn, aPageServer, converse, type ServedPages } from '../../../test/factories/served-pages.ts';

let served: ServedPages;
/** Lets its clients go sooner. */
let hasty: ServedPages;
beforeAll(async () => {
  served = await aPageServer();
  hasty = await aPageServer({ limits: { patience: { first: 300, next: 400, reading: 500 } } });
});
afterAll(async () => {
  await served.close();
  await hasty.close();
});

const host = 'Host: www.test\r\n';
const page = `GET /a/1.html HTTP/1.1\r\n${host}\r\n`;
const last = `GET /zwgk/ HTTP/1.1\r\n${host}Connection: close\r\n\r\n`;
const statusesIn = (said: string): readonly string[] => answersIn(said).map((answer) => answer.slice(9, 12));

/** Alive, and says what it always says. */
async function isWell(): Promise<boolean> {
  const said = await Promise.all(
    [served, hasty].map(({ port }) => converse(port, [last], { silence: 2_000 })),
  );
  return said.every((one) => one.said.startsWith('HTTP/1.1 200'));
}

describe('an address that leads out of the pages', () => {
  test.each([
    '/../secret.txt',
    '/../../secret.txt',
    '/a/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%2f..%2fsecret.txt',
    '/..%5c..%5csecret.txt',
    '/..\\..\\secret.txt',
    '/%252e%252e/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/....//secret.txt',
    '/./../secret.txt',
    '//secret.txt',
    '/static/../secret.txt',
    '/static/%2e%2e/secret.txt',
    '/static/..%2fsecret.txt',
    '/a/1.html/../../../secret.txt',
    '/hosts.json',
    '/../hosts.json',
    '/.hosts/www.test/a/1.html',
    '/.staging/x',
    '/a/1.html.gz',
    '/a/1.html.br',
    '/a/1.html%00.txt',
    '/a%0d%0aX-Injected:%201',
    '/\u0000',
    `/${'a'.repeat(3_000)}`,
    `/${'a/'.repeat(1_500)}`,
    `/${'%2e%2e%2f'.repeat(300)}secret.txt`,
  ])('%s: gets no file', async (path) => {
    for (const port of [served.port, served.slowPort]) {
      const { said } = await converse(port, [`GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`], {
        silence: 3_000,
      });
      expect(said).toMatch(/^HTTP\/1\.1 (4\d\d|503) /);
      expect(said).not.toMatch(/a secret beside|www\.test"|^X-Injected/m);
    }
  });
});

describe('a request that two servers might read differently', () => {
  const smuggled = `GET /unseen.html HTTP/1.1\r\n${host}\r\n`;
  test.each([
    [
      'with a length and chunks',
      `GET / HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      'with two lengths',
      `GET / HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: ${String(smuggled.length)}\r\n\r\n${smuggled}`,
    ],
    ['with a signed length', `GET / HTTP/1.1\r\n${host}Content-Length: +0\r\n\r\n${smuggled}`],
    [
      'with chunks under a folded name',
      `GET / HTTP/1.1\r\n${host}X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      'with a space before the colon',
      `GET / HTTP/1.1\r\n${host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['with an unknown coding', `GET / HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n${smuggled}`],
    ['with a lone line feed', `GET / HTTP/1.1\n${host}\n${smuggled}`],
    [
      'with a lone line feed in a value',
      `GET / HTTP/1.1\r\n${host}Accept: a\nTransfer-Encoding: chunked\r\n\r\n${smuggled}`,
    ],
    [
      'with a lone carriage return',
      `GET / HTTP/1.1\r\n${host}Accept: a\rTransfer-Encoding: chunked\r\n\r\n${smuggled}`,
    ],
    ['with a NUL', `GET / HTTP/1.1\r\n${host}Accept: a\0b\r\n\r\n${smuggled}`],
    ['with two hosts', `GET / HTTP/1.1\r\n${host}Host: unit.test\r\n\r\n${smuggled}`],
    ['without a host', `GET / HTTP/1.1\r\n\r\n${smuggled}`],
    ['with a word for a version', `GET / HTTP/1.1x\r\n${host}\r\n${smuggled}`],
    ['with three words and more', `GET / x HTTP/1.1\r\n${host}\r\n${smuggled}`],
    ['with a tab after the method', `GET\t/ HTTP/1.1\r\n${host}\r\n${smuggled}`],
  ])('%s: is refused, or read as node:http reads it', async (_what, request) => {
    const [fast, slow] = await Promise.all(
      [served.port, served.slowPort].map((port) => converse(port, [request])),
    );
    const refused = ['400', ''];
    const allowed = [...statusesIn(slow?.said ?? ''), ...refused];
    for (const status of statusesIn(fast?.said ?? '')) expect(allowed).toContain(status);
    // Whoever cannot tell where it ends must not answer what follows.
    expect(fast?.said).not.toMatch(/^HTTP\/1\.1 404/m);
  });

  test('after a page: the page is answered, and nothing that hides behind it', async () => {
    const post = `POST / HTTP/1.1\r\n${host}Content-Length: ${String(smuggled.length)}\r\n\r\n${smuggled}`;
    const { said } = await converse(served.port, [page + post + last]);
    expect(statusesIn(said)).toEqual(['200', '405', '200']);
  });
});

describe('too much', () => {
  test('of headers is answered with 431', async () => {
    for (const line of [`X-Long: ${'a'.repeat(17_000)}\r\n`, 'X-Many: a\r\n'.repeat(2_000)]) {
      const { said, ended } = await converse(served.port, [`GET / HTTP/1.1\r\n${host}${line}\r\n`]);
      expect([said.slice(0, 12), ended]).toEqual(['HTTP/1.1 431', true]);
    }
  });

  test('of ranges, or ranges too large, never sends more than the page once', async () => {
    const many = `bytes=${Array.from({ length: 800 }, (_, at) => `${String(at)}-${String(at + 1)}`).join(',')}`;
    const huge = 'bytes=0-99999999999999999999';
    for (const range of [many, huge, 'bytes=-99999999999999999999', 'bytes=99999999999-', 'bytes=0-,0-,0-']) {
      const { said } = await converse(served.port, [
        `GET /a/1.html HTTP/1.1\r\n${host}Connection: close\r\nRange: ${range}\r\n\r\n`,
      ]);
      expect(said).toMatch(/^HTTP\/1\.1 (200|206|416) /);
      expect(said.length).toBeLessThan(4_000);
    }
  });

  test('of requests at once is answered as far as it is read', async () => {
    const flood = page.repeat(5_000);
    const { said } = await converse(served.port, [flood, last], { silence: 3_000 });
    expect(statusesIn(said)).toHaveLength(5_001);
    expect(await isWell()).toBe(true);
  });

  test('of nothing but noise ends the connection', async () => {
    const noise = Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 7 + (at >> 3)) % 256));
    expect((await converse(served.port, [noise])).ended).toBe(true);
    expect(await isWell()).toBe(true);
  }, 30_000);
});

const open = (): Promise<Socket> =>
  new Promise((done) => {
    const socket = connect({ port: hasty.port, host: '127.0.0.1' }, () => {
      done(socket);
    });
    socket.on('error', () => undefined);
  });

const ended = (socket: Socket): Promise<unknown> => new Promise((done) => socket.once('close', done));

describe('a client that takes its time', () => {
  test.each([
    ['says nothing', []],
    ['stops in the middle of a request', ['GET /a/1.html HT']],
    ['stops in the middle of the headers', [`GET /a/1.html HTTP/1.1\r\n${host}`]],
    ['asks for nothing more', [page]],
  ])('and %s: is let go', async (_what, pieces) => {
    const socket = await open();
    socket.resume();
    for (const piece of pieces) socket.write(piece);
    await ended(socket);
  });

  test('and sends a header now and then: is told 408', async () => {
    const socket = await open();
    let said = '';
    socket.on('data', (chunk) => (said += chunk.toString()));
    socket.write(`GET /a/1.html HTTP/1.1\r\n${host}`);
    const drip = setInterval(() => socket.write('Accept: a\r\n'), 40);
    await ended(socket);
    clearInterval(drip);
    expect(said).toMatch(/^HTTP\/1\.1 408 /);
  });

  test.each([
    ['by the hundred', 100, 80],
    ['by the thousand', 2_000, 4],
  ])(
    'and does not read what it asks for %s: costs little memory, and is let go',
    async (_how, pages, times) => {
      const serverSides: Socket[] = [];
      const remember = (socket: Socket): void => {
        serverSides.push(socket);
      };
      hasty.pages.server.on('connection', remember);
      const clients = await Promise.all(Array.from({ length: 6 }, open));
      while (serverSides.length < clients.length) await sleep(5);
      hasty.pages.server.off('connection', remember);
      const gone = Promise.all(serverSides.map(ended));
      for (let at = 0; at < times; at += 1) {
        for (const socket of clients) socket.write(page.repeat(pages));
        await sleep(5);
        for (const socket of serverSides) expect(socket.writableLength).toBeLessThan(500_000);
      }
      await gone;
      for (const socket of clients) socket.destroy();
      expect(await isWell()).toBe(true);
    },
    30_000,
  );
});
