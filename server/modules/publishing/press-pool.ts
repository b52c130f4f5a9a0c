import { Worker } from 'node:worker_threads';

import type { PageWriter } from './page-writer.ts';
import type { PressReply, PressSetup } from './press.types.ts';
import type { AddressChange } from './settle-address.ts';

/** Small enough to spread one publication's pages over the threads. */
const CHANGES_PER_ORDER = 8;

export interface ThreadWriterOptions {
  readonly directory: string;
  readonly key: Uint8Array;
  readonly threads: number;
  readonly durable?: boolean;
}

interface WaitingOrder {
  readonly done: (troubles: readonly (string | null)[]) => void;
  readonly failed: (error: Error) => void;
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

function startPress(setup: PressSetup, onEnd: (press: Press) => void): Press {
  const worker = new Worker(workerFile, { workerData: setup, name: 'page-press' });
  const press: Press = { worker, waiting: new Map() };
  const end = (error: Error): void => {
    onEnd(press);
    for (const order of press.waiting.values()) order.failed(error);
    press.waiting.clear();
  };
  worker.on('message', (reply: PressReply) => {
    const order = press.waiting.get(reply.id);
    press.waiting.delete(reply.id);
    if (press.waiting.size === 0) worker.unref();
    if ('error' in reply) order?.failed(new Error(reply.error));
    else order?.done(reply.troubles);
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
  const setup: PressSetup = {
    directory: options.directory,
    key: options.key,
    durable: options.durable ?? false,
  };
  const presses: Press[] = [];
  let orders = 0;

  const forget = (press: Press): void => {
    const at = presses.indexOf(press);
    if (at >= 0) presses.splice(at, 1);
  };

  const leastBusyPress = (): Press => {
    const idle = presses.find((press) => press.waiting.size === 0);
    if (idle) return idle;
    if (presses.length < options.threads) {
      const press = startPress(setup, forget);
      presses.push(press);
      return press;
    }
    return presses.reduce((best, press) => (press.waiting.size < best.waiting.size ? press : best));
  };

  const send = (changes: readonly AddressChange[]): Promise<readonly (string | null)[]> =>
    new Promise((done, failed) => {
      const press = leastBusyPress();
      orders += 1;
      press.waiting.set(orders, { done, failed });
      press.worker.ref();
      press.worker.postMessage({ id: orders, changes });
    });

  return {
    async settle(changes) {
      const sent: Promise<readonly (string | null)[]>[] = [];
      for (let at = 0; at < changes.length; at += CHANGES_PER_ORDER) {
        sent.push(send(changes.slice(at, at + CHANGES_PER_ORDER)));
      }
      // All must have ended, not only the first that failed: the caller gives up its locks after this.
      const settled = await Promise.allSettled(sent);
      return settled.flatMap((one) => {
        if (one.status === 'rejected') throw one.reason;
        return one.value;
      });
    },
    async stop() {
      await Promise.all(presses.map((press) => press.worker.terminate()));
    },
  };
}
