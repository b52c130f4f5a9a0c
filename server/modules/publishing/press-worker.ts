import { parentPort, workerData } from 'node:worker_threads';

import { openPageStore } from './open-store.ts';
import { createInlineWriter } from './page-writer.ts';
import type { PressOrder, PressReply, PressSetup } from './press.types.ts';

// A thread's main file: compressing and writing pages here keeps the server's own thread free.
const setup = workerData as PressSetup;
const writer = openPageStore(setup.place).then((store) => createInlineWriter(store, setup.key));

const settle = async ({ changes }: PressOrder) => (await writer).settle(changes, 0);

parentPort?.on('message', (order: PressOrder) => {
  const answer = (reply: PressReply): void => parentPort?.postMessage(reply);
  settle(order).then(
    (troubles) => {
      answer({ id: order.id, troubles });
    },
    (error: unknown) => {
      answer({
        id: order.id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    },
  );
});
