import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { addressOf, createAddressLimit, senderOf, subscriberOf } from './address-limit.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, subscriber) => {
  expect(subscriberOf(address)).toBe(subscriber);
});

test('an address may do its burst at once, then as many acts as its rate gives', () => {
  const may = createAddressLimit({ rate: 2, burst: 3 });
  expect([0, 0, 0, 0].map((now) => may('192.0.2.1', now))).toEqual([true, true, true, false]);
  expect(may('192.0.2.2', 0)).toBe(true);
  expect([499, 500, 501].map((now) => may('192.0.2.1', now))).toEqual([false, true, false]);
});

test('whatever comes when, nobody does more than burst and rate allow', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(2_000), { maxLength: 80 }), (pauses) => {
      const may = createAddressLimit({ rate: 5, burst: 10 });
      let [now, done] = [0, 0];
      for (const pause of pauses) {
        now += pause;
        if (may('192.0.2.1', now)) done += 1;
        expect(done).toBeLessThanOrEqual(10 + (now * 5) / 1_000 + 1e-6);
      }
    }),
  );
});

test('a rate of 0 sets no limit, and the addresses remembered are bounded', () => {
  const free = createAddressLimit({ rate: 0, burst: 0 });
  expect(free('192.0.2.1', 0)).toBe(true);
  const may = createAddressLimit({ rate: 1, burst: 1, most: 2 });
  expect(['a', 'a', 'b', 'a', 'c'].map((one) => may(one, 0))).toEqual([true, false, true, false, true]);
  // Only b, which did nothing for longest, was forgotten.
  expect([may('a', 0), may('c', 0), may('b', 0)]).toEqual([false, false, true]);
});

test('the address that a proxy wrote counts only where one is trusted, and of several the last', async () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(addressOf(request, false), addressOf(request, true));
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  for (const stated of ['198.51.100.9, 203.0.113.5', 'nonsense'])
    await new Promise((done) =>
      httpRequest({ port, host: '127.0.0.1', headers: { 'x-forwarded-for': stated } }, (response) => {
        response.resume().on('end', done);
      }).end(),
    );
  server.close();
  expect(seen).toEqual(['127.0.0.1', '203.0.113.5', '127.0.0.1', '127.0.0.1']);
});

test('counts a request under the subscriber that our own proxy names', () => {
  const asked = (remoteAddress: string, forwarded?: string) =>
    ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress } }) as never;
  expect(senderOf(asked('127.0.0.1', '1.2.3.4, 203.0.113.9'), true)).toBe('203.0.113.9');
  expect(senderOf(asked('127.0.0.1', '203.0.113.9'), false)).toBe('127.0.0.1');
  expect(senderOf(asked('2001:db8:1:2:3:4:5:6'), false)).toBe(
    senderOf(asked('2001:0DB8:1:2:ffff::1'), false),
  );
});
