import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  createFileReader,
  createFileStore,
  createInlineWriter,
  createPageServer,
  type PageServer,
  type PageServerOptions,
  type PageStore,
} from '../../server/modules/publishing/index.ts';
import { silentLog, toyKey } from './toy-pages.ts';

/** A page server over a few pages, without a database: their seals vouch for them. */
export interface ServedPages {
  readonly pages: PageServer;
  readonly store: PageStore;
  readonly directory: string;
  /** Answers on the socket itself where it can. */
  readonly port: number;
  /** The same server behind plain node:http. */
  readonly slowPort: number;
  close(): Promise<void>;
}

export const text = (title: string): string =>
  `<!doctype html><html><head><title>${title}</title></head><body>${'政府信息公开 '.repeat(60)}</body></html>`;

async function fill(store: PageStore): Promise<void> {
  const writer = createInlineWriter(store, toyKey);
  const page = (site: string, path: string) => ({
    site,
    path,
    state: { outcome: 'page' as const, mediaType: 'text/html', bytes: Buffer.from(text(`${site}${path}`)) },
    fresh: true,
  });
  await writer.settle(
    [
      ...['/', '/a/1.html', '/zwgk/', '/.well-known/security.html'].map((path) => page('1', path)),
      page('2', '/'),
      page('2', '/404.html'),
      {
        site: '1',
        path: '/gone.html',
        state: { outcome: 'gone', bytes: Buffer.from(text('gone')) },
        fresh: true,
      },
      {
        site: '1',
        path: '/old.html',
        state: { outcome: 'moved', bytes: Buffer.from('/a/1.html') },
        fresh: true,
      },
    ],
    0,
  );
  await store.putHosts(Buffer.from(JSON.stringify({ 'www.test': '1', 'unit.test': '2' })));
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

export async function aPageServer(options: Partial<PageServerOptions> = {}): Promise<ServedPages> {
  const directory = await mkdtemp(join(tmpdir(), 'jiyue-served-'));
  const store = createFileStore(join(directory, 'pages'));
  await fill(store);
  await mkdir(join(directory, 'static'));
  await writeFile(join(directory, 'static', 'site.css'), 'body{color:#123}'.repeat(90));
  await writeFile(join(directory, 'secret.txt'), 'a secret beside the pages');
  const pages = await createPageServer({
    reader: createFileReader(join(directory, 'pages')),
    staticDirectory: join(directory, 'static'),
    key: toyKey,
    log: silentLog,
    ...options,
  });
  await pages.listen(0);
  const slow = createServer({ maxHeaderSize: 16_384, keepAliveTimeout: 15_000 }, pages.handle);
  await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done));
  return {
    pages,
    store,
    directory,
    port: portOf(pages.server),
    slowPort: portOf(slow),
    async close() {
      const ended = pages.close();
      pages.server.closeAllConnections();
      await ended;
      slow.close();
      slow.closeAllConnections();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

interface Conversation {
  /** Whether the next piece waits for an answer to the one before, as far as one comes. */
  readonly patient?: boolean;
  /** Milliseconds of silence that end it. */
  readonly silence?: number;
}

const NO_ANSWER_MS = 400;
const ANSWERED_MS = 4;

/** What a server says, byte by byte, to what is sent piece by piece, until it ends or falls silent. */
export async function converse(
  port: number,
  pieces: readonly (string | Buffer)[],
  { patient = false, silence = 150 }: Conversation = {},
): Promise<{ readonly said: string; readonly ended: boolean }> {
  const chunks: Buffer[] = [];
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const state = { ended: false, heardAt: 0 };
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    state.heardAt = performance.now();
  });
  const end = (): void => {
    state.ended = true;
  };
  socket.on('end', end).on('error', end).on('close', end);
  for (const piece of pieces) {
    const sentAt = performance.now();
    socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece);
    await sleep(2);
    const isWaitedFor = (): boolean => {
      const now = performance.now();
      return state.heardAt > sentAt ? now - state.heardAt < ANSWERED_MS : now - sentAt < NO_ANSWER_MS;
    };
    while (patient && !state.ended && isWaitedFor()) await sleep(1);
  }
  const sentAt = performance.now();
  while (!state.ended && performance.now() - Math.max(state.heardAt, sentAt) < silence) await sleep(1);
  socket.destroy();
  return { said: Buffer.concat(chunks).toString('latin1'), ended: state.ended };
}

/** The single answers in what a server said; the second in which each was given is left out. */
export function answersIn(said: string): readonly string[] {
  return said.replaceAll(/^Date: .*\r\n/gm, '').split(/(?<!^)(?=HTTP\/1\.1 \d)/);
}
