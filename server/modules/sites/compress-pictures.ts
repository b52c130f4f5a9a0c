import { Readable } from 'node:stream';

import type { AssetStore } from '../../platform/asset-store.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import type { pictureAsAvif } from '../../platform/picture-avif.ts';
import { endAvif, insertSizes, picturesWithoutAvif, type SizeOfBytes, sizesOf } from '../library/index.ts';
import { announceFile } from './quarantine-file.ts';
import type { DueRunner } from './due-attempt.ts';

export interface CompressRunner extends DueRunner {
  readonly store: AssetStore;
  readonly compress: typeof pictureAsAvif;
}

interface MadeAvif {
  readonly digest: string;
  readonly sizes: readonly SizeOfBytes[];
}

/** A picture is there as AVIF too; pages that show it already are made again. */
export const recordAvif = defineCommand(
  'sites.record-picture-avif',
  ({ digest, sizes }: MadeAvif) => ({
    kind: 'file',
    id: null,
    details: { digest, widths: sizes.map((one) => one.width) },
  }),
  async (ctx: Ctx, { digest, sizes }): Promise<void> => {
    await insertSizes(ctx.db, digest, sizes);
    await endAvif(ctx.db, digest, 'made');
    await announceFile(ctx, digest, [digest, ...sizes.map((one) => one.digest)]);
  },
);

/**
 * Makes the AVIF of the picture that waits for it the shortest. Answers how many pictures were
 * looked at. A store that is away is told by an error, and says nothing of the picture.
 */
export async function compressPictures(runner: CompressRunner): Promise<number> {
  const { db, store, compress, log, performAsSystem } = runner;
  const [digest] = await picturesWithoutAvif(db, 1);
  if (digest === undefined) return 0;
  const forms = (await sizesOf(db, [digest])).get(digest) ?? [];
  const made = forms.length === 0 ? [] : await compress(store.pathOf(digest), forms);
  if (typeof made === 'string') log.warn({ digest, reason: made }, 'a picture cannot be made into AVIF');
  if (typeof made === 'string' || made.length === 0) {
    await endAvif(db, digest, 'none');
    return 1;
  }
  const sizes: SizeOfBytes[] = [];
  for (const { width, height, bytes } of made) {
    const stored = await store.receive(Readable.from([bytes]), Infinity);
    await stored.keep();
    sizes.push({ digest: stored.digest, width, height, bytes: stored.size, mediaType: 'image/avif' });
  }
  await performAsSystem(recordAvif, { digest, sizes });
  return 1;
}
