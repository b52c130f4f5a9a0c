import { setTimeout as sleep } from 'node:timers/promises';

import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { forgetDigests, hasDueKeys, markDirty, recordedIndexId } from './document.queries.ts';
import { indexDirty } from './index-dirty.ts';
import { rebuildHoldingLock } from './reindex-all.ts';
import type { SearchIndex } from './search-index.ts';
import type { Searchable } from './search.types.ts';
import { withWriterLock } from './writer-lock.ts';

export interface IndexerParts {
  readonly db: Db;
  readonly index: SearchIndex;
  readonly searchables: readonly Searchable[];
  readonly log: Log;
  /** Milliseconds between two writes under load; the first one after a pause is done at once. */
  readonly pace?: number;
  /** Milliseconds without work after which the last writes are compacted. */
  readonly rest?: number;
}

export interface Indexer {
  /** There may be work. Returns at once. */
  readonly kick: () => void;
  /** Rebuilds the whole index from the database, while indexing and searching go on. */
  rebuild(): Promise<void>;
  /** When nothing is due any more. */
  settled(): Promise<void>;
  /** Ends after the batch in hand. */
  stop(): Promise<void>;
}

const afterFailure = 1_000;
const whileOthersWrite = 250;
/** How often postponed pages are looked at again when nobody kicks. */
const idleCheck = 30_000;

export function createIndexer(parts: IndexerParts): Indexer {
  const { db, index, log } = parts;
  const pace = parts.pace ?? 200;
  const restTime = parts.rest ?? 3_000;
  let running: Promise<void> | undefined;
  let wanted = false;
  let stopping = false;
  let background: Promise<void> | undefined;
  let wakeUp: () => void = () => undefined;
  let rebuildWanted = false;
  let checked = false;
  let rest: NodeJS.Timeout | undefined;
  let rested = false;
  let rebuildWaiters: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  /** Written after the connection may have been lost: another process may have written them meanwhile. */
  const doubtful = new Set<string>();

  const watched: Pick<SearchIndex, 'apply' | 'stats'> = {
    stats: () => index.stats(),
    async apply(batch) {
      const keys = [...batch.upserts.map((document) => document.key), ...batch.deletes];
      for (const key of keys) doubtful.add(key);
      await index.apply(batch);
    },
  };

  async function settleDoubts(held: Db): Promise<void> {
    if (doubtful.size === 0) return;
    const keys = [...doubtful];
    await forgetDigests(held, keys);
    await markDirty(held, keys);
    doubtful.clear();
  }

  async function isRebuildNeeded(held: Db): Promise<boolean> {
    if (rebuildWanted) return true;
    try {
      if (!checked) await index.check();
      checked = true;
      return (await index.stats()).id !== (await recordedIndexId(held));
    } catch (error) {
      log.warn({ err: error }, 'search index cannot be opened and is rebuilt');
      return true;
    }
  }

  function endRebuild(error?: unknown): void {
    const waiting = rebuildWaiters;
    rebuildWaiters = [];
    for (const { resolve, reject } of waiting) {
      if (error === undefined) resolve();
      else reject(error);
    }
  }

  async function rebuildNow(): Promise<void> {
    rebuildWanted = false;
    try {
      await rebuildHoldingLock(parts);
      endRebuild();
    } catch (error) {
      endRebuild(error);
      throw error;
    }
  }

  /** Long work beside the indexing; its failure is told and tried again with the next batch. */
  function startBackground(name: string, work: () => Promise<void>): void {
    background = work()
      .catch((error: unknown) => {
        log.error({ err: error, work: name }, 'search index maintenance failed');
      })
      .finally(() => {
        background = undefined;
        wakeUp();
      });
  }

  async function workHolding(held: Db): Promise<void> {
    await settleDoubts(held);
    if (await isRebuildNeeded(held)) {
      // A rebuild after a failed one is not started in a tight loop: it counts as a failure of the round.
      const before = await recordedIndexId(held);
      startBackground('rebuild', rebuildNow);
      await background;
      if ((await recordedIndexId(held)) === before) throw new Error('the search index could not be rebuilt');
    }
    while (!stopping) {
      const done = await indexDirty(held, { ...parts, index: watched });
      doubtful.clear();
      if (rebuildWanted && !background) startBackground('rebuild', rebuildNow);
      if (!background && isCompactionDue()) startBackground('compaction', () => index.compact());
      if (done > 0) await sleep(pace);
      else if (background) await waitForNews();
      else if (!rebuildWanted) break;
    }
    await background;
  }

  function isCompactionDue(): boolean {
    const need = index.needsCompaction();
    const due = need === 'now' || (need === 'later' && rested);
    rested = false;
    return due;
  }

  /** When nothing comes for a while, what was written last is compacted too, so that searches are at their fastest. */
  function compactAtRest(): void {
    clearTimeout(rest);
    if (stopping || index.needsCompaction() === 'no') return;
    rest = setTimeout(() => {
      rested = true;
      kick();
    }, restTime);
    rest.unref();
  }

  async function waitForNews(): Promise<void> {
    if (wanted) {
      wanted = false;
      return;
    }
    await new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    wanted = false;
  }

  async function work(): Promise<void> {
    while (!stopping && (wanted || rebuildWanted)) {
      wanted = false;
      try {
        const held = await withWriterLock(db, async (connection) => {
          await workHolding(connection);
          return true;
        });
        if (!held && (rebuildWanted || (await hasDueKeys(db)))) {
          wanted = true;
          await sleep(whileOthersWrite);
        }
      } catch (error) {
        log.error({ err: error }, 'indexing failed and is tried again');
        // Perhaps the files are damaged; the next round looks.
        checked = false;
        wanted = true;
        await sleep(afterFailure);
      }
    }
  }

  function kick(): void {
    wanted = true;
    wakeUp();
    if (stopping) return;
    running ??= work().finally(() => {
      running = undefined;
      compactAtRest();
      // A kick between the last look and this line must not be lost.
      if (wanted && !stopping) kick();
    });
  }

  const timer = setInterval(kick, idleCheck);
  timer.unref();

  return {
    kick,
    async settled() {
      kick();
      while (running) await running;
    },
    rebuild() {
      return new Promise<void>((resolve, reject) => {
        rebuildWaiters.push({ resolve, reject });
        rebuildWanted = true;
        kick();
      });
    },
    async stop() {
      stopping = true;
      clearInterval(timer);
      clearTimeout(rest);
      wakeUp();
      await running;
    },
  };
}
