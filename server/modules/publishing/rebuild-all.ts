import { beginBackground } from './background.queries.ts';
import { buildPages } from './build-pages.ts';
import { claimPages, markForced, markKeys, markStoredPages } from './dirty.queries.ts';
import { pagesAfter } from './page.queries.ts';
import type { PageDefinition } from './page.types.ts';
import {
  addReports,
  type BuildReport,
  emptyReport,
  HOSTS,
  type PublishingEngine,
} from './publishing-engine.ts';

import { rebuildDirty } from './rebuild-dirty.ts';

const KEYS_PER_BATCH = 200;
const KEYS_PER_WALK = 5_000;
/** While one batch waits for its files, the next one is loaded and rendered. */
const BATCHES_AT_ONCE = 3;

async function* keysOfDefinition(engine: PublishingEngine, definition: PageDefinition, limit: number) {
  for (let after: string | null = null; ;) {
    const keys: readonly string[] = await definition.allKeys(engine.db, after, limit);
    if (keys.length === 0) return;
    yield keys;
    after = keys.at(-1) ?? null;
  }
}

/** Stored pages that no definition names any more. */
async function* forgottenKeys(engine: PublishingEngine, known: ReadonlySet<string>) {
  for (let after = ''; ;) {
    const rows = await pagesAfter(engine.db, after, KEYS_PER_WALK);
    if (rows.length === 0) return;
    yield rows.map((row) => row.key).filter((key) => !known.has(key));
    after = rows.at(-1)?.key ?? '';
  }
}

async function buildKeys(
  engine: PublishingEngine,
  keys: readonly string[],
  rank: number,
): Promise<BuildReport> {
  return engine.db.transaction().execute(async (trx) => {
    const claims = await claimPages(trx, keys);
    const mine = new Set(claims.map((claim) => claim.key));
    const others = keys.filter((key) => !mine.has(key));
    // Another worker is building these, perhaps from what was there a moment ago.
    if (others.length > 0) await markKeys(engine.db, others, rank);
    if (claims.length === 0) return { ...emptyReport, postponed: others.length };
    const report = await buildPages(engine, trx, claims, 1);
    return { ...report, taken: keys.length, postponed: report.postponed + others.length };
  });
}

export interface FullRebuildOptions {
  readonly onProgress?: (done: BuildReport) => void;
}

/**
 * Builds every page of every definition, now, with the function that single publications use, and
 * removes pages that exist no longer. For the first start and after a change of templates; pages that
 * another worker holds stay dirty for it.
 */
export async function fullRebuild(
  engine: PublishingEngine,
  options: FullRebuildOptions = {},
): Promise<BuildReport> {
  let total = emptyReport;
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];

  const build = async (keys: readonly string[], rank: number): Promise<void> => {
    if (running.size >= BATCHES_AT_ONCE) await Promise.race(running);
    if (failures.length > 0) throw failures[0];
    const one = buildKeys(engine, keys, rank).then(
      (report) => {
        total = addReports(total, report);
        options.onProgress?.(total);
      },
      (error: unknown) => {
        failures.push(error);
      },
    );
    running.add(one);
    void one.finally(() => running.delete(one));
  };
  const finish = async (): Promise<void> => {
    await Promise.all(running);
    if (failures.length > 0) throw failures[0];
  };

  await build([HOSTS], 0);
  const inOrder = [...engine.definitions].sort((one, other) => one.rank - other.rank);
  const known = new Set<string>([HOSTS]);
  for (const definition of inOrder) {
    for await (const keys of keysOfDefinition(engine, definition, KEYS_PER_BATCH)) {
      for (const key of keys) known.add(key);
      await build(keys, definition.rank);
    }
  }
  await finish();
  for await (const keys of forgottenKeys(engine, known)) if (keys.length > 0) await build(keys, 0);
  await finish();
  // What one batch had to leave because another one stood in its way.
  for (let taken = 1; taken > 0;) {
    const report = await rebuildDirty(engine, { limit: KEYS_PER_BATCH });
    taken = report.taken - report.postponed;
    total = addReports(total, report);
  }
  return total;
}

/**
 * Marks everything, in the background class: workers rebuild it when nobody waits for anything else.
 * `forced` writes every file again, even when it should be there already.
 */
export async function markAll(
  engine: PublishingEngine,
  options: { readonly forced?: boolean } = {},
): Promise<void> {
  const { db } = engine;
  await markKeys(db, [HOSTS], 0);
  for (const definition of engine.definitions) {
    for await (const keys of keysOfDefinition(engine, definition, KEYS_PER_WALK)) {
      if (options.forced === true) await markForced(db, keys, 1);
      else await markKeys(db, keys, definition.rank);
    }
  }
  for (let after: string | null = ''; after !== null;)
    after = await markStoredPages(db, after, KEYS_PER_WALK);
  await beginBackground(db);
}
