import { createHash } from 'node:crypto';

import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import {
  type DirtyKey,
  type DocumentRecord,
  dueKeys,
  markDirty,
  postponeKeys,
  recordDeletions,
  recordDocuments,
  recordedDocuments,
  recordWriting,
  removeDirty,
} from './document.queries.ts';
import type { SearchIndex } from './search-index.ts';
import type { Searchable, SearchDocument } from './search.types.ts';

export interface IndexingParts {
  readonly index: Pick<SearchIndex, 'apply' | 'stats'>;
  readonly searchables: readonly Searchable[];
  readonly log: Log;
}

export const batchKeys = 500;

/** Marks the pages that events call for. Only marks: what they have become is read when they are indexed. */
export async function applyEvents(
  db: Db,
  searchables: readonly Searchable[],
  events: readonly { readonly tags: readonly string[] }[],
): Promise<void> {
  const tags = [...new Set(events.flatMap((event) => event.tags))];
  const keys = tags.flatMap((tag) => searchables.flatMap((searchable) => searchable.keysForTag(tag)));
  await markDirty(db, [...new Set(keys)], tags);
}

export function digestDocument(document: SearchDocument): Buffer {
  const fields = Object.entries(document).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest();
}

const kindOf = (key: string): string => key.slice(0, key.indexOf('/'));

interface Loaded {
  readonly documents: readonly SearchDocument[];
  readonly failed: readonly string[];
}

/** One page that cannot be loaded must not keep the others from being found. */
export async function loadEach(
  db: Db,
  searchable: Searchable,
  keys: readonly string[],
  log: Log,
): Promise<Loaded> {
  try {
    return { documents: await searchable.load(db, keys), failed: [] };
  } catch (cause) {
    if (keys.length === 1) {
      log.error({ err: cause, key: keys[0] }, 'page cannot be loaded for the search index');
      return { documents: [], failed: keys };
    }
    const middle = Math.ceil(keys.length / 2);
    const halves = [
      await loadEach(db, searchable, keys.slice(0, middle), log),
      await loadEach(db, searchable, keys.slice(middle), log),
    ];
    return {
      documents: halves.flatMap((half) => half.documents),
      failed: halves.flatMap((half) => half.failed),
    };
  }
}

async function loadLive(db: Db, keys: readonly string[], parts: IndexingParts): Promise<Loaded> {
  const loaded: Loaded[] = [];
  for (const searchable of parts.searchables) {
    const own = keys.filter((key) => kindOf(key) === searchable.kind);
    if (own.length > 0) loaded.push(await loadEach(db, searchable, own, parts.log));
  }
  const asked = new Set(keys);
  return {
    documents: loaded.flatMap((one) => one.documents).filter((document) => asked.has(document.key)),
    failed: loaded.flatMap((one) => one.failed),
  };
}

/**
 * Brings the index to the live state of the keys that are due, and gives how many there were. `db` is the
 * connection that holds the writer's lock: with the connection the right to write is lost as well.
 *
 * The live state is read after the mark, so neither the order nor the number of events matters. A crash at
 * any point leaves the marks, and records whose digest is unknown, so that the work is done again.
 */
export async function indexDirty(db: Db, parts: IndexingParts): Promise<number> {
  const due = await dueKeys(db, batchKeys);
  if (due.length === 0) return 0;
  const keys = due.map((one) => one.key);
  const { documents, failed } = await loadLive(db, keys, parts);
  const undone = new Set(failed);
  const live = new Map(documents.map((document) => [document.key, document]));
  const { id } = await parts.index.stats();
  const recorded = await recordedDocuments(db, id, keys);
  const upserts: DocumentRecord[] = [];
  for (const document of live.values()) {
    const digest = digestDocument(document);
    if (!recorded.get(document.key)?.digest?.equals(digest)) upserts.push({ document, digest });
  }
  const deletes = keys.filter((key) => !live.has(key) && !undone.has(key) && !recorded.get(key)?.deleted);
  const changed = [...upserts.map((one) => one.document.key), ...deletes];
  if (changed.length > 0) {
    await recordWriting(db, id, changed);
    await parts.index.apply({ upserts: upserts.map((one) => one.document), deletes });
  }
  const done: DirtyKey[] = due.filter((one) => !undone.has(one.key));
  await db.transaction().execute(async (transaction) => {
    if (upserts.length > 0) await recordDocuments(transaction, id, upserts);
    if (deletes.length > 0) await recordDeletions(transaction, id, deletes);
    await removeDirty(transaction, done);
    if (failed.length > 0) await postponeKeys(transaction, failed);
  });
  return due.length;
}
