import type { Resource } from '../../../contracts/library.ts';
import type { FindingReason } from '../../../contracts/proofreading.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { presentById, revisionById, submitHead, type SubmittedWork } from '../library/index.ts';
import {
  columnLinesAround,
  requireAllowedSource,
  requireBlockColumns,
  requireCorrectionNote,
  requirePlace,
} from '../sites/index.ts';
import { timesFor } from './begin-step.ts';
import { insertReview } from './change-review.queries.ts';
import { chainFor, type Chosen } from './choose-chain.ts';
import { demandOpinions } from './follow-opinions.ts';
import { settlePeople } from './settle-people.ts';

export interface SubmitInput {
  readonly resourceId: string;
  readonly expectedVersion: number;
  readonly reasons?: readonly FindingReason[] | undefined;
  /** Why the author finds that it cannot wait. */
  readonly urgentWish?: string | undefined;
}

/** Looks at a work before it goes to review, and refuses it or lets it pass. */
export type SubmissionGate = (
  ctx: Ctx,
  work: SubmittedWork,
  reasons: readonly FindingReason[],
) => Promise<void>;

/** Hands the newest revision to review. It is frozen with its digest: what is reviewed is what will be published. */
export const submitThrough = (gate: SubmissionGate) =>
  defineCommand(
    'review.submit-resource',
    (input: SubmitInput, result: Resource | undefined) => ({
      kind: 'resource',
      id: input.resourceId,
      unitId: result?.unitId ?? null,
      ...(result ? { details: { revisionId: result.head.id, digest: result.head.digest } } : {}),
    }),
    async (ctx, input): Promise<Resource> => {
      const work = await submitHead(ctx, input.resourceId, input.expectedVersion);
      const { resource, revision } = work;
      await requirePlace(ctx, resource, revision.content);
      await requireBlockColumns(ctx, revision.content);
      await requireAllowedSource(ctx, resource, revision.content);
      await requireCorrectionNote(ctx, resource, revision.content);
      await requireNews(ctx, work);
      await gate(ctx, work, input.reasons ?? []);
      await beginReview(ctx, work, input.urgentWish ?? null);
      return presentById(ctx, resource.id);
    },
  );

/** Lets everything pass. */
export const openGate: SubmissionGate = () => Promise.resolve();

/** The same without a gate: for the demonstration, and for whatever is not about checks. */
export const submitResource = submitThrough(openGate);

async function beginReview(ctx: Ctx, work: SubmittedWork, urgentWish: string | null): Promise<void> {
  const { resource, revision, authorIds } = work;
  const barredIds = [...new Set([...authorIds, ctx.actor.id])];
  const chain = await chainOf(ctx, work);
  const [first] = chain.steps;
  if (!first) throw new Error(`chain ${chain.name} has no steps`);
  const isLast = chain.steps.length === 1;
  const reviewId = await insertReview(
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
      times: await timesFor(ctx.db, first, ctx.now),
      urgentWish,
    },
    ctx.now,
  );
  await demandOpinions(ctx, { reviewId, unitId: resource.unitId, chain: chain.steps, step: 0 });
}

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
