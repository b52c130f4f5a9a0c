import { setTimeout as sleep } from 'node:timers/promises';

import { isBackgroundPaused, recordPace } from './background.queries.ts';
import { createBell } from './bell.ts';
import { UnfinishedBatch } from './build-pages.ts';
import { confirmReceipts } from './confirm-receipts.ts';
import { countReady, isAnyReady, markForced } from './dirty.queries.ts';
import { type BuildReport, emptyReport, type PublishingEngine } from './publishing-engine.ts';
import { clearOldReceipts } from './receipt.queries.ts';
import { rebuildDirty } from './rebuild-dirty.ts';
import { recoverIntents } from './recover-intents.ts';

const POLL_MS = 1_000;
/** A database that comes back shall not find everybody asleep. */
const LONGEST_WAIT_MS = 2_000;
const WAIT_FOR_OTHERS_MS = 20;
const PERSON_BATCH = 100;
/** Background batches are small, so that nobody who comes while they run waits long. */
const BACKGROUND_BATCH = 150;
/** While one background batch waits for its files, the next one is loaded and rendered. */
const BACKGROUND_LANES = 2;
const CLEARING_EVERY_MS = 3_600_000;

export interface Publisher {
  /** There is something to do. */
  readonly kick: () => void;
  /** Resolves when no page is waiting that could be built now. */
  settled(): Promise<void>;
  /** Finishes the batch in hand. */
  stop(): Promise<void>;
}

/** Rebuilds dirty pages as long as it runs. Any number of publishers may work on one database. */
export function createPublisher(engine: PublishingEngine): Publisher {
  const stopping = new AbortController();
  const bell = createBell();
  /** Pages of batches that did not end well, with how it ended: what lies in the store is uncertain. */
  const uncertain = new Map<string, UnfinishedBatch>();
  let personsBatch: Promise<unknown> = Promise.resolve();
  let nextClearing = 0;

  const markUncertain = async (): Promise<void> => {
    if (uncertain.size === 0) return;
    const marked = new Map(uncertain);
    await markForced(engine.db, [...marked.keys()], 0);
    // Another batch with the same page may have failed meanwhile.
    for (const [key, end] of marked) if (uncertain.get(key) === end) uncertain.delete(key);
  };

  const buildAll = async (build: () => Promise<BuildReport>): Promise<void> => {
    while (!stopping.signal.aborted) {
      await markUncertain();
      await engine.giveWay?.();
      const started = performance.now();
      const report = await build();
      if (report.taken === 0) return;
      const milliseconds = Math.round(performance.now() - started);
      if (report.written + report.removed > 0) {
        engine.log.info({ ...report, milliseconds }, 'pages rebuilt');
        engine.onRecorded?.();
      }
      if (report.failed > 0) engine.log.error({ ...report }, 'pages cannot be built');
      if (report.postponed === report.taken) await sleep(WAIT_FOR_OTHERS_MS);
    }
  };

  const buildForPersons = async (): Promise<void> => {
    await recoverIntents(engine);
    await buildAll(async () => {
      if (!(await isAnyReady(engine.db, 0))) return emptyReport;
      const batch = rebuildDirty(engine, { limit: PERSON_BATCH, priority: 0 });
      personsBatch = batch.catch(() => undefined);
      return batch;
    });
    await confirmReceipts(engine);
    if (performance.now() < nextClearing) return;
    nextClearing = performance.now() + CLEARING_EVERY_MS;
    await clearOldReceipts(engine.db);
  };

  const buildInBackground = (): Promise<void> =>
    buildAll(async () => {
      if (!(await isAnyReady(engine.db, 1)) || (await isBackgroundPaused(engine.db))) return emptyReport;
      await personsBatch;
      const report = await rebuildDirty(engine, { limit: BACKGROUND_BATCH, priority: 1 });
      await recordPace(engine.db, report.taken - report.postponed);
      return report;
    });

  const runLane = async (buildWhatWaits: () => Promise<void>): Promise<void> => {
    const waitForWork = bell.createEar();
    for (let failures = 0; !stopping.signal.aborted;) {
      try {
        await buildWhatWaits();
        failures = 0;
      } catch (error) {
        if (error instanceof UnfinishedBatch) for (const key of error.keys) uncertain.set(key, error);
        failures += 1;
        engine.log.warn({ err: error, failures }, 'pages could not be rebuilt, trying again');
      }
      await waitForWork(Math.min(POLL_MS * Math.max(1, failures), LONGEST_WAIT_MS));
    }
  };

  const run = async (): Promise<void> => {
    await engine.store.sweep().catch((error: unknown) => {
      engine.log.warn({ err: error }, 'the staging folder cannot be swept');
    });
    const inBackground = Array.from({ length: BACKGROUND_LANES }, () => runLane(buildInBackground));
    await Promise.all([runLane(buildForPersons), ...inBackground]);
  };
  const running = run();

  return {
    kick: () => {
      bell.ring();
    },
    async settled() {
      while (uncertain.size > 0 || (await countReady(engine.db)) > 0) {
        bell.ring();
        await sleep(10);
      }
    },
    async stop() {
      stopping.abort();
      bell.ring();
      await running;
    },
  };
}
