import { connect, type Socket } from 'node:net';

import { quantile } from './figures.ts';

export interface PacedOrder {
  readonly port: number;
  readonly path: string;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
}

export interface PacedResult {
  /** Requests a second that were answered. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

const connections = 64;

interface Line {
  readonly socket: Socket;
  /** When the request on the line was due; undefined while the line is free. */
  due: number | undefined;
  received: number;
}

/**
 * Sends requests when they are due, whether or not earlier ones were answered, and counts a request's time from
 * when it was due: a server that stalls is seen by every request that it kept waiting.
 */
export async function pacedLatencies(order: PacedOrder): Promise<PacedResult> {
  const request = `GET ${order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n\r\n`;
  const answerBytes = await sizeOfAnswer(order.port, request);
  const latencies: number[] = [];
  const free: Line[] = [];
  const waiting: number[] = [];
  const send = (line: Line, due: number): void => {
    line.due = due;
    line.received = 0;
    line.socket.write(request);
  };
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(order.port)));
  for (const line of lines) {
    free.push(line);
    line.socket.on('data', (bytes) => {
      line.received += bytes.length;
      if (line.received < answerBytes || line.due === undefined) return;
      latencies.push(performance.now() - line.due);
      line.due = undefined;
      const due = waiting.shift();
      if (due === undefined) free.push(line);
      else send(line, due);
    });
  }
  const started = performance.now();
  await everyTick(order, started, (due) => {
    const line = free.pop();
    if (line) send(line, due);
    else waiting.push(due);
  });
  const elapsed = (performance.now() - started) / 1000;
  for (const line of lines) line.socket.destroy();
  return {
    rate: latencies.length / elapsed,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  };
}

function everyTick(order: PacedOrder, started: number, fire: (due: number) => void): Promise<void> {
  const total = order.rate * order.seconds;
  let fired = 0;
  return new Promise((done) => {
    const tick = (): void => {
      const now = performance.now();
      for (; fired < total && started + (fired * 1000) / order.rate <= now; fired += 1) {
        fire(started + (fired * 1000) / order.rate);
      }
      if (fired < total) setImmediate(tick);
      // The last answers still come in.
      else setTimeout(done, 50);
    };
    tick();
  });
}

function openLine(port: number): Promise<Line> {
  return new Promise((done, failed) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', failed);
    socket.once('connect', () => {
      done({ socket, due: undefined, received: 0 });
    });
  });
}

/** All answers are alike: they are counted by their bytes. */
async function sizeOfAnswer(port: number, request: string): Promise<number> {
  const { socket } = await openLine(port);
  return new Promise((done, failed) => {
    let answer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      answer = Buffer.concat([answer, bytes]);
      const head = answer.indexOf('\r\n\r\n');
      const length = /content-length: (\d+)/i.exec(answer.subarray(0, head).toString())?.[1];
      if (head < 0) return;
      if (!answer.toString('latin1').startsWith('HTTP/1.1 200') || length === undefined) {
        failed(new Error(answer.subarray(0, head).toString()));
      } else if (answer.length >= head + 4 + Number(length)) {
        socket.destroy();
        done(answer.length);
      }
    });
    socket.write(request);
  });
}
