import { type Ctx, defineCommand } from '../../platform/context.ts';
import {
  dueAmong,
  getResource,
  isOpenToAll,
  isReleaseDue,
  type LiveResource,
  liveResources,
  releaseRevisions,
} from '../library/index.ts';
import { noteTopic } from './end-topics.ts';
import { endUnreusable } from './end-unreusable.ts';
import { type Listed, syncListings } from './list-resource.ts';
import { lockHomeSites, showHome } from './show-home.ts';
import { offerPrepared } from './submission.queries.ts';

/**
 * Signed revisions go out, all in this instant: citizens see them in every column that should show them. Takes locks
 * for all of them kind by kind (resources, the order of relations, tree, columns), as releases of single ones do.
 * What is given last ends uppermost. A home page needs its sites locked before (`lockAhead`).
 */
export async function releaseResources(ctx: Ctx, resourceIds: readonly string[]): Promise<void> {
  const released = new Map((await releaseRevisions(ctx, resourceIds)).map((one) => [one.resourceId, one]));
  const found = await liveResources(ctx.db, resourceIds);
  const live = resourceIds.map((id): LiveResource => {
    const one = found.get(id);
    if (!one) throw new Error(`resource ${id} was released and is not live`);
    return one;
  });
  for (const one of live) {
    if (one.type === 'home') await showHome(ctx, one);
    if (one.type === 'topic') await noteTopic(ctx, one);
  }
  const listed = live.filter((one) => one.type !== 'home');
  await endUnreusable(
    ctx,
    listed.filter((one) => !isOpenToAll(one.content)).map((one) => one.id),
  );
  for (const { id } of listed) await offerPrepared(ctx.db, id, ctx.now);
  await syncListings(
    ctx,
    listed.flatMap(({ id }): Listed[] => {
      const one = released.get(id);
      return one ? [{ resourceId: id, firstPublishedAt: one.firstPublishedAt }] : [];
    }),
  );
}

/** The sites that a waiting home page, if it is one, will take part in. */
export async function lockAhead(ctx: Ctx, resourceId: string): Promise<void> {
  const { signedRevisionId } = await getResource(ctx, resourceId);
  await lockHomeSites(ctx, resourceId, signedRevisionId);
}

/** The hour of a signed revision has come; false when it has not any more. */
export const releaseDueResource = defineCommand(
  'sites.release-due-resource',
  (input: { readonly resourceId: string }) => ({ kind: 'resource', id: input.resourceId }),
  async (ctx, input): Promise<boolean> => {
    await lockAhead(ctx, input.resourceId);
    if (!(await isReleaseDue(ctx, input.resourceId))) return false;
    await releaseResources(ctx, [input.resourceId]);
    return true;
  },
);

/** The same of several whose hour has come, none of them a home page; answers how many. Each is on record by itself. */
export const releaseDueResources = defineCommand(
  'sites.release-due-resource',
  (input: { readonly resourceIds: readonly string[] }, released: readonly string[] | undefined) =>
    (released ?? []).map((id) => ({ kind: 'resource', id })),
  async (ctx, input): Promise<readonly string[]> => {
    const due = await dueAmong(ctx, input.resourceIds);
    const ids = input.resourceIds.filter((id) => due.has(id));
    if (ids.length > 0) await releaseResources(ctx, ids);
    return ids;
  },
);
