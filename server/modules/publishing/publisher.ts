import { setTimeout as sleep } from 'node:timers/promises';

import { UnfinishedBatch } from './build-pages.ts';
import { countReady, markForced } from './dirty.queries.ts';
import type { BuildReport, PublishingEngine } from './publishing-engine.ts';
import { rebuildDirty } from './rebuild-dirty.ts';
import { recoverIntents } from './recover-intents.ts';

const POLL_MS = 1_000;
/** A database that comes back shall not find everybody asleep. */
const LONGEST_WAIT_MS = 2_000;
const WAIT_FOR_OTHERS_MS = 20;
/** Background batches are small, so that nobody who comes while one runs waits long. */
const PERSON_BATCH = 100;
const BACKGROUND_BATCH = 150;

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
  /** Pages of batches that did not end well: what lies in the store is uncertain. */
  const uncertain = new Set<string>();
  let wake: (() => void) | undefined;
  let kicked = false;
  let failures = 0;

  const waitForWork = async (milliseconds: number): Promise<void> => {
    if (kicked || stopping.signal.aborted) return;
    const timer = new AbortController();
    await Promise.race([
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
      sleep(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
    wake = undefined;
  };

  const buildBatch = async (): Promise<BuildReport> => {
    if (uncertain.size > 0) {
      await markForced(engine.db, [...uncertain], 0);
      uncertain.clear();
    }
    const urgent = await rebuildDirty(engine, { limit: PERSON_BATCH, priority: 0 });
    return urgent.taken > 0 ? urgent : rebuildDirty(engine, { limit: BACKGROUND_BATCH, priority: 1 });
  };

  const buildAll = async (): Promise<void> => {
    await recoverIntents(engine);
    while (!stopping.signal.aborted) {
      const started = performance.now();
      const report = await buildBatch();
      if (report.taken === 0) return;
      const milliseconds = Math.round(performance.now() - started);
      if (report.written + report.removed > 0) engine.log.info({ ...report, milliseconds }, 'pages rebuilt');
      if (report.failed > 0) engine.log.error({ ...report }, 'pages cannot be built');
      if (report.postponed === report.taken) await sleep(WAIT_FOR_OTHERS_MS);
    }
  };

  const run = async (): Promise<void> => {
    await engine.store.sweep().catch((error: unknown) => {
      engine.log.warn({ err: error }, 'the staging folder cannot be swept');
    });
    while (!stopping.signal.aborted) {
      kicked = false;
      try {
        await buildAll();
        failures = 0;
      } catch (error) {
        if (error instanceof UnfinishedBatch) for (const key of error.keys) uncertain.add(key);
        failures += 1;
        engine.log.warn({ err: error, failures }, 'pages could not be rebuilt, trying again');
      }
      await waitForWork(Math.min(POLL_MS * Math.max(1, failures), LONGEST_WAIT_MS));
    }
  };
  const running = run();

  const kick = (): void => {
    kicked = true;
    wake?.();
  };

  return {
    kick,
    async settled() {
      while (uncertain.size > 0 || (await countReady(engine.db)) > 0) {
        kick();
        await sleep(10);
      }
    },
    async stop() {
      stopping.abort();
      wake?.();
      await running;
    },
  };
}
