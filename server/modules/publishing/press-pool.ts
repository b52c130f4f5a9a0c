import { Worker } from 'node:worker_threads';

import type { PagePlace } from './open-store.ts';
import type { Priority } from './page.types.ts';
import type { PageWriter } from './page-writer.ts';
import type { PressReply, PressSetup } from './press.types.ts';
import type { AddressChange } from './settle-address.ts';

/**
 * Of what people wait for: few enough to spread one publication's pages over the threads. In the background: more, for
 * the sake of the processor's caches (measured: 9 % more pages a second), but not so many that somebody waits long behind one.
 */
const CHANGES_PER_ORDER: Readonly<Record<Priority, number>> = { 0: 8, 1: 32 };
/** One in hand and one to go on with: whoever waits for the others may still be overtaken. */
const ORDERS_PER_PRESS = 2;

export interface ThreadWriterOptions {
  readonly place: PagePlace;
  readonly key: Uint8Array;
  readonly threads: number;
}

interface WaitingOrder {
  readonly done: (troubles: readonly (string | null)[]) => void;
  readonly failed: (error: Error) => void;
}

interface Order extends WaitingOrder {
  readonly changes: readonly AddressChange[];
}

interface Press {
  readonly worker: Worker;
  readonly waiting: Map<number, WaitingOrder>;
}

// Compiled, the files beside this one end in .js as it does itself.
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './press-worker.ts' : './press-worker.js',
  import.meta.url,
);

interface PressEars {
  readonly onReply: () => void;
  readonly onEnd: (press: Press) => void;
}

function startPress(setup: PressSetup, { onReply, onEnd }: PressEars): Press {
  const worker = new Worker(workerFile, { workerData: setup, name: 'page-press' });
  const press: Press = { worker, waiting: new Map() };
  const end = (error: Error): void => {
    for (const order of press.waiting.values()) order.failed(error);
    press.waiting.clear();
    onEnd(press);
  };
  worker.on('message', (reply: PressReply) => {
    const order = press.waiting.get(reply.id);
    press.waiting.delete(reply.id);
    if (press.waiting.size === 0) worker.unref();
    if ('error' in reply) order?.failed(new Error(reply.error));
    else order?.done(reply.troubles);
    onReply();
  });
  worker.on('error', (error) => {
    end(error instanceof Error ? error : new Error(String(error)));
  });
  worker.on('exit', () => {
    end(new Error('a page press ended'));
  });
  worker.unref();
  return press;
}

/** Compresses and writes page files in threads of their own, started when first needed. */
export function createThreadWriter(options: ThreadWriterOptions): PageWriter {
  const setup: PressSetup = { place: options.place, key: options.key };
  const presses: Press[] = [];
  const queues: Readonly<Record<Priority, Order[]>> = { 0: [], 1: [] };
  let orders = 0;
  let stopped = false;

  const freePress = (): Press | undefined => {
    const idle = presses.find((press) => press.waiting.size === 0);
    if (idle) return idle;
    if (presses.length < options.threads) {
      const press = startPress(setup, { onReply: dispatch, onEnd: forget });
      presses.push(press);
      return press;
    }
    const best = presses.reduce((one, other) => (other.waiting.size < one.waiting.size ? other : one));
    return best.waiting.size < ORDERS_PER_PRESS ? best : undefined;
  };

  /** Hands out what waits, people's pages first, as far as presses are free. */
  function dispatch(): void {
    while (!stopped && queues[0].length + queues[1].length > 0) {
      const press = freePress();
      if (press === undefined) return;
      const order = queues[0].shift() ?? queues[1].shift();
      if (order === undefined) return;
      orders += 1;
      press.waiting.set(orders, order);
      press.worker.ref();
      press.worker.postMessage({ id: orders, changes: order.changes });
    }
  }

  function forget(press: Press): void {
    const at = presses.indexOf(press);
    if (at >= 0) presses.splice(at, 1);
    dispatch();
  }

  const send = (changes: readonly AddressChange[], priority: Priority): Promise<readonly (string | null)[]> =>
    new Promise((done, failed) => {
      if (stopped) failed(new Error('the page presses were stopped'));
      else queues[priority].push({ changes, done, failed });
    });

  return {
    async settle(changes, priority) {
      const sent: Promise<readonly (string | null)[]>[] = [];
      const size = CHANGES_PER_ORDER[priority];
      for (let at = 0; at < changes.length; at += size)
        sent.push(send(changes.slice(at, at + size), priority));
      dispatch();
      // All must have ended, not only the first that failed: the caller gives up its locks after this.
      const settled = await Promise.allSettled(sent);
      return settled.flatMap((one) => {
        if (one.status === 'rejected') throw one.reason;
        return one.value;
      });
    },
    async stop() {
      stopped = true;
      for (const order of [...queues[0].splice(0), ...queues[1].splice(0)])
        order.failed(new Error('the page presses were stopped'));
      await Promise.all(presses.map((press) => press.worker.terminate()));
    },
  };
}
