import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

import { afterEach, describe, expect, it } from 'vitest';

import { createClamd, ScannerAway, type VirusScanner } from './clamd.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
});

type Play = (socket: Socket, command: string, bytes: () => Promise<Buffer>) => void | Promise<void>;
const patience = { connectMilliseconds: 500, silenceMilliseconds: 300 };

/** Something that speaks as clamd does, as far as the play says. */
async function aDaemon(play: Play): Promise<VirusScanner> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    void (async () => {
      let held = Buffer.alloc(0);
      const reader = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
      const more = async (): Promise<void> => {
        const next = await reader.next();
        if (next.done === true) throw new Error('hung up');
        held = Buffer.concat([held, next.value]);
      };
      while (!held.includes(0)) await more();
      const end = held.indexOf(0);
      const command = held.subarray(1, end).toString();
      held = held.subarray(end + 1);
      const bytes = async (): Promise<Buffer> => {
        const chunks: Buffer[] = [];
        for (;;) {
          while (held.length < 4) await more();
          const length = held.readUInt32BE(0);
          while (held.length < 4 + length) await more();
          if (length === 0) return Buffer.concat(chunks);
          chunks.push(held.subarray(4, 4 + length));
          held = held.subarray(4 + length);
        }
      };
      if (command === 'VERSION') socket.end('ClamAV 1.0.0/1/today\0');
      else await play(socket, command, bytes);
    })().catch(() => undefined);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return createClamd({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, patience);
}

const some = (megabytes = 1) =>
  Readable.from(Array.from({ length: megabytes * 16 }, () => Buffer.alloc(65_536, 'a')));

describe('asking a virus scanner', () => {
  it('sends every byte and tells what it found', async () => {
    let received = 0;
    const scanner = await aDaemon(async (socket, _command, bytes) => {
      received = (await bytes()).length;
      socket.end('stream: Made.Up.Name FOUND\0');
    });
    expect(await scanner.scan(some(3))).toEqual({
      outcome: 'infected',
      engine: 'ClamAV 1.0.0/1/today',
      infection: 'Made.Up.Name',
    });
    expect(received).toBe(3 * 1024 * 1024);
  });

  it('takes an answer that comes before everything was sent', async () => {
    const scanner = await aDaemon((socket) => {
      socket.write('INSTREAM size limit exceeded. ERROR\0');
    });
    expect(await scanner.scan(some(64))).toEqual({ outcome: 'too-large' });
  });

  it('a daemon that hangs up in the middle and answers again was given too much', async () => {
    const scanner = await aDaemon((socket) => {
      socket.resetAndDestroy();
    });
    expect(await scanner.scan(some(64))).toEqual({ outcome: 'too-large' });
  });

  it.each<[string, Play]>([
    ['is silent', () => undefined],
    [
      'talks without end',
      (socket) => {
        socket.write('x'.repeat(10_000));
      },
    ],
    ['says something else', async (socket, _command, bytes) => void (await bytes(), socket.end('hello\0'))],
  ])('a daemon that %s has said nothing of the file', async (_how, play) => {
    const scanner = await aDaemon(play);
    const verdict = await scanner.scan(some()).catch((error: unknown) => error);
    // One that breaks off and is there is told apart only by what it answers next.
    if (verdict instanceof Error) expect(verdict).toBeInstanceOf(ScannerAway);
    else expect(verdict).toEqual({ outcome: 'too-large' });
  });

  it('nobody there is said as such, and the file is closed', async () => {
    const scanner = createClamd({ path: '/nowhere/clamd.ctl' }, patience);
    const source = some();
    await expect(scanner.scan(source)).rejects.toBeInstanceOf(ScannerAway);
    expect(source.destroyed).toBe(true);
  });

  it('a file that cannot be read is the trouble of the file', async () => {
    const scanner = await aDaemon(async (socket, _command, bytes) => {
      await bytes();
      socket.end('stream: OK\0');
    });
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('begin');
        throw new Error('the disk is dead');
      })(),
    );
    await expect(scanner.scan(broken)).rejects.toThrow('the disk is dead');
  });
});
