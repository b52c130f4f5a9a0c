import type { ItemState } from '../../../contracts/following.ts';
import { retryAfter } from './follow-pace.rules.ts';
import type { ItemRow } from './item.queries.ts';
import type { Seen } from './prepare-take.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** In these it is not known yet whether it is shown again here. */
const undecided: ReadonlySet<ItemState> = new Set(['set-aside', 'refused', 'waiting']);

interface At {
  readonly pass: SubscriptionRow['pass'];
  readonly now: Date;
}

/** What an item says after this, beginning with what it said before. */
export function itemAfter(
  { pass, now }: At,
  seen: Seen,
  before: ItemRow | undefined,
  change: Pick<ItemRow, 'state'> & Partial<ItemRow>,
): ItemRow {
  return {
    sourceId: seen.sourceId,
    resourceId: before?.resourceId ?? null,
    digest: seen.digest,
    mark: seen.mark,
    title: seen.title,
    url: seen.url,
    indexNumber: seen.indexNumber,
    columnId: before?.columnId ?? null,
    awaits: [],
    problem: null,
    pass,
    isDown: undecided.has(change.state) && wasTakenDown(before),
    setAside: change.state === 'set-aside' ? setAsideAgain(before, now) : null,
    ...change,
  };
}

/** Ours was taken down because its origin was, and nothing was shown since. */
export const wasTakenDown = (item: ItemRow | undefined): boolean =>
  item !== undefined && (item.state === 'removed' || item.isDown);

function setAsideAgain(before: ItemRow | undefined, now: Date): NonNullable<ItemRow['setAside']> {
  const tries = (before?.setAside?.tries ?? 0) + 1;
  return {
    tries,
    since: before?.setAside?.since ?? now,
    retryAt: new Date(now.getTime() + retryAfter(tries)),
  };
}
