import type { Db } from '../../platform/db.ts';
import { markDirtyByTags } from './dirty.queries.ts';
import type { PageDefinition, Priority } from './page.types.ts';
import { HOSTS } from './publishing-engine.ts';
import { openReceipt, type ReceiptWish, reopenReceipt } from './receipt.queries.ts';

/** How many pages of one event go before other people's; what citizens see first is among them. */
const PAGES_AT_ONCE = 500;

export interface TagsChanged {
  readonly tags: readonly string[];
  /** Given when somebody wants to know when all its pages stand. */
  readonly receipt?: ReceiptWish;
}

/**
 * Marks every page that an event touches: those made from one of its tags and those that a definition
 * names for a tag. Safe to repeat. Answers how many pages are dirty because of it.
 */
export async function applyEvent(
  db: Db,
  definitions: readonly PageDefinition[],
  event: TagsChanged,
  priority: Priority,
): Promise<number> {
  const tags = [...new Set(event.tags)];
  if (tags.length === 0) return 0;
  const rankOfKey = new Map<string, number>();
  if (tags.includes(HOSTS)) rankOfKey.set(HOSTS, 0);
  for (const definition of definitions) {
    for (const key of tags.flatMap((tag) => definition.keysForTag(tag))) rankOfKey.set(key, definition.rank);
  }
  const receipt = event.receipt && (await openReceipt(db, event.receipt));
  const marked = await markDirtyByTags(db, {
    tags,
    keys: [...rankOfKey.keys()],
    ranks: [...rankOfKey.values()],
    priority,
    atOnce: PAGES_AT_ONCE,
    ...(receipt === undefined ? {} : { receipt }),
  });
  if (receipt !== undefined) await reopenReceipt(db, receipt);
  return marked;
}
