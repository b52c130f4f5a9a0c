import { type Ctx, defineCommand } from '../../platform/context.ts';
import { endSpreading, moveSpreading, nextSpreading, withNarrower } from '../vocabulary/index.ts';
import { tellRelabelled } from './change-feed.queries.ts';
import { libraryEvents, resourceTag } from './events.ts';
import { liveIdsWithTerms } from './live.queries.ts';

/** One announcement names so many resources: pages and index take them in behind whatever people wait for. */
const batch = 500;

/**
 * The next batch of live resources that a changed term, or one below it, classifies is announced: their pages and what
 * search knows of them are made anew. The change feed tells of those that name a term itself which is called otherwise now. False when nothing
 * waits. A kill between two batches loses nothing.
 */
export const spreadTerms = defineCommand(
  'library.spread-terms',
  () => ({ kind: 'vocabulary', id: null }),
  async (ctx: Ctx): Promise<boolean> => {
    const next = await nextSpreading(ctx.db);
    if (!next) return false;
    const references = await withNarrower(ctx.db, [next.reference]);
    const part = { after: next.afterResourceId, limit: batch };
    const ids = await liveIdsWithTerms(ctx.db, references, part);
    const last = ids.at(-1);
    if (last !== undefined) {
      const tags = ids.map(resourceTag);
      await ctx.announce({ name: libraryEvents.relabelled, tags, payload: {}, priority: 1 });
      if (next.isRenamed) {
        const among = new Set(ids);
        const named = await liveIdsWithTerms(ctx.db, [next.reference], part);
        await tellRelabelled(
          ctx.db,
          named.filter((id) => among.has(id)),
        );
      }
    }
    if (last === undefined || ids.length < batch) await endSpreading(ctx.db, next.termId);
    else await moveSpreading(ctx.db, next.termId, last);
    return true;
  },
);
