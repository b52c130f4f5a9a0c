import { setImmediate as aWhile } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import { expect, it } from 'vitest';

import { listenTo } from './training-thread.ts';

const aThread = (code: string) => {
  const thread = new Worker(code, { eval: true });
  const ended = new Promise((done) => thread.once('exit', done));
  return { ended, talk: listenTo(thread) };
};
const ask = (talk: ReturnType<typeof listenTo>) => talk.tell({ kind: 'finish' }, AbortSignal.timeout(5_000));

it('a thread that broke while nobody asked ends no process, and says why when it is asked', async () => {
  const { ended, talk } = aThread(`throw new Error('no memory')`);
  await ended;
  await aWhile();
  await expect(ask(talk)).rejects.toThrow('no memory');
});

it('a thread that ends instead of answering is not waited for', async () => {
  const { talk } = aThread(`require('node:worker_threads').parentPort.once('message', () => process.exit())`);
  await expect(ask(talk)).rejects.toThrow('the training thread ended');
});
