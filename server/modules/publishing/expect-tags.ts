import type { Db } from '../../platform/db.ts';
import { tagsSince } from '../../platform/events.ts';
import { markDirtyByTags } from './dirty.queries.ts';
import { insertExpectedTags } from './page.queries.ts';
import type { PageRow } from './page.types.ts';
import type { PageInHand } from './plan-batch.ts';

/** Built pages that are made from something they were not made from before. */
export function gainedTags(pages: Iterable<PageInHand>): readonly PageRow[] {
  return [...pages].flatMap(({ built, stored }) => {
    if (built.outcome !== 'built') return [];
    const known = new Set(stored?.tags);
    return built.row.tags.some((tag) => !known.has(tag)) ? [built.row] : [];
  });
}

/**
 * An event finds pages by their tags, and a page gets its tags when it is recorded: an event that comes between the
 * reading and the recording would not find it. So the tags are shown first, and then the events that came since the
 * reading are looked at: one that came before this look is caught here, one that comes after it sees the tags.
 */
export async function catchOvertakers(db: Db, gained: readonly PageRow[], begun: string): Promise<void> {
  if (gained.length === 0) return;
  await insertExpectedTags(db, gained);
  const changed = new Set((await tagsSince(db, begun)).flat());
  const overtaken = gained.filter((page) => page.tags.some((tag) => changed.has(tag)));
  if (overtaken.length === 0) return;
  await markDirtyByTags(db, {
    tags: [],
    keys: overtaken.map(({ key, rank }) => ({ act: 0, key, rank })),
    priority: 0,
    atOnce: overtaken.length,
  });
}
