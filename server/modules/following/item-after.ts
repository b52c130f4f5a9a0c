import type { ItemRow } from './item.queries.ts';
import type { Seen } from './prepare-take.ts';
import type { SubscriptionRow } from './subscription.queries.ts';

/** What an item says after this, beginning with what it said before. */
export function itemAfter(
  { pass }: Pick<SubscriptionRow, 'pass'>,
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
    ...change,
  };
}
