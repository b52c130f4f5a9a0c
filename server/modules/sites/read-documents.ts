import type { AssetStore } from '../../platform/asset-store.ts';
import { defineCommand } from '../../platform/context.ts';
import type { DocumentText } from '../../platform/document-text/document.types.ts';
import {
  documentsWaiting,
  liveUsesOf,
  type ReadWords,
  recordWords,
  type WaitingDocument,
} from '../library/index.ts';
import { findableTag, sitesEvents } from './events.ts';
import type { DueRunner } from './due-attempt.ts';

export interface ReadRunner extends DueRunner {
  readonly store: AssetStore;
  /** Reads the words of a stored file within bounds. */
  readonly read: (path: string, mediaType: string) => Promise<DocumentText>;
}

/** Tags of one event. */
const mostTags = 1_000;

/** The words of a document are known: pages that it is attached to are found by them from now on. */
export const recordFileWords = defineCommand(
  'sites.record-file-words',
  ({ digest, text, findings }: ReadWords) => ({
    kind: 'file',
    id: null,
    details: { digest, characters: text.length, findings },
  }),
  async (ctx, words): Promise<void> => {
    await recordWords(ctx.db, words, ctx.now);
    const uses = await liveUsesOf(ctx.db, [words.digest]);
    const tags = [...new Set(uses.map((use) => findableTag(use.resourceId)))];
    for (let from = 0; from < tags.length; from += mostTags) {
      const some = tags.slice(from, from + mostTags);
      const payload = { digest: words.digest };
      await ctx.announce({ name: sitesEvents.filesChanged, tags: some, payload, priority: 1 });
    }
  },
);

const batch = 5;

/** Reads documents that wait for it: a batch. Answers how many were opened. */
export async function readDocuments(runner: ReadRunner): Promise<number> {
  const waiting = await documentsWaiting(runner.db, batch);
  for (const document of waiting) await readOne(runner, document);
  return waiting.length;
}

async function readOne(runner: ReadRunner, { digest, mediaType }: WaitingDocument): Promise<void> {
  const { store, read, log } = runner;
  const { text, findings } = await read(store.pathOf(digest), mediaType).catch(
    (error: unknown): DocumentText => {
      log.error({ err: error, digest }, 'a stored document cannot be opened');
      return { text: '', findings: ['damaged'] };
    },
  );
  await runner.performAsSystem(recordFileWords, { digest, text, findings });
}
