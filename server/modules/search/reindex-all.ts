import type { Db } from '../../platform/db.ts';
import type { Log } from '../../platform/log.ts';
import { forgetDigests, markDirty, recordDocuments, recordRebuild } from './document.queries.ts';
import { digestDocument, loadEach } from './index-dirty.ts';
import type { SearchIndex } from './search-index.ts';
import type { Searchable } from './search.types.ts';
import { waitForWriterLock } from './writer-lock.ts';

export interface ReindexParts {
  readonly db: Db;
  readonly index: Pick<SearchIndex, 'beginRebuild'>;
  readonly searchables: readonly Searchable[];
  readonly log: Log;
  readonly onProgress?: (documents: number) => void;
}

const pageKeys = 1_000;

/**
 * Builds the index anew from the live state of every page, and swaps when it is done; searching goes on in
 * the old one. For the holder of the writer's lock, whose own indexing may go on meanwhile.
 */
export async function rebuildHoldingLock(parts: ReindexParts): Promise<number> {
  const { db, searchables, log } = parts;
  const started = performance.now();
  const rebuild = await parts.index.beginRebuild();
  let documents = 0;
  try {
    for (const searchable of searchables) {
      let after: string | null = null;
      for (;;) {
        const keys: readonly string[] = await searchable.allKeys(db, after, pageKeys);
        const last = keys.at(-1);
        if (last === undefined) break;
        after = last;
        const loaded = await loadEach(db, searchable, keys, log);
        if (loaded.documents.length > 0) {
          await rebuild.add(loaded.documents);
          const records = loaded.documents.map((document) => ({
            document,
            digest: digestDocument(document),
          }));
          await recordDocuments(db, rebuild.id, records);
        }
        if (loaded.failed.length > 0) await markDirty(db, loaded.failed);
        documents += loaded.documents.length;
        parts.onProgress?.(documents);
      }
    }
    const { carried } = await rebuild.finish();
    await db.transaction().execute(async (transaction) => {
      // These were written to the old index after they had been read here, or before: their record may be
      // of the other state.
      await forgetDigests(transaction, carried);
      await recordRebuild(transaction, rebuild.id);
    });
  } catch (error) {
    await rebuild.abandon();
    throw error;
  }
  log.info({ documents, milliseconds: Math.round(performance.now() - started) }, 'search index rebuilt');
  return documents;
}

/** The same for a command-line call: waits until no worker writes. */
export function reindexAll(parts: ReindexParts): Promise<number> {
  return waitForWriterLock(parts.db, () => rebuildHoldingLock(parts));
}
