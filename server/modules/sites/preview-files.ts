import { Readable } from 'node:stream';

import type { AssetStore } from '../../platform/asset-store.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { type DocumentPreview, noPreview } from '../../platform/document-preview/preview.types.ts';
import {
  insertPreview,
  type KeptPreview,
  type PreviewPage,
  previewsWaiting,
  settleUnpreviewed,
  type WaitingPreview,
} from '../library/index.ts';
import { announceFile } from './quarantine-file.ts';
import type { DueRunner } from './due-attempt.ts';

export interface PreviewRunner extends DueRunner {
  readonly store: AssetStore;
  /** Makes the preview of a stored file within bounds. */
  readonly preview: (path: string, mediaType: string) => Promise<DocumentPreview>;
}

interface MadePreview extends KeptPreview {
  readonly digest: string;
}

/** A document can be looked at; public pages that it is attached to show its first pages or lead to its text. */
export const recordPreview = defineCommand(
  'sites.record-file-preview',
  ({ digest, kind, pages, findings }: MadePreview) => ({
    kind: 'file',
    id: null,
    details: { digest, preview: kind, pages: pages.length, findings },
  }),
  async (ctx: Ctx, made): Promise<void> => {
    const isNew = await insertPreview(ctx.db, made, ctx.now);
    if (!isNew || made.kind === 'none') return;
    await announceFile(ctx, made.digest, [made.digest, ...made.pages.map((page) => page.digest)]);
  },
);

/** Drawing takes a second or two of a processor: smaller forms of pictures do not wait long for it. */
const batch = 2;
const settled = 5_000;

/** Makes previews of documents that wait for one: a batch. Answers how many files were looked at. */
export async function previewFiles(runner: PreviewRunner): Promise<number> {
  const waiting = await previewsWaiting(runner.db, batch);
  for (const file of waiting) await previewOne(runner, file);
  // Who looks for them goes through all that waits: once, when no document does.
  return waiting.length > 0 ? waiting.length : settleUnpreviewed(runner.db, settled);
}

async function previewOne(runner: PreviewRunner, { digest, mediaType }: WaitingPreview): Promise<void> {
  const { store, preview, log, performAsSystem } = runner;
  const made = await preview(store.pathOf(digest), mediaType).catch((error: unknown) => {
    log.error({ err: error, digest }, 'a stored document cannot be opened');
    return noPreview('damaged');
  });
  const pages: PreviewPage[] = [];
  for (const { width, height, bytes } of made.kind === 'pages' ? made.pages : []) {
    const stored = await store.receive(Readable.from([Buffer.from(bytes)]), Infinity);
    await stored.keep();
    pages.push({ digest: stored.digest, width, height, bytes: stored.size });
  }
  const record = (input: MadePreview): Promise<void> => performAsSystem(recordPreview, input);
  const whole: MadePreview = {
    digest,
    kind: made.kind,
    pages,
    totalPages: made.kind === 'pages' ? made.totalPages : null,
    body: made.kind === 'text' ? made.body : null,
    isWhole: made.isWhole,
    findings: made.findings,
  };
  await record(whole).catch((error: unknown) => {
    if (!isRefused(error)) throw error;
    log.error({ err: error, digest }, 'a preview cannot be kept');
    const none = { kind: 'none', pages: [], totalPages: null, body: null, isWhole: false } as const;
    return record({ digest, ...none, findings: ['damaged'] });
  });
}

/** The database will never take these values: tried again and again, they would hold up all others. */
function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
