import type { Table } from '@lancedb/lancedb';

import type { Log } from '../../platform/log.ts';
import { type Generation, type GenerationStore, openGenerationStore } from './generation.ts';
import {
  arrowOf,
  createFilterIndexes,
  createFullTextIndexes,
  keyFilter,
  rowOf,
  tableSchema,
} from './lance-table.ts';
import { createSearcher } from './searcher.ts';
import { createTokenizer, type Tokenizer } from './tokenizer.ts';
import type {
  IndexBatch,
  IndexStatistics,
  SearchAnswer,
  SearchDocument,
  SearchQuery,
} from './search.types.ts';

export interface SearchIndexOptions {
  readonly directory: string;
  readonly log: Log;
  readonly tokenizer?: Tokenizer;
  /** The small table is moved into the large one from this many rows on, or a tenth of the large one. */
  readonly mergeFrom?: number;
}

/** A rebuild in progress: nobody sees it until `finish`, and searching goes on meanwhile. */
export interface IndexRebuild {
  readonly id: string;
  add(documents: readonly SearchDocument[]): Promise<void>;
  /** Builds the indexes, brings over what was written meanwhile, and swaps. Gives the keys brought over. */
  finish(): Promise<{ readonly carried: readonly string[] }>;
  abandon(): Promise<void>;
}

export interface SearchIndex {
  /** Visible to every process when it returns. Only the process that holds the writer's lock may call it. */
  apply(batch: IndexBatch): Promise<void>;
  query(query: SearchQuery): Promise<SearchAnswer>;
  /** Compacts the small table, and moves it into the large one when it has grown. */
  compact(): Promise<void>;
  /** How pressing a compaction is, by what was written since the last one: at the next rest, or now. */
  needsCompaction(): 'no' | 'later' | 'now';
  stats(): Promise<IndexStatistics>;
  /** Reads a little of everything, and throws when the files are damaged. */
  check(): Promise<void>;
  beginRebuild(): Promise<IndexRebuild>;
  close(): Promise<void>;
}

/** Each write that was not compacted costs every search about half a millisecond. */
const batchesBeforeCompaction = 10;
const rowsBeforeCompaction = 2_000;
const mergeFromRows = 4_000;
const sweepAfter = 120_000;
const copiedRows = 2_000;

const anyQuery: SearchQuery = {
  q: '',
  scope: null,
  kind: null,
  unit: null,
  year: null,
  page: 1,
  size: 1,
  order: 'relevance',
};

function lastOfEachKey(documents: readonly SearchDocument[]): SearchDocument[] {
  return [...new Map(documents.map((document) => [document.key, document])).values()];
}

async function copyRows(from: Table, into: Table, filter?: string): Promise<void> {
  const query = from.query().select(tableSchema.fields.map((field) => field.name));
  if (filter !== undefined) query.where(filter);
  let rows: Record<string, unknown>[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await into.add(arrowOf(rows));
    rows = [];
  };
  for await (const batch of query) {
    for (const row of batch) {
      rows.push({ ...(row as unknown as { toJSON(): Record<string, unknown> }).toJSON() });
      if (rows.length >= copiedRows) await flush();
    }
  }
  await flush();
}

async function indexMain(main: Table): Promise<void> {
  await createFullTextIndexes(main);
  await createFilterIndexes(main);
}

/** Upsert first, then removal of the older copy: a reader (large table first) always finds one of the two. */
async function writeBatch(generation: Generation, batch: IndexBatch, tokenizer: Tokenizer): Promise<void> {
  const upserts = lastOfEachKey(batch.upserts);
  const upserted = new Set(upserts.map((document) => document.key));
  const deletes = [...new Set(batch.deletes)].filter((key) => !upserted.has(key));
  if (upserts.length > 0) {
    await generation.recent
      .mergeInsert('key')
      .whenMatchedUpdateAll()
      .whenNotMatchedInsertAll()
      .execute(arrowOf(upserts.map((document) => rowOf(document, tokenizer))));
  }
  if (deletes.length > 0) await deletePresent(generation.recent, deletes);
  await deletePresent(generation.main, [...upserted, ...deletes]);
}

/** A deletion that matches nothing would still write a version. */
async function deletePresent(table: Table, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const filter = keyFilter(keys);
  if ((await table.countRows(filter)) > 0) await table.delete(filter);
}

/** Runs one at a time, in order. */
function createSequence(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}

