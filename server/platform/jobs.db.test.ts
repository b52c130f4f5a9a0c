import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromKysely } from 'pg-boss';

import { aDatabase } from '../../test/harness.ts';
import { createJobs, createQueues, startWorkers } from './jobs.ts';
import { createLog } from './log.ts';

describe('a job', () => {
  const database = aDatabase();
  const log = createLog({ level: 'silent', pretty: false });
  const sender = createJobs({ url: database.url, log, listens: false });
  const worker = createJobs({ url: database.url, log, listens: true });
  const done: string[] = [];
  let failures = 0;

  beforeAll(async () => {
    await createQueues(database.url, ['test.do-thing', 'test.fail-once']);
    await sender.start();
    await worker.start();
    await startWorkers(
      worker,
      [
        {
          name: 'test.do-thing',
          handle: (payloads) => Promise.resolve(void done.push(...payloads.map((one) => one['id'] ?? ''))),
        },
        {
          name: 'test.fail-once',
          handle: (payloads) => {
            failures += 1;
            if (failures === 1) return Promise.reject(new Error('not yet'));
            return Promise.resolve(void done.push(...payloads.map((one) => one['id'] ?? '')));
          },
        },
      ],
      log,
    );
  });
  afterAll(async () => {
    await worker.stop({ graceful: false });
    await sender.stop({ graceful: false });
  });

  const send = (name: string, id: string, fails = false) =>
    database.db.transaction().execute(async (trx) => {
      await sender.send(name, { id }, { db: fromKysely(trx) });
      if (fails) throw new Error('undone');
    });
  const isDone = (id: string) =>
    expect.poll(() => done.filter((one) => one === id).length, { timeout: 15_000, interval: 50 }).toBe(1);

  it('is done when the transaction that sent it is kept, and never when it is not', async () => {
    await expect(send('test.do-thing', 'undone', true)).rejects.toThrow('undone');
    await send('test.do-thing', 'kept');
    await isDone('kept');
    expect(done).not.toContain('undone');
  });

  it('is done within a second, because the worker is told', async () => {
    await send('test.do-thing', 'first');
    await isDone('first');
    const started = performance.now();
    await send('test.do-thing', 'second');
    await isDone('second');
    expect(performance.now() - started).toBeLessThan(2_500);
  });

  it('that failed is tried again', async () => {
    await send('test.fail-once', 'tried twice');
    await isDone('tried twice');
    expect(failures).toBe(2);
  });

  it('keeps its queue when the queues are created again', async () => {
    await createQueues(database.url, ['test.do-thing', 'test.fail-once']);
    await send('test.do-thing', 'afterwards');
    await isDone('afterwards');
  });
});
