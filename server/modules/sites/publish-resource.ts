import type { Resource, Withdrawal } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import {
  accessionRevision,
  type AccessionOutcome,
  classesOf,
  expireRevision,
  getResource,
  lockResource,
  presentById,
  revisionById,
  takeDownRevision,
  withdrawRevision,
} from '../library/index.ts';
import { removeTopic } from './composed.queries.ts';
import { removeListings } from './list-resource.ts';
import { lockAhead, releaseResources } from './release-resources.ts';
import { insertTakeDown } from './take-down.queries.ts';
import { requirePlace } from './require-place.ts';
import { withdrawOffers } from './submission.queries.ts';
import { lockHomeSites, removeHome } from './show-home.ts';

/**
 * Sign-off: the revision enters the library and, unless its hour lies ahead, every column that should show
 * it, in the transaction of the signature.
 */
export async function publishRevision(
  ctx: Ctx,
  resourceId: string,
  revisionId: string,
  { atOnce = false }: { readonly atOnce?: boolean } = {},
): Promise<AccessionOutcome> {
  await lockHomeSites(ctx, resourceId, revisionId);
  const revision = await revisionById(ctx.db, revisionId);
  if (!revision) throw new Error(`there is no revision ${revisionId}`);
  await requirePlace(ctx, await getResource(ctx, resourceId), revision.content);
  const accession = await accessionRevision(ctx, resourceId, revisionId);
  // An hour of its own gives way to whoever releases at once; what goes out with others waits for them.
  const isDue = accession.outcome === 'due' || (atOnce && accession.outcome === 'scheduled');
  if (!isDue) return accession;
  await releaseResources(ctx, [await lockResource(ctx, resourceId)]);
  return { outcome: 'due' };
}

/** From wherever it stood, as a home page or in columns, and from those to whom it was offered. */
export async function takeOff(ctx: Ctx, resourceId: string, reason: string): Promise<void> {
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

const onResource = (input: { readonly resourceId: string }) => ({ kind: 'resource', id: input.resourceId });

export const expireDueResource = defineCommand(
  'sites.expire-due-resource',
  onResource,
  async (ctx, input: { readonly resourceId: string }): Promise<boolean> => {
    await lockAhead(ctx, input.resourceId);
    if (!(await expireRevision(ctx, input.resourceId))) return false;
    await takeOff(ctx, input.resourceId, '信息已到期。');
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
    await takeOff(ctx, input.resourceId, input.reason);
    return presentById(ctx, input.resourceId);
  },
);

export interface TakeDownInput extends Withdrawal {
  readonly resourceId: string;
}

/** 下架: by order of the digital centre, at once and everywhere; the unit finds it on its workbench. */
export const takeDownResource = defineCommand(
  'sites.take-down-resource',
  (input: TakeDownInput, result: Resource | undefined) => ({
    kind: 'resource',
    id: input.resourceId,
    unitId: result?.unitId ?? null,
    details: { reason: input.reason },
  }),
  async (ctx, input): Promise<Resource> => {
    await lockAhead(ctx, input.resourceId);
    const { unitId, title } = await takeDownRevision(ctx, input);
    await takeOff(ctx, input.resourceId, input.reason);
    await insertTakeDown(ctx.db, {
      resourceId: input.resourceId,
      unitId,
      title,
      reason: input.reason.trim(),
      by: ctx.actor.id,
      byName: ctx.actor.name,
      at: ctx.now,
    });
    return presentById(ctx, input.resourceId);
  },
);