export function openSearchIndex(options: SearchIndexOptions): SearchIndex {
  const store: GenerationStore = openGenerationStore(options.directory);
  const tokenizer = options.tokenizer ?? createTokenizer();
  const searcher = createSearcher(store, tokenizer, options.log);
  const inOrder = createSequence();
  /** Keys written since a rebuild or a merge began; null when none is going on. */
  let touched: Set<string> | null = null;
  let batches = 0;
  let rows = 0;
  let compacting: Promise<void> | undefined;

  async function apply(batch: IndexBatch): Promise<void> {
    await inOrder(async () => {
      for (const document of batch.upserts) touched?.add(document.key);
      for (const key of batch.deletes) touched?.add(key);
      await writeBatch(await store.current(), batch, tokenizer);
      batches += 1;
      rows += batch.upserts.length;
    });
  }

  /** What was written to the old tables while the new ones were built is the newer truth. */
  async function carryOver(old: Generation, next: Generation, keys: readonly string[]): Promise<void> {
    for (let i = 0; i < keys.length; i += 500) {
      const filter = keyFilter(keys.slice(i, i + 500));
      await next.main.delete(filter);
      await copyRows(old.recent, next.recent, filter);
    }
  }

  /** Fills new tables while writing goes on in the old ones, and swaps. */
  async function replaceGeneration(
    next: Generation,
    fill: () => Promise<void>,
    touchedKeys: Set<string>,
  ): Promise<void> {
    await fill();
    await indexMain(next.main);
    await inOrder(async () => {
      if (touchedKeys.size > 0) await carryOver(await store.current(), next, [...touchedKeys]);
      await store.publish(next);
      touched = null;
      batches = 0;
      rows = 0;
    });
    await store.sweep(sweepAfter);
  }

  async function mergeTables(): Promise<void> {
    const old = await store.current();
    const next = await store.begin(old.id);
    const keys = new Set<string>();
    touched = keys;
    try {
      await replaceGeneration(
        next,
        async () => {
          await copyRows(old.main, next.main);
          const moved = (await old.recent.query().select(['key']).toArray()) as { key: string }[];
          // A page that is in both tables (a write was cut off between them) counts as the recent one.
          for (let i = 0; i < moved.length; i += 500) {
            await deletePresent(
              next.main,
              moved.slice(i, i + 500).map((row) => row.key),
            );
          }
          await copyRows(old.recent, next.main);
        },
        keys,
      );
    } catch (error) {
      touched = null;
      await store.discard(next);
      throw error;
    }
  }

  async function compactOnce(): Promise<void> {
    const { main, recent } = await store.current();
    const [large, small] = await Promise.all([main.countRows(), recent.countRows()]);
    if (small >= Math.max(options.mergeFrom ?? mergeFromRows, large / 10) && touched === null) {
      await mergeTables();
    } else {
      await inOrder(async () => {
        batches = 0;
        rows = 0;
        const kept = new Date(Date.now() - sweepAfter);
        await recent.optimize({ cleanupOlderThan: kept });
      });
      await store.sweep(sweepAfter);
    }
  }

  return {
    apply,
    query: (query) => searcher.answer(query),
    needsCompaction() {
      if (batches >= batchesBeforeCompaction || rows >= rowsBeforeCompaction) return 'now';
      return batches > 0 ? 'later' : 'no';
    },
    compact() {
      compacting ??= compactOnce().finally(() => {
        compacting = undefined;
      });
      return compacting;
    },
    async stats() {
      const { id, main, recent } = await store.current();
      const [large, small] = await Promise.all([main.countRows(), recent.countRows()]);
      return { id, documents: large + small, recent: small };
    },
    async check() {
      const { main, recent } = await store.current();
      for (const table of [main, recent]) {
        const rows = await table.countRows();
        if (rows > 0) await table.takeOffsets([0, Math.floor(rows / 2), rows - 1]).toArray();
      }
      await searcher.answer({ ...anyQuery, q: '一' });
    },
    async beginRebuild() {
      await compacting?.catch(() => undefined);
      const next = await store.begin(null);
      const keys = new Set<string>();
      touched = keys;
      return {
        id: next.id,
        async add(documents) {
          if (documents.length === 0) return;
          await next.main.add(
            arrowOf(lastOfEachKey(documents).map((document) => rowOf(document, tokenizer))),
          );
        },
        async finish() {
          await replaceGeneration(next, async () => undefined, keys);
          return { carried: [...keys] };
        },
        async abandon() {
          touched = null;
          await store.discard(next);
        },
      };
    },
    async close() {
      await inOrder(async () => undefined);
      store.close();
    },
  };
}
