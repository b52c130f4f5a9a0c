import { buildPages } from './build-pages.ts';
import { claimDirtyPages } from './dirty.queries.ts';
import type { Priority } from './page.types.ts';
import { type BuildReport, emptyReport, type PublishingEngine } from './publishing-engine.ts';

export interface RebuildOptions {
  readonly limit: number;
  /** Only this class; without it, background pages are taken when nobody waits for anything. */
  readonly priority?: Priority;
}

/** Builds the next dirty pages: one batch, one transaction. Any number of workers may do so at once. */
export async function rebuildDirty(engine: PublishingEngine, options: RebuildOptions): Promise<BuildReport> {
  const priorities: readonly Priority[] = options.priority === undefined ? [0, 1] : [options.priority];
  return engine.db.transaction().execute(async (trx) => {
    for (const priority of priorities) {
      const claims = await claimDirtyPages(trx, priority, options.limit);
      if (claims.length > 0) return buildPages(engine, trx, claims, priority);
    }
    return emptyReport;
  });
}
