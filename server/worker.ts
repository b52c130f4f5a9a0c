import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { AppOptions, Parts } from './app.ts';
import { createEngine, pressThreads } from './app.ts';
import { everyMilliseconds, holdingLock, repeat } from './clocks.ts';
import { runDueClock } from './due-clock.ts';
import { isReorganizationDue, stepReorganizations } from './modules/identity/index.ts';
import { type ImportTurn, runImports } from './modules/intake/index.ts';
import { runCompareClock } from './compare-clock.ts';
import { runFileClock } from './file-clock.ts';
import { createGiveWay } from './give-way.ts';
import { runFollowClock } from './follow-clock.ts';
import { runLinkClock } from './link-clock.ts';
import { resourceTag } from './modules/library/index.ts';
import { makePackages } from './modules/packaging/index.ts';
import { createRelocationRunner, type RelocationRunner } from './modules/relocation/index.ts';
import { recordReleases } from './modules/review/index.ts';
import {
  adoptPages,
  applyEvents as markPages,
  createPublisher,
  createStoreGuard,
  fullRebuild,
  loadPageKey,
  markAll,
  type Publisher,
  type PublishingEngine,
  settleRedirects,
  type TagsChanged,
  writeRedirectMaps,
} from './modules/publishing/index.ts';
import {
  applyEvents as markDocuments,
  createIndexer,
  type Indexer,
  openSearchIndex,
} from './modules/search/index.ts';
import { type BulkRunner, runBulk } from './modules/sites/index.ts';
import { createSequencer, loadLogSigner, type Sequencer } from './modules/transparency/index.ts';
import { isCrossed, withPatience } from './platform/db.ts';
import { createDocumentConverter } from './platform/documents/document-converter.ts';
import {
  type HearEvents,
  hearQueue,
  type StoredEvent,
  waitingDeliveries,
  waitingQueues,
} from './platform/events.ts';
import { startWorkers } from './platform/jobs.ts';
import { readSetting, writeSetting } from './platform/settings.ts';
import type { QueueName } from './queues.ts';
import { runProofreadingClock } from './proofreading-clock.ts';
import { runReviewClock } from './review-clock.ts';
import { runSpellingClock } from './spelling-clock.ts';
import { runTextClock } from './text-clock.ts';
import { runWaysClock } from './ways-clock.ts';
import { runRetrospectiveClock } from './retrospective-clock.ts';
import { runUpdateClock } from './update-clock.ts';
import { runWebhookClock } from './webhook-clock.ts';
import { reformParts } from './unit-holdings.ts';

