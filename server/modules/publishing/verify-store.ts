import { raiseAlarms } from './alarm.queries.ts';
import { findDifference, findStrays } from './compare-store.ts';
import { markForced } from './dirty.queries.ts';
import { addressesInHand, pagesAfter, pagesAt } from './page.queries.ts';
import type { PageRow, StoreProblem } from './page.types.ts';
import type { PublishingEngine } from './publishing-engine.ts';

export interface StoreDifference {
  readonly site: string;
  readonly path: string;
  readonly problem: StoreProblem;
}

export interface VerifyOptions {
  readonly key: Uint8Array;
  /** Have what differs written again, and strays removed. */
  readonly restore?: boolean;
  readonly onProgress?: (pages: number) => void;
}

const PAGES_PER_BATCH = 200;
const MOST_DIFFERENCES = 10_000;

async function isOutdated(engine: PublishingEngine, row: PageRow): Promise<boolean> {
  // A page that changed while it was read has another row by now.
  const [now] = await pagesAt(engine.db, [row]);
  return now?.digest !== row.digest || now.outcome !== row.outcome;
}

async function* strayNames(engine: PublishingEngine, site: string): AsyncGenerator<readonly string[]> {
  let names: string[] = [];
  for await (const name of engine.store.list(site)) {
    names.push(name);
    if (names.length < PAGES_PER_BATCH) continue;
    yield await findStrays(engine, site, names);
    names = [];
  }
  if (names.length > 0) yield await findStrays(engine, site, names);
}

async function* differingPages(
  engine: PublishingEngine,
  options: VerifyOptions,
): AsyncGenerator<StoreDifference> {
  let pages = 0;
  for (let after = ''; ;) {
    const rows = await pagesAfter(engine.db, after, PAGES_PER_BATCH);
    if (rows.length === 0) return;
    after = rows.at(-1)?.key ?? '';
    for (const row of rows) {
      const problem = await findDifference(engine, row, options.key);
      if (problem === undefined || (await isOutdated(engine, row))) continue;
      if (options.restore === true) await markForced(engine.db, [row.key], 0);
      yield { site: row.site, path: row.path, problem };
    }
    pages += rows.length;
    options.onProgress?.(pages);
  }
}

async function* strayFiles(
  engine: PublishingEngine,
  options: VerifyOptions,
): AsyncGenerator<StoreDifference> {
  for (const site of await engine.store.sites()) {
    for await (const names of strayNames(engine, site)) {
      for (const name of names) {
        if (options.restore === true) await engine.store.remove(site, name);
        yield { site, path: `/${name}`, problem: 'stray' };
      }
    }
  }
}

/** Reads the whole page store and compares it with the database. Differences are capped at 10,000. */
export async function verifyStore(
  engine: PublishingEngine,
  options: VerifyOptions,
): Promise<readonly StoreDifference[]> {
  const differences: StoreDifference[] = [];
  for (const found of [differingPages(engine, options), strayFiles(engine, options)]) {
    for await (const difference of found) {
      differences.push(difference);
      if (differences.length >= MOST_DIFFERENCES) return differences;
    }
  }
  return differences;
}

/**
 * Has the page at an address written again, because what lies there is not what was published. Where a worker is just
 * changing the files, nothing is wrong: they are there before they are recorded, and gone before they are forgotten.
 */
export async function restorePage(
  engine: Pick<PublishingEngine, 'db'>,
  site: string,
  path: string,
): Promise<void> {
  const rows = await pagesAt(engine.db, [{ site, path }]);
  if (rows.length === 0 || (await addressesInHand(engine.db, [{ site, path }])).length > 0) return;
  await raiseAlarms(engine.db, [{ site, path, problem: 'changed' }]);
  await markForced(
    engine.db,
    rows.map((row) => row.key),
    0,
  );
}
