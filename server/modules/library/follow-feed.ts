import type { Db } from '../../platform/db.ts';
import { feedHead } from './change-feed.queries.ts';

/** How far a step came that follows the change feed; `elsewhere` when another worker is at it. */
export type FeedStep = 'more' | 'at-the-end' | 'elsewhere';

export interface FeedFollower {
  /** Whether there may be anything to do: one cheap statement. */
  isWanted(): Promise<boolean>;
  /** Answers whether there may be more to do. */
  step(): Promise<boolean>;
}

/** Work that follows the change feed; once it has come to the end it rests until the feed goes on. */
export function followFeed(db: Db, stepOf: () => Promise<FeedStep>): FeedFollower {
  let restsAt: string | undefined;
  return {
    isWanted: async () => restsAt === undefined || (await feedHead(db)) !== restsAt,
    step: async () => {
      // What is written while the step goes on is looked at in the next.
      const head = await feedHead(db);
      const outcome = await stepOf();
      restsAt = outcome === 'at-the-end' ? head : undefined;
      return outcome === 'more';
    },
  };
}