export interface Worker {
  readonly publisher: Publisher;
  readonly indexer: Indexer;
  readonly sequencer: Sequencer;
  readonly engine: PublishingEngine;
  /** When every event so far has reached pages and index. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Nobody waits for these: nginx reads them when it is told to. */
const mapMilliseconds = 20_000;
const fingerprintSetting = 'publishing.fingerprint';
/** The addresses that pages are built for, as the program that serves them sees them. */
export const baseSetting = 'publishing.base';

export interface WorkerWishes {
  /** False beside a running program, which looks after upgrades itself. */
  readonly rebuildsAfterUpgrade?: boolean;
}

export async function startWorker(parts: Parts, wishes: WorkerWishes = {}): Promise<Worker> {
  const { db, options, boss, performAsSystem } = parts;
  const { log } = options;
  const sequencer = createSequencer({
    db,
    signer: await loadLogSigner(dirname(parts.keyFile), options.logSignature ?? 'ed25519'),
    directory: parts.logDirectory,
    log,
  });
  const stopping = new AbortController();
  const giveWay = createGiveWay(parts, stopping.signal);
  const engine = { ...(await createEngine(parts, pressThreads())), onRecorded: sequencer.kick, giveWay };
  const index = openSearchIndex({ directory: parts.searchDirectory, log });
  const publisher = createPublisher(engine);
  const guard = createStoreGuard({
    engine,
    key: await loadPageKey(parts.keyFile),
    onDirty: () => {
      publisher.kick();
    },
  });
  const indexer = createIndexer({ db, index, searchables: parts.searchables, log });
  const listeners: Readonly<Record<QueueName, Listener>> = {
    'publishing.apply-event': {
      hear: async (on, events) => {
        const changes = events.map((event) => ({ tags: event.tags, ...receiptFor(event) }));
        await markPages(on, engine.definitions, changes, events[0]?.priority ?? 0);
      },
      kick: () => {
        publisher.kick();
      },
    },
    'search.apply-event': {
      hear: (on, events) => markDocuments(on, parts.searchables, events),
      kick: () => {
        indexer.kick();
      },
    },
    'review.record-release': {
      hear: (on, events) => recordReleases(on, events.flatMap(releaseOf)),
      kick: () => undefined,
    },
  };
  const listen = async (queue: QueueName): Promise<void> => {
    const { hear, kick } = listeners[queue];
    await hearQueue(db, queue, hear, {
      onHeard: kick,
      onFailed: (event, err) => {
        log.error({ err, queue, event }, 'an event could not be heard, trying again');
      },
      giveWay,
      signal: stopping.signal,
    });
  };
  await startWorkers(
    boss,
    queuesOf(listeners).map((name) => ({ name, batch: 100, handle: () => listen(name) })),
    log,
  );
  const relocations = createRelocationRunner({
    db,
    clock: options.clock,
    log,
    store: parts.oldPages,
    assets: parts.assets,
    uploadBytes: options.uploadBytes,
    scanner: parts.scanner,
    base: options.base,
    allowPrivate: options.oldSitesPrivate ?? false,
    performAsSystem: parts.performAsSystem,
    askedAt: new Map(),
  });
  const reforms = { ...reformParts, db, clock: options.clock, performAsSystem };
  const clocks = [
    repeat(parts, stopping.signal, { trouble: 'events cannot be heard, trying again' }, async () => {
      for (const name of await waitingQueues(db, queuesOf(listeners))) await listen(name);
    }),
    runDueClock(parts, stopping.signal),
    repeat(parts, stopping.signal, { trouble: 'old sites could not be brought in, trying again' }, () =>
      runRelocations(parts, relocations, stopping.signal),
    ),
    runFollowClock(parts, stopping.signal),
    repeat(parts, stopping.signal, { trouble: 'a reorganization was broken off, trying again' }, () =>
      holdingLock(db, stopping.signal, {
        lock: reorganizationLock,
        isWanted: () => isReorganizationDue(db, options.clock()),
        act: () => stepReorganizations(reforms),
      }),
    ),
    adoptOnce(parts, engine, stopping.signal),
    importClock(parts, stopping.signal, 'inspect'),
    importClock(parts, stopping.signal, 'work'),
    runFileClock(parts, stopping.signal),
    runLinkClock(parts, stopping.signal),
    runWebhookClock(parts, stopping.signal),
    runTextClock(parts, stopping.signal),
    runWaysClock(parts, stopping.signal),
    runUpdateClock(parts, stopping.signal),
    runReviewClock(parts, stopping.signal),
    runRetrospectiveClock(parts, stopping.signal),
    repeat(parts, stopping.signal, { trouble: 'a package could not be made, trying again' }, () => {
      const { assets, exportsDirectory: directory } = parts;
      return makePackages({ db, assets, directory, clock: options.clock, log, signal: stopping.signal });
    }),
    repeat(parts, stopping.signal, { trouble: 'orders could not be done, trying again' }, async () => {
      while (!stopping.signal.aborted && (await runBulk(bulkRunner(parts), stopping.signal)));
    }),
    runCompareClock(parts, stopping.signal),
    runProofreadingClock(parts, stopping.signal),
    runSpellingClock(parts, stopping.signal),
    repeat(parts, stopping.signal, { trouble: 'redirects could not be written, trying again' }, async () => {
      while (!stopping.signal.aborted && (await settleRedirects(engine)) > 0);
    }),
    repeat(
      parts,
      stopping.signal,
      { trouble: 'the maps of redirects could not be written, trying again', pause: mapMilliseconds },
      async () => {
        // A bucket is not served by nginx.
        if (parts.pagePlace.kind === 'files') await writeRedirectMaps(db, parts.mapDirectory);
      },
    ),
  ];
  if (wishes.rebuildsAfterUpgrade !== false)
    await withPatience(() => rebuildAfterUpgrade(parts, engine), log);
  publisher.kick();
  indexer.kick();
  return {
    publisher,
    indexer,
    sequencer,
    engine,
    settled: async () => {
      while ((await waitingDeliveries(db)) > 0) await sleep(20);
      await publisher.settled();
      await indexer.settled();
    },
    stop: async () => {
      stopping.abort();
      await boss.stop({ graceful: true, timeout: 10_000 });
      await Promise.all(clocks);
      await guard.stop();
      await publisher.stop();
      await sequencer.stop();
      await indexer.stop();
      await engine.writer.stop();
      await index.close();
    },
  };
}

/** Whoever releases, withdraws or lists one resource is told when all its pages stand. */
function receiptFor({ name, at, payload, priority }: StoredEvent): Pick<TagsChanged, 'receipt'> {
  const { resourceId } = payload as Readonly<Record<string, unknown>>;
  if (priority !== 0 || typeof resourceId !== 'string') return {};
  return { receipt: { subject: resourceTag(resourceId), event: name, requestedAt: at } };
}

/** An import announces many releases at once, and none of them was reviewed here. */
function releaseOf({ payload }: StoredEvent): { resourceId: string; revisionId: string }[] {
  const { resourceId, revisionId } = payload as Readonly<Record<string, unknown>>;
  return typeof resourceId === 'string' && typeof revisionId === 'string' ? [{ resourceId, revisionId }] : [];
}

interface Listener {
  readonly hear: HearEvents;
  /** Something was heard: there is work. */
  readonly kick: () => void;
}

const queuesOf = (listeners: Readonly<Record<QueueName, Listener>>): readonly QueueName[] =>
  Object.keys(listeners) as QueueName[];

/** One number for each work that one worker does at a time: two at once would only get in each other's way. */
const relocationLock = 7_246_043;
const reorganizationLock = 7_246_075;

function runRelocations({ db }: Parts, runner: RelocationRunner, signal: AbortSignal): Promise<void> {
  return holdingLock(db, signal, {
    lock: relocationLock,
    isWanted: () => runner.isWanted(),
    act: (working) => runner.step(working),
  });
}

const bulkRunner = ({ db, options, performAsSystem }: Parts): BulkRunner => ({
  db,
  base: options.base,
  clock: options.clock,
  log: options.log,
  performAs: (actor, command, input) => performAsSystem(command, input, { actor }),
});

/** Pages that an earlier version built, or that name an old address, are built again behind everything else. */
async function rebuildAfterUpgrade(parts: Parts, engine: PublishingEngine): Promise<void> {
  const before = await readSetting(parts.db, fingerprintSetting);
  if (before === undefined || before === parts.fingerprint) return;
  parts.options.log.info({}, 'templates or addresses changed: all pages are rebuilt in the background');
  await markAll(engine);
  await writeSetting(parts.db, fingerprintSetting, parts.fingerprint);
}

/** Files to import: those that wait to be looked at in one turn, dry runs and imports in another beside it. */
async function importClock(parts: Parts, signal: AbortSignal, turn: ImportTurn): Promise<void> {
  const { db, assets, scanner, options, performAsSystem } = parts;
  const { clock, log, uploadBytes } = options;
  const converter = createDocumentConverter();
  const work = { ...{ db, assets, scanner, clock, log, uploadBytes, performAsSystem }, converter, signal };
  await repeat(parts, signal, { trouble: 'an import was broken off, trying again' }, async () => {
    while (!signal.aborted && (await runImports(work, turn)));
  });
  converter.stop();
}

const adoptedSetting = 'transparency.adopted';

/** What was published before there was a log enters it once, beside all other work. */
async function adoptOnce(parts: Parts, engine: PublishingEngine, signal: AbortSignal): Promise<void> {
  const adopt = async (): Promise<void> => {
    if ((await readSetting(parts.db, adoptedSetting)) !== undefined) return;
    await adoptPages(engine, signal);
    await writeSetting(parts.db, adoptedSetting, 'done');
  };
  for (let done = false; !done && !signal.aborted;) {
    done = await adopt().then(
      () => true,
      (error: unknown) => {
        parts.options.log.warn({ err: error }, 'pages could not be brought into the log, trying again');
        return false;
      },
    );
    if (!done) await sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

/** Longest wait for the last pages of the first start: one that cannot be built must not keep the doors shut. */
const firstStartPatience = 60_000;

/** Whether every page was published once. A first start that was cut off begins again. */
export async function wasPublished({ db }: Parts): Promise<boolean> {
  return (await readSetting(db, fingerprintSetting)) !== undefined;
}

/** How often all pages are begun again because two transactions stood in each other's way. */
const mostCrossings = 5;

const rootOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? rootOf(error.cause) : error;

/** Every page of the district at once, for the first start. */
export async function publishEverything(
  { db, fingerprint, options }: Pick<Parts, 'db' | 'fingerprint'> & { options: Pick<AppOptions, 'log'> },
  worker: Pick<Worker, 'engine' | 'settled'>,
  onProgress: (pages: number) => void,
): Promise<void> {
  for (let crossings = 0; ;) {
    try {
      await fullRebuild(worker.engine, {
        onProgress: (done) => {
          onProgress(done.taken);
        },
      });
      break;
    } catch (error) {
      // What ended the batch tells whether the database is away; pages that are done are found unchanged.
      const root = rootOf(error);
      crossings += 1;
      if (!(root instanceof Error && isCrossed(root)) || crossings > mostCrossings) throw root;
      options.log.warn({ err: error, crossings }, "two batches of pages stood in each other's way, going on");
    }
  }
  const patience = new AbortController();
  const tired = sleep(firstStartPatience, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([worker.settled(), tired]);
  patience.abort();
  await writeSetting(db, fingerprintSetting, fingerprint);
}
