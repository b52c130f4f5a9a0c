import type { Db } from '../../platform/db.ts';
import { type AskedKey, markDirtyByTags } from './dirty.queries.ts';
import type { PageDefinition, Priority } from './page.types.ts';
import { HOSTS } from './publishing-engine.ts';
import { openReceipts, type ReceiptWish, reopenReceipts } from './receipt.queries.ts';

/** How many pages of one event go before other people's; what citizens see first is among them. */
const PAGES_AT_ONCE = 500;

export interface TagsChanged {
  readonly tags: readonly string[];
  /** Given when somebody wants to know when all its pages stand. */
  readonly receipt?: ReceiptWish;
}

/**
 * Marks every page that events touch: those made from one of their tags and those that a definition names for a tag.
 * Safe to repeat. Several are marked in one statement, in the order of the keys, and each as if it were alone: how
 * many pages go first is judged by its own. Answers how many pages are dirty because of them.
 */
export async function applyEvents(
  db: Db,
  definitions: readonly PageDefinition[],
  events: readonly TagsChanged[],
  priority: Priority,
): Promise<number> {
  const acts = events
    .map((event) => ({ ...event, tags: [...new Set(event.tags)] }))
    .filter((event) => event.tags.length > 0);
  if (acts.length === 0) return 0;
  const followed = acts.flatMap(({ receipt }, act) => (receipt === undefined ? [] : [{ act, receipt }]));
  const receiptIds = await openReceipts(
    db,
    followed.map((one) => one.receipt),
  );
  const marked = await markDirtyByTags(db, {
    tags: acts.flatMap(({ tags }, act) => tags.map((tag) => ({ act, tag }))),
    keys: acts.flatMap(({ tags }, act) => keysForTags(definitions, tags, act)),
    receipts: receiptIds.map((id, place) => ({ act: followed[place]?.act ?? 0, id })),
    priority,
    atOnce: PAGES_AT_ONCE,
  });
  await reopenReceipts(db, receiptIds);
  return marked;
}

function keysForTags(
  definitions: readonly PageDefinition[],
  tags: readonly string[],
  act: number,
): readonly AskedKey[] {
  const rankOfKey = new Map<string, number>();
  if (tags.includes(HOSTS)) rankOfKey.set(HOSTS, 0);
  for (const definition of definitions) {
    for (const key of tags.flatMap((tag) => definition.keysForTag(tag))) rankOfKey.set(key, definition.rank);
  }
  return [...rankOfKey].map(([key, rank]) => ({ act, key, rank }));
}
