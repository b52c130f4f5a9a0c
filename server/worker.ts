import { setTimeout as sleep } from 'node:timers/promises';

import type { Parts } from './app.ts';
import { createEngine } from './app.ts';
import {
  applyEvent as markPages,
  createPublisher,
  fullRebuild,
  markAll,
  type Publisher,
  type PublishingEngine,
} from './modules/publishing/index.ts';
import { applyEvent as markDocuments, createIndexer, type Indexer, openSearchIndex } from './modules/search/index.ts';
import { runDue } from './modules/sites/index.ts';
import { eventsById } from './platform/events.ts';
import { type JobDefinition, startWorkers } from './platform/jobs.ts';
import { readSetting, writeSetting } from './platform/settings.ts';

export interface Worker {
  readonly publisher: Publisher;
  readonly indexer: Indexer;
  readonly engine: PublishingEngine;
  /** When every event so far has reached pages and index. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** How often the due query is asked. The hour stands in the database; this only bounds how late it is read. */
const dueEveryMilliseconds = 1_000;
const fingerprintSetting = 'publishing.fingerprint';

export async function startWorker(parts: Parts): Promise<Worker> {
  const { db, options, boss } = parts;
  const { log } = options;
  const engine = await createEngine(parts, 1);
  const index = openSearchIndex({ directory: parts.searchDirectory, log });
  const publisher = createPublisher(engine);
  const indexer = createIndexer({ db, index, searchables: parts.searchables, log });
  const stopping = new AbortController();
  const jobs: readonly JobDefinition[] = [
    {
      name: 'publishing.apply-event',
      batch: 100,
      handle: async (payloads) => {
        for (const event of await eventsById(db, payloads.map((one) => one['eventId'] ?? '0'))) {
          await markPages(db, engine.definitions, event, event.priority);
        }
        publisher.kick();
      },
    },
    {
      name: 'search.apply-event',
      batch: 200,
      handle: async (payloads) => {
        for (const event of await eventsById(db, payloads.map((one) => one['eventId'] ?? '0'))) {
          await markDocuments(db, parts.searchables, event);
        }
        indexer.kick();
      },
    },
  ];
  await startWorkers(boss, jobs, log);
  const due = runDueClock(parts, stopping.signal);
  await rebuildAfterUpgrade(parts, engine);
  publisher.kick();
  indexer.kick();
  return {
    publisher,
    indexer,
    engine,
    settled: async () => {
      await jobsDone(parts);
      await publisher.settled();
      await indexer.settled();
    },
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: 10_000 });
      await due;
      await publisher.stop();
      await indexer.stop();
      await engine.writer.stop();
      await index.close();
    },
  };
}

/** Until no job of ours waits or runs. */
async function jobsDone({ boss }: Parts): Promise<void> {
  for (;;) {
    const open = await Promise.all(
      (['publishing.apply-event', 'search.apply-event'] as const).map(async (name) => {
        const [stats] = await boss.getQueueStats(name, { force: true });
        return (stats?.queuedCount ?? 0) + (stats?.activeCount ?? 0);
      }),
    );
    if (open.every((one) => one === 0)) return;
    await sleep(50);
  }
}

async function runDueClock(parts: Parts, signal: AbortSignal): Promise<void> {
  const { db, options, performAsSystem } = parts;
  while (!signal.aborted) {
    try {
      const done = await runDue({ db, clock: options.clock, performAsSystem, log: options.log });
      // More may be due than one round takes.
      if (done > 0) continue;
    } catch (error) {
      options.log.warn({ err: error }, 'the due clock could not ask the database, trying again');
    }
    await sleep(dueEveryMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Pages that an earlier version built, or that name an old address, are built again behind everything else. */
async function rebuildAfterUpgrade(parts: Parts, engine: PublishingEngine): Promise<void> {
  const before = await readSetting(parts.db, fingerprintSetting);
  if (before === parts.fingerprint) return;
  if (before !== undefined) {
    parts.options.log.info({}, 'templates or addresses changed: all pages are rebuilt in the background');
    await markAll(engine);
  }
  await writeSetting(parts.db, fingerprintSetting, parts.fingerprint);
}

/** Every page of the district at once, for the first start. */
export async function publishEverything(worker: Worker, onProgress: (pages: number) => void): Promise<void> {
  await fullRebuild(worker.engine, { onProgress: (done) => { onProgress(done.taken); } });
  await worker.settled();
}
