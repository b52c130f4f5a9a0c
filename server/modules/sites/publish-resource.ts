import type { Resource, Withdrawal } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import {
  accessionRevision,
  type AccessionOutcome,
  expireRevision,
  isReleaseDue,
  presentById,
  releaseRevision,
  withdrawRevision,
} from '../library/index.ts';
import { removeListings, syncListings } from './list-resource.ts';
import { placementsOf } from './placement.queries.ts';

/** Refuses what has no column to appear in, before anybody spends time on reviewing it. */
export async function requirePlacement(ctx: Pick<Ctx, 'db'>, resourceId: string): Promise<void> {
  if ((await placementsOf(ctx.db, resourceId)).length > 0) return;
  throw new AppError('conflict', 'sites.placement-missing', '请先选择要发布到的栏目。');
}

/**
 * Sign-off: the revision enters the library and, unless its hour lies ahead, every column that should show
 * it, in the transaction of the signature.
 */
export async function publishRevision(
  ctx: Ctx,
  resourceId: string,
  revisionId: string,
): Promise<AccessionOutcome> {
  await requirePlacement(ctx, resourceId);
  const accession = await accessionRevision(ctx, resourceId, revisionId);
  if (accession.outcome === 'due') await release(ctx, resourceId);
  return accession;
}

async function release(ctx: Ctx, resourceId: string): Promise<void> {
  const released = await releaseRevision(ctx, resourceId);
  await syncListings(ctx, resourceId, released.firstPublishedAt);
}

const onResource = (input: { readonly resourceId: string }) => ({ kind: 'resource', id: input.resourceId });

/** The hour of a signed revision has come; false when it has not any more. */
export const releaseDueResource = defineCommand(
  'sites.release-due-resource',
  onResource,
  async (ctx, input: { readonly resourceId: string }): Promise<boolean> => {
    if (!(await isReleaseDue(ctx, input.resourceId))) return false;
    await release(ctx, input.resourceId);
    return true;
  },
);

export const expireDueResource = defineCommand(
  'sites.expire-due-resource',
  onResource,
  async (ctx, input: { readonly resourceId: string }): Promise<boolean> => {
    if (!(await expireRevision(ctx, input.resourceId))) return false;
    await removeListings(ctx, input.resourceId);
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
    await withdrawRevision(ctx, input);
    await removeListings(ctx, input.resourceId);
    return presentById(ctx, input.resourceId);
  },
);
