import type { BatchApproval, BatchItem, ReviewState } from '../../../contracts/review.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import type { Db } from '../../platform/db.ts';
import { AppError } from '../../platform/errors.ts';
import { type ProofParts, type ProvenSigner, proveSigner } from '../identity/index.ts';
import type { Reader } from '../../platform/http.ts';
import { assessmentsOf } from './assessment.queries.ts';
import { saidSince } from './batch.queries.ts';
import { batchRefusal, batchSentences } from './batch.rules.ts';
import { decideReview } from './decide-review.ts';
import type { Seat } from './desk.types.ts';
import { type FoundReview, getReview, lockReview } from './find-review.ts';
import { openedBefore, openingOf } from './opening.queries.ts';
import { decisionRefusal, offerTo, requireNoRefusal } from './review.policy.ts';
import { formRefusal, isSignature } from './review.rules.ts';
import type { SpentProof } from './sign-revision.ts';

/** Whether a revision went to review in spite of something that whoever approves it has to see. */
export type NeedsLook = (db: Db, revisionId: string) => Promise<boolean>;

export interface TogetherInput extends BatchItem, Omit<BatchApproval, 'items' | 'proof'> {
  readonly signedBy?: ProvenSigner | SpentProof;
}

export interface Approved {
  readonly resourceId: string;
  readonly onBehalfOf: string | null;
  readonly title: string;
  readonly unitId: string;
  readonly state: ReviewState;
  readonly isSigned: boolean;
}

/** What is done for each work: the decision that anybody would send for it alone, in the place of whoever it is offered for. */
function decisionFor({ facts, desk }: FoundReview, item: BatchItem) {
  const { onBehalfOf } = offerTo(facts, desk);
  const seat: Seat = { actor: desk.actor, onBehalfOf };
  const decision = { action: 'approve', step: item.step, revisionDigest: item.revisionDigest } as const;
  // A work that a unit does not agree with is refused for that by itself: no reason stands for several.
  const refusal =
    decisionRefusal(facts, seat, 'approve') ?? formRefusal({ ...facts, isOpposed: false }, decision);
  return { decision, seat, refusal };
}

/** One work of a batch, in a transaction of its own: refused, it stops no other. */
export const approveTogether = (needsLook: NeedsLook) =>
  defineCommand(
    'review.approve-together',
    ({ reviewId, step, revisionDigest }: TogetherInput, result: Approved | undefined) => ({
      kind: 'review',
      id: reviewId,
      unitId: result?.unitId ?? null,
      details: {
        step,
        digest: revisionDigest,
        ...(result
          ? { resourceId: result.resourceId, onBehalfOf: result.onBehalfOf, state: result.state }
          : {}),
      },
    }),
    async (ctx, input): Promise<Approved> => {
      const { reviewId, assessment, reason, signedBy } = input;
      const found = await lockReview(ctx, reviewId);
      const { decision, seat, refusal } = decisionFor(found, input);
      requireNoRefusal(found.facts, refusal, seat.onBehalfOf);
      await requireOpened(ctx, found, { assessment, needsLook });
      const { title, unitId, state } = await decideReview.run(ctx, {
        ...decision,
        reviewId,
        assessment,
        ...(reason === undefined ? {} : { reason }),
        ...(seat.onBehalfOf ? { onBehalfOf: seat.onBehalfOf.id } : {}),
        ...(signedBy ? { signedBy } : {}),
      });
      const onBehalfOf = seat.onBehalfOf?.id ?? null;
      const { resourceId } = found.row;
      return { resourceId, onBehalfOf, title, unitId, state, isSigned: isSignature(found.facts) };
    },
  );

async function requireOpened(
  { db, actor }: Ctx,
  { row, revision, facts }: FoundReview,
  { assessment, needsLook }: Pick<TogetherInput, 'assessment'> & { readonly needsLook: NeedsLook },
): Promise<void> {
  const opening = await openingOf(db, row.id, actor.id);
  const refusal = batchRefusal(
    {
      state: row.state,
      isOpposed: facts.isOpposed,
      opening,
      openedBefore: opening === undefined && (await openedBefore(db, actor.id, row)),
      stepSince: row.stepSince,
      revisionDigest: row.revisionDigest,
      ...(await saidSince(db, row.id, opening?.openedAt ?? row.stepSince)),
      needsLook: await needsLook(db, revision.id),
      openMode: revision.content.openMode,
      before: (await assessmentsOf(db, row.id)).at(-1),
    },
    assessment,
  );
  if (refusal) throw new AppError('conflict', refusal, batchSentences[refusal]);
}

/** One proof for the whole batch, asked of nobody who would sign none of it. */
export async function proveBatch(
  reader: Reader,
  parts: ProofParts,
  { items, proof }: Pick<BatchApproval, 'items' | 'proof'>,
): Promise<ProvenSigner | undefined> {
  if (!proof) return undefined;
  for (const item of items) {
    if (await wouldSign(reader, item)) return proveSigner(reader, parts, proof);
  }
  return undefined;
}

async function wouldSign(reader: Reader, item: BatchItem): Promise<boolean> {
  try {
    const found = await getReview(reader, item.reviewId);
    return isSignature(found.facts) && decisionFor(found, item).refusal === null;
  } catch (error) {
    // What is not there is said of that work, and ends no batch.
    if (error instanceof AppError && error.kind === 'not-found') return false;
    throw error;
  }
}
