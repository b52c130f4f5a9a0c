import type { Resource } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { presentById, revisionById, submitHead, type SubmittedWork } from '../library/index.ts';
import { requireBlockColumns, requirePlace } from '../sites/index.ts';
import { insertReview } from './change-review.queries.ts';
import { defaultChain } from './review.rules.ts';

export interface SubmitInput {
  readonly resourceId: string;
  readonly expectedVersion: number;
}

/** Hands the newest revision to review. It is frozen with its digest: what is reviewed is what will be published. */
export const submitResource = defineCommand(
  'review.submit-resource',
  (input: SubmitInput, result: Resource | undefined) => ({
    kind: 'resource',
    id: input.resourceId,
    unitId: result?.unitId ?? null,
    ...(result ? { details: { revisionId: result.head.id, digest: result.head.digest } } : {}),
  }),
  async (ctx, input): Promise<Resource> => {
    const work = await submitHead(ctx, input.resourceId, input.expectedVersion);
    const { resource, revision, authorIds } = work;
    await requirePlace(ctx, resource, revision.content);
    await requireBlockColumns(ctx, revision.content);
    await requireNews(ctx, work);
    await insertReview(
      ctx.db,
      {
        resourceId: resource.id,
        revisionId: revision.id,
        revisionDigest: revision.digest,
        unitId: resource.unitId,
        type: resource.type,
        title: revision.content.title,
        chain: defaultChain,
        submittedBy: ctx.actor.id,
        submittedByName: ctx.actor.name,
        authorIds: [...new Set([...authorIds, ctx.actor.id])],
      },
      ctx.now,
    );
    return presentById(ctx, resource.id);
  },
);

/** Nobody is asked to review what citizens see already. */
async function requireNews(ctx: Ctx, { resource, revision }: SubmittedWork): Promise<void> {
  if (resource.liveRevisionId === null) return;
  const live = await revisionById(ctx.db, resource.liveRevisionId);
  if (!live?.digest.equals(revision.digest)) return;
  throw new AppError('conflict', 'review.nothing-new', '内容与已发布的版本相同，没有需要审核的修改。');
}
