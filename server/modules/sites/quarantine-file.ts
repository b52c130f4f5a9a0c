import { type Ctx, defineCommand } from '../../platform/context.ts';
import {
  type Find,
  markCleared,
  markInfected,
  previewPagesOf,
  publicPages,
  sizesOf,
} from '../library/index.ts';
import { sitesEvents } from './events.ts';
import { tagsShowing, tagsShowingForms } from './file-tags.ts';

/** Tags of one event: a picture may be on a hundred thousand pages. */
const mostTags = 1_000;

async function announce(
  ctx: Ctx,
  digest: string,
  tags: readonly string[],
  priority: 0 | 1 = 0,
): Promise<void> {
  for (let from = 0; from < tags.length; from += mostTags) {
    const some = tags.slice(from, from + mostTags);
    await ctx.announce({ name: sitesEvents.filesChanged, tags: some, payload: { digest }, priority });
  }
}

/** Other forms of a file were made, or its text: what shows them is made again, behind what people wait for. */
export async function announceFile(
  ctx: Ctx,
  digest: string,
  digests: readonly string[] = [digest],
): Promise<void> {
  await announce(ctx, digest, await tagsShowingForms(ctx.db, digests), 1);
}

/** The smaller forms of a picture and the drawn pages of a document come and go with it. */
async function withForms(ctx: Ctx, digest: string): Promise<readonly string[]> {
  const sizes = (await sizesOf(ctx.db, [digest])).get(digest) ?? [];
  const drawn = (await previewPagesOf(ctx.db, [digest], publicPages)).get(digest)?.pages ?? [];
  return [digest, ...[...sizes, ...drawn].map((one) => one.digest)];
}

/** A virus was found in bytes that were given out: they leave every page in the moment this is known. */
export const quarantineFile = defineCommand(
  'sites.quarantine-file',
  (input: Find) => ({
    kind: 'file',
    id: null,
    details: { digest: input.digest, infection: input.infection, engine: input.engine },
  }),
  async (ctx, input): Promise<boolean> => {
    // Asked before: what is in quarantine is shown nowhere.
    const tags = await tagsShowing(ctx.db, await withForms(ctx, input.digest));
    if (!(await markInfected(ctx.db, input, ctx.now))) return false;
    await announce(ctx, input.digest, tags);
    return true;
  },
);

/** Newer signatures find nothing: the bytes are given out again wherever they were shown. */
export const clearFile = defineCommand(
  'sites.clear-file',
  (input: Omit<Find, 'infection'>) => ({
    kind: 'file',
    id: null,
    details: { digest: input.digest, engine: input.engine },
  }),
  async (ctx, { digest, engine }): Promise<boolean> => {
    if (!(await markCleared(ctx.db, digest, engine, ctx.now))) return false;
    await announce(ctx, digest, await tagsShowing(ctx.db, await withForms(ctx, digest)));
    return true;
  },
);
