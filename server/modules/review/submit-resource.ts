import type { Resource } from '../../../contracts/library.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { presentById, revisionById, submitHead, type SubmittedWork } from '../library/index.ts';
import {
  columnLinesAround,
  requireAllowedSource,
  requireBlockColumns,
  requirePlace,
} from '../sites/index.ts';
import { insertReview } from './change-review.queries.ts';
import { chainFor, type Chosen } from './choose-chain.ts';
import { settlePeople } from './settle-people.ts';

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
    await requireAllowedSource(ctx, resource, revision.content);
    await requireNews(ctx, work);
    const barredIds = [...new Set([...authorIds, ctx.actor.id])];
    const chain = await chainOf(ctx, work);
    const [first] = chain.steps;
    if (!first) throw new Error(`chain ${chain.name} has no steps`);
    const isLast = chain.steps.length === 1;
    await insertReview(
      ctx.db,
      {
        resourceId: resource.id,
        revisionId: revision.id,
        revisionDigest: revision.digest,
        unitId: resource.unitId,
        type: resource.type,
        title: revision.content.title,
        chainName: chain.name,
        chain: chain.steps,
        waitingIds: await settlePeople(ctx.db, { step: first, isLast, unitId: resource.unitId, barredIds }),
        submittedBy: ctx.actor.id,
        submittedByName: ctx.actor.name,
        authorIds: barredIds,
      },
      ctx.now,
    );
    return presentById(ctx, resource.id);
  },
);

async function chainOf(ctx: Ctx, { resource }: SubmittedWork): Promise<Chosen> {
  const columns = await columnLinesAround(ctx.db, resource.id);
  return chainFor(ctx.db, { unitId: resource.unitId, type: resource.type, columns }, ctx.now);
}

/** Nobody is asked to review what citizens see already. */
async function requireNews(ctx: Ctx, { resource, revision }: SubmittedWork): Promise<void> {
  if (resource.liveRevisionId === null) return;
  const live = await revisionById(ctx.db, resource.liveRevisionId);
  if (!live?.digest.equals(revision.digest)) return;
  throw new AppError('conflict', 'review.nothing-new', '内容与已发布的版本相同，没有需要审核的修改。');
}
