import { Readable } from 'node:stream';

import { type Ctx, defineCommand } from '../../platform/context.ts';
import type { AssetStore } from '../../platform/asset-store.ts';
import { type MadeSize, makeSizes } from '../../platform/picture-sizes.ts';
import {
  endSizing,
  insertSizes,
  type SizeOfBytes,
  noteSizing,
  picturesWaiting,
  type WaitingPicture,
} from '../library/index.ts';
import { announceFile } from './quarantine-file.ts';
import type { DueRunner } from './due-attempt.ts';

export interface SizeRunner extends DueRunner {
  readonly store: AssetStore;
}

interface MadeSizes {
  readonly digest: string;
  readonly sizes: readonly SizeOfBytes[];
}

/** A picture has its smaller forms; pages that show it already are made again. */
export const recordSizes = defineCommand(
  'sites.record-picture-sizes',
  ({ digest, sizes }: MadeSizes) => ({
    kind: 'file',
    id: null,
    details: { digest, widths: sizes.map((one) => one.width) },
  }),
  async (ctx: Ctx, { digest, sizes }): Promise<void> => {
    await insertSizes(ctx.db, digest, sizes);
    await endSizing(ctx.db, digest, 'done');
    await announceFile(ctx, digest, [digest, ...sizes.map((one) => one.digest)]);
  },
);

const batch = 20;
const mostAttempts = 3;

/** Makes smaller forms of pictures that wait for them: a batch. Answers how many pictures were looked at. */
export async function sizePictures(runner: SizeRunner): Promise<number> {
  const waiting = await picturesWaiting(runner.db, batch);
  for (const picture of waiting) await sizeOne(runner, picture);
  return waiting.length;
}

async function sizeOne(runner: SizeRunner, picture: WaitingPicture): Promise<void> {
  const { db, store } = runner;
  const { digest } = picture;
  const made = await tryMaking(runner, picture);
  if (made === undefined) {
    await endSizing(db, digest, 'failed');
    return;
  }
  const sizes: SizeOfBytes[] = [];
  for (const { width, height, bytes } of made) {
    const stored = await store.receive(Readable.from([bytes]), Infinity);
    await stored.keep();
    sizes.push({ digest: stored.digest, width, height, bytes: stored.size, mediaType: 'image/webp' });
  }
  await runner.performAsSystem(recordSizes, { digest, sizes });
}

/** Undefined when the picture is to be shown as it came. */
async function tryMaking(
  { db, store, log }: SizeRunner,
  { digest, size, attempts }: WaitingPicture,
): Promise<readonly MadeSize[] | undefined> {
  if (attempts >= mostAttempts) {
    log.error({ digest }, 'a picture ended the process several times, it is not opened any more');
    return undefined;
  }
  await noteSizing(db, digest, attempts + 1);
  const made = await makeSizes(store.pathOf(digest), size).catch((error: unknown) => {
    log.warn({ err: error, digest }, 'a picture has no smaller forms, it is shown as it came');
    return undefined;
  });
  await noteSizing(db, digest, 0);
  return made;
}
