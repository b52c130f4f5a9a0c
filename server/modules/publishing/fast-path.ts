import type { Server } from 'node:http';
import type { Socket } from 'node:net';

import type { CachedContent, Variant } from './cached-page.ts';
import { type Encoding, matchesEtag } from './negotiate.ts';
import type { Patience } from './page-port.ts';
import { isPlainText, type PlainRequest, readPlainRequest } from './plain-request.ts';
import { LARGEST_READY_BODY, type ReadyAnswers } from './ready-answers.ts';

export interface FastPathOptions {
  readonly server: Server;
  /** The page when it is in memory and may be given without a look at the disk. */
  readonly peek: (host: string, path: string) => CachedContent | undefined;
  /** The page, or undefined when node:http shall answer; must not fail. */
  readonly find: (host: string, path: string) => Promise<CachedContent | undefined>;
  readonly encodingFor: (acceptEncoding: string | undefined) => Encoding;
  readonly answers: ReadyAnswers;
  readonly patience: Patience;
}

export interface FastPath {
  /** Ends the connections that wait for nothing; the others after their answer. */
  close(): void;
}

const LARGEST_CHUNK = 8_192;
const LOOK_EVERY_MS = 1_000;

interface Line {
  readonly socket: Socket;
  since: number;
  patience: number;
  /** A page is being looked for, or the client has not read its answer. */
  busy: boolean;
}

/**
 * Answers the requests that nearly all are (a complete, common GET or HEAD of a page that is in memory) with one
 * write of bytes made beforehand. It takes no decision of its own: whatever is not exactly that goes to node:http
 * with its connection, from the first byte that was not answered, and stays there.
 */
export function openFastPath(options: FastPathOptions): FastPath {
  const { server, answers, patience } = options;
  const lines = new Set<Line>();
  const [serveByNode] = server.listeners('connection') as ((socket: Socket) => void)[];
  if (serveByNode === undefined) throw new TypeError('not a server of node:http');
  let isClosing = false;
  let now = performance.now();

  const answerOf = (request: PlainRequest, page: CachedContent): Buffer | undefined => {
    const variant: Variant = page.variants[options.encodingFor(request.acceptEncoding)];
    if (
      page.status === 200 &&
      request.ifNoneMatch !== undefined &&
      matchesEtag(request.ifNoneMatch, page.etags)
    )
      return answers.unchanged(variant);
    if (request.isHead) return answers.head(page, variant);
    return variant.body.length > LARGEST_READY_BODY ? undefined : answers.whole(page, variant);
  };

  const accept = (socket: Socket): void => {
    const line: Line = { socket, since: performance.now(), patience: patience.first, busy: false };

    const forget = (): void => {
      lines.delete(line);
      socket.off('data', onData);
      socket.off('drain', onDrain);
      socket.off('end', onEnd);
      socket.off('error', onError);
      socket.off('close', forget);
    };
    /** What was read and not answered comes once more, when the connection is read again. */
    const putBack = (chunk: Buffer, from: number): void => {
      socket.pause();
      if (from < chunk.length) socket.unshift(from === 0 ? chunk : chunk.subarray(from));
    };
    const handOver = (chunk: Buffer, from: number): void => {
      putBack(chunk, from);
      forget();
      serveByNode.call(server, socket);
      socket.resume();
    };
    /** True when the client reads fast enough to be given more. */
    const send = (bytes: Buffer): boolean => {
      line.since = now;
      line.patience = patience.next;
      if (socket.write(bytes) && !isClosing) return true;
      line.busy = true;
      line.patience = patience.reading;
      if (isClosing) socket.destroySoon();
      return false;
    };
    const search = async (request: PlainRequest, chunk: Buffer, from: number): Promise<void> => {
      line.busy = true;
      putBack(chunk, request.end);
      const page = await options.find(request.host, request.path);
      if (socket.destroyed) return;
      line.busy = false;
      const bytes = page && answerOf(request, page);
      // Nothing was read meanwhile: before what was put back stands only this request.
      if (bytes === undefined) handOver(chunk.subarray(from, request.end), 0);
      else if (send(bytes)) socket.resume();
    };
    const onData = (chunk: Buffer): void => {
      const text = chunk.length > LARGEST_CHUNK ? '' : chunk.toString('latin1');
      if (text === '' || !isPlainText(text)) {
        handOver(chunk, 0);
        return;
      }
      now = performance.now();
      for (let at = 0; at < text.length;) {
        const request = readPlainRequest(text, at);
        if (request === undefined) {
          handOver(chunk, at);
          return;
        }
        const page = options.peek(request.host, request.path);
        if (page === undefined) {
          void search(request, chunk, at);
          return;
        }
        const bytes = answerOf(request, page);
        if (bytes === undefined) {
          handOver(chunk, at);
          return;
        }
        at = request.end;
        if (!send(bytes)) {
          putBack(chunk, at);
          return;
        }
      }
    };
    const onDrain = (): void => {
      line.busy = false;
      line.patience = patience.next;
      line.since = performance.now();
      socket.resume();
    };
    const onEnd = (): void => {
      socket.end();
    };
    const onError = (): void => {
      socket.destroy();
    };
    socket.on('data', onData);
    socket.on('drain', onDrain);
    socket.on('end', onEnd);
    socket.on('error', onError);
    socket.on('close', forget);
    lines.add(line);
  };

  server.off('connection', serveByNode);
  server.on('connection', accept);

  const clock = setInterval(
    () => {
      now = performance.now();
      for (const line of lines) if (now - line.since > line.patience) line.socket.destroy();
    },
    Math.min(LOOK_EVERY_MS, patience.first),
  );
  clock.unref();

  return {
    close() {
      isClosing = true;
      clearInterval(clock);
      for (const line of lines) if (!line.busy) line.socket.destroy();
    },
  };
}
