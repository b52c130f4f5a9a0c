import type { Resource, Withdrawal } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import {
  accessionRevision,
  type AccessionOutcome,
  classesOf,
  expireRevision,
  getResource,
  isOpenToAll,
  isReleaseDue,
  liveResources,
  presentById,
  releaseRevision,
  revisionById,
  withdrawRevision,
} from '../library/index.ts';
import { removeTopic } from './composed.queries.ts';
import { noteTopic } from './end-topics.ts';
import { endUnreusable } from './end-unreusable.ts';
import { removeListings, syncListings } from './list-resource.ts';
import { requirePlace } from './require-place.ts';
import { offerPrepared, withdrawOffers } from './submission.queries.ts';
import { lockHomeSites, removeHome, showHome } from './show-home.ts';

/**
 * Sign-off: the revision enters the library and, unless its hour lies ahead, every column that should show
 * it, in the transaction of the signature.
 */
export async function publishRevision(
  ctx: Ctx,
  resourceId: string,
  revisionId: string,
): Promise<AccessionOutcome> {
  await lockHomeSites(ctx, resourceId, revisionId);
  const revision = await revisionById(ctx.db, revisionId);
  if (!revision) throw new Error(`there is no revision ${revisionId}`);
  await requirePlace(ctx, await getResource(ctx, resourceId), revision.content);
  const accession = await accessionRevision(ctx, resourceId, revisionId);
  if (accession.outcome === 'due') await release(ctx, resourceId);
  return accession;
}

async function release(ctx: Ctx, resourceId: string): Promise<void> {
  const released = await releaseRevision(ctx, resourceId);
  const live = (await liveResources(ctx.db, [resourceId])).get(resourceId);
  if (!live) throw new Error(`resource ${resourceId} was released and is not live`);
  if (live.type === 'home') {
    await showHome(ctx, live);
    return;
  }
  if (live.type === 'topic') await noteTopic(ctx, live);
  if (!isOpenToAll(live.content)) await endUnreusable(ctx, [resourceId]);
  await offerPrepared(ctx.db, resourceId, ctx.now);
  await syncListings(ctx, resourceId, released.firstPublishedAt);
}

/** From wherever it stood, as a home page or in columns, and from those to whom it was offered. */
export async function takeDown(ctx: Ctx, resourceId: string, reason: string): Promise<void> {
  await withdrawOffers(ctx.db, [resourceId], { at: ctx.now, byName: ctx.actor.name, reason });
  // Whoever takes it from a column may be no one of its unit.
  const [resource] = await classesOf(ctx.db, [resourceId]);
  const type = resource?.type;
  if (type === 'home') {
    await removeHome(ctx, resourceId);
    return;
  }
  if (type === 'topic') await removeTopic(ctx.db, resourceId);
  await removeListings(ctx, resourceId);
}

/** The sites that a waiting home page, if it is one, will take part in. */
async function lockAhead(ctx: Ctx, resourceId: string): Promise<void> {
  const { signedRevisionId } = await getResource(ctx, resourceId);
  await lockHomeSites(ctx, resourceId, signedRevisionId);
}

const onResource = (input: { readonly resourceId: string }) => ({ kind: 'resource', id: input.resourceId });

/** The hour of a signed revision has come; false when it has not any more. */
export const releaseDueResource = defineCommand(
  'sites.release-due-resource',
  onResource,
  async (ctx, input: { readonly resourceId: string }): Promise<boolean> => {
    await lockAhead(ctx, input.resourceId);
    if (!(await isReleaseDue(ctx, input.resourceId))) return false;
    await release(ctx, input.resourceId);
    return true;
  },
);

export const expireDueResource = defineCommand(
  'sites.expire-due-resource',
  onResource,
  async (ctx, input: { readonly resourceId: string }): Promise<boolean> => {
    await lockAhead(ctx, input.resourceId);
    if (!(await expireRevision(ctx, input.resourceId))) return false;
    await takeDown(ctx, input.resourceId, '信息已到期。');
    return true;
  },
);

export interface WithdrawInput extends Withdrawal {
  readonly resourceId: string;
}

/** Takes a resource from everywhere at once, with a reason that stays on record. */
export const withdrawResource = defineCommand(
  'sites.withdraw-resource',
  (input: WithdrawInput) => ({ kind: 'resource', id: input.resourceId, details: { reason: input.reason } }),
  async (ctx, input): Promise<Resource> => {
    await lockAhead(ctx, input.resourceId);
    await withdrawRevision(ctx, input);
    await takeDown(ctx, input.resourceId, input.reason);
    return presentById(ctx, input.resourceId);
  },
);
