import { type Ctx, defineCommand } from '../../platform/context.ts';
import { dueAmong, getResource, isOpenToAll, releaseRevisions, type ResourceRow } from '../library/index.ts';
import { noteTopic } from './end-topics.ts';
import { endUnreusable } from './end-unreusable.ts';
import { syncListings } from './list-resource.ts';
import { lockHomeSites, showHome } from './show-home.ts';
import { offerPrepared } from './submission.queries.ts';

/**
 * Signed revisions of locked resources go out, all in this instant: citizens see them in every column that should show
 * them. Takes locks for all of them kind by kind (resources, the order of relations, tree, columns), as releases of
 * single ones do. What is given last ends uppermost. A home page needs its sites locked before (`lockAhead`).
 */
export async function releaseResources(ctx: Ctx, rows: readonly ResourceRow[]): Promise<void> {
  const released = await releaseRevisions(ctx, rows);
  for (const one of released) {
    if (one.type === 'home') await showHome(ctx, one);
    if (one.type === 'topic') await noteTopic(ctx, one);
  }
  const listed = released.filter((one) => one.type !== 'home');
  await endUnreusable(
    ctx,
    listed.filter((one) => !isOpenToAll(one.content)).map((one) => one.id),
  );
  await offerPrepared(
    ctx.db,
    listed.map((one) => one.id),
    ctx.now,
  );
  await syncListings(
    ctx,
    listed.map(({ id, firstPublishedAt }) => ({ resourceId: id, firstPublishedAt })),
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
    const due = await dueAmong(ctx, [input.resourceId]);
    if (due.length > 0) await releaseResources(ctx, due);
    return due.length > 0;
  },
);

/** The same of several, none of them a home page; answers those whose hour has come. Each is on record by itself. */
export const releaseDueResources = defineCommand(
  'sites.release-due-resource',
  (input: { readonly resourceIds: readonly string[] }, released: readonly string[] | undefined) =>
    (released ?? []).map((id) => ({ kind: 'resource', id })),
  async (ctx, input): Promise<readonly string[]> => {
    const due = await dueAmong(ctx, input.resourceIds);
    if (due.length > 0) await releaseResources(ctx, due);
    return due.map((row) => row.id);
  },
);
