import { setTimeout as sleep } from 'node:timers/promises';

import type { Provenance } from '../../platform/page-definition.ts';
import { appendEntries, unloggedAddresses } from '../transparency/index.ts';
import { logEntryOf } from './log-versions.ts';
import { lockAddresses, pagesAfter, pagesAt } from './page.queries.ts';
import type { PageRow } from './page.types.ts';
import { kindOf, type PublishingEngine } from './publishing-engine.ts';

const PAGES_PER_BATCH = 500;
const WAIT_FOR_OTHERS_MS = 500;

async function provenanceOf(
  engine: PublishingEngine,
  rows: readonly PageRow[],
): Promise<ReadonlyMap<string, Provenance>> {
  const found = new Map<string, Provenance>();
  for (const definition of engine.definitions) {
    const keys = rows.map((row) => row.key).filter((key) => kindOf(key) === definition.kind);
    if (keys.length === 0) continue;
    // A page that cannot be loaded now stands there all the same.
    const loaded = await definition.load(engine.db, keys).catch(() => []);
    for (const { key, provenance } of loaded) if (provenance) found.set(key, provenance);
  }
  return found;
}

/** Answers how many of these pages somebody is changing at this moment. */
async function adoptBatch(engine: PublishingEngine, rows: readonly PageRow[]): Promise<number> {
  const unlogged = await unloggedAddresses(engine.db, rows);
  if (unlogged.length === 0) return 0;
  return engine.db.transaction().execute(async (trx) => {
    // Held until the commit: a newer version of the page must not come to stand in the log before this one.
    const locked = await lockAddresses(trx, unlogged);
    const standing = await pagesAt(trx, await unloggedAddresses(trx, locked));
    const provenance = await provenanceOf(engine, standing);
    await appendEntries(
      trx,
      // Which revision these bytes were made from was not recorded.
      standing.map((row) => logEntryOf(row, provenance.get(row.key), null)),
    );
    return unlogged.length - locked.length;
  });
}

/** Brings pages into the log that were published before there was one. Safe to break off and to begin anew. */
export async function adoptPages(engine: PublishingEngine, signal: AbortSignal): Promise<void> {
  for (let left = 1; left > 0;) {
    left = 0;
    for (let after = ''; ;) {
      const rows = await pagesAfter(engine.db, after, PAGES_PER_BATCH);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.key;
      signal.throwIfAborted();
      left += await adoptBatch(engine, rows);
    }
    if (left > 0) await sleep(WAIT_FOR_OTHERS_MS, undefined, { signal });
  }
}
