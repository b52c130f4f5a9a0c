import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';

import type { TrainingOrder, TrainingReply } from './spelling.types.ts';

export interface TrainingThread {
  /** Rejects with the reason why the thread cannot answer, also when it broke before it was asked. */
  readonly tell: (order: TrainingOrder, signal: AbortSignal) => Promise<TrainingReply>;
}

/** Listens from the beginning: a thread that breaks while nobody asks it anything would end the process. */
export function listenTo(thread: Worker): TrainingThread {
  const gone = new Promise<never>((_, reject) => {
    thread.once('error', reject);
    thread.once('exit', () => {
      reject(new Error('the training thread ended'));
    });
  });
  gone.catch(() => undefined);
  return {
    async tell(order, signal) {
      thread.postMessage(order);
      const [reply] = (await Promise.race([once(thread, 'message', { signal }), gone])) as [TrainingReply];
      if (reply.kind === 'failed') throw new Error(`spelling could not be learned: ${reply.reason}`);
      return reply;
    },
  };
}
