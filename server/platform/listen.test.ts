import { createServer, get, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';

import { afterEach, expect, test } from 'vitest';

import { listenOn } from './listen.ts';

const opened: Server[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

function aServer(name: string): Server {
  const server = createServer((_request, response) => response.end(name));
  opened.push(server);
  return server;
}

const ask = (port: number, host: string): Promise<string> =>
  new Promise((done, failed) => {
    get({ port, host, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', done);
    }).on('error', failed);
  });

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((one) => one?.address === '::1');

test('a server on all addresses answers both families, or IPv4 where there is no other', async () => {
  const { port } = await listenOn(aServer('here'), { port: 0, host: '::' });
  expect(await ask(port, '127.0.0.1')).toBe('here');
  const sixth = await ask(port, '::1').catch(() => undefined);
  expect(sixth).toBe(hasIpv6 ? 'here' : undefined);
});

test('two servers share a port, and one that leaves is not missed', async () => {
  const [one, other] = [aServer('one'), aServer('other')];
  const { port } = await listenOn(one, { port: 0, host: '127.0.0.1', shared: true });
  await listenOn(other, { port, host: '127.0.0.1', shared: true });
  const heard = new Set<string>();
  for (let asked = 0; asked < 200 && heard.size < 2; asked += 1) heard.add(await ask(port, '127.0.0.1'));
  expect([...heard].sort()).toEqual(['one', 'other']);
  await new Promise((done) => one.close(done));
  for (let asked = 0; asked < 50; asked += 1) expect(await ask(port, '127.0.0.1')).toBe('other');
});

test('a port that somebody does not share is refused', async () => {
  const { port } = await listenOn(aServer('one'), { port: 0, host: '127.0.0.1' });
  await expect(listenOn(aServer('other'), { port, host: '127.0.0.1', shared: true })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
