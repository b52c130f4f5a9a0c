import { PgBoss } from 'pg-boss';

import { withPatience } from './db.ts';
import type { Log } from './log.ts';

/** A queue and its handler. Handlers are safe to run twice: a job may be delivered again after a crash. */
export interface JobDefinition {
  /** `<module>.<verb-noun>` */
  readonly name: string;
  /** Jobs handed to one call of `handle`. */
  readonly batch?: number;
  readonly retries?: number;
  /** Payloads hold ids only. */
  readonly handle: (payloads: readonly Readonly<Record<string, string>>[]) => Promise<void>;
}

export interface JobsOptions {
  readonly url: string;
  readonly log: Log;
  /** Workers listen; a process that only sends does not. */
  readonly listens: boolean;
}

const queueOptions = {
  notify: true,
  retryLimit: 10,
  retryBackoff: true,
  retryDelay: 1,
  retryDelayMax: 60,
  // The jobs of a killed worker are free again after this and a look of a living one.
  heartbeatSeconds: 10,
};
/** How often a worker clears up behind killed ones. What they had to do stands elsewhere and does not wait for it. */
const lookSeconds = 60;

export function createJobs(options: JobsOptions): PgBoss {
  const boss = new PgBoss({
    connectionString: options.url,
    schema: 'job',
    max: 4,
    application_name: 'jiyue-jobs',
    useListenNotify: options.listens,
    supervise: options.listens,
    superviseIntervalSeconds: lookSeconds,
    monitorIntervalSeconds: lookSeconds,
    schedule: false,
    migrate: false,
    createSchema: false,
  });
  boss.on('error', (error) => {
    options.log.warn({ err: error }, 'job queue error');
  });
  return boss;
}

/** Queues are created by the migration step, so that a sender never races a worker that has not started. */
export async function createQueues(url: string, names: readonly string[]): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'job',
    max: 2,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    for (const name of names) {
      await boss.createQueue(name, queueOptions);
      // A queue that an earlier version created keeps its old settings otherwise.
      await boss.updateQueue(name, queueOptions);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}

export async function startWorkers(boss: PgBoss, jobs: readonly JobDefinition[], log: Log): Promise<void> {
  for (const job of jobs) {
    const begin = (): Promise<string> =>
      boss.work<Record<string, string>>(
        job.name,
        { batchSize: job.batch ?? 50, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 2 },
        async (batch) => {
          const started = performance.now();
          await job.handle(batch.map((one) => one.data));
          log.debug(
            { job: job.name, jobs: batch.length, milliseconds: Math.round(performance.now() - started) },
            'jobs done',
          );
        },
      );
    await withPatience(begin, log);
  }
}
