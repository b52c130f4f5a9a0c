import type { NewDecision, Review } from '../../../contracts/review.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { digestOf } from '../../platform/digest.ts';
import type { ProvenSigner } from '../identity/index.ts';
import { type AccessionOutcome, returnWork } from '../library/index.ts';
import { publishRevision } from '../sites/index.ts';
import { recordAssessment, requireAssessment } from './assess-revision.ts';
import { insertDecision, moveReview, type NewDecisionRow } from './change-review.queries.ts';
import { type FoundReview, lockReview } from './find-review.ts';
import { followOpinions } from './follow-opinions.ts';
import { placeAfter } from './place-after.ts';
import { recordReleases, recordResponsibility } from './record-responsibility.ts';
import type { Seat } from './desk.types.ts';
import { decisionRefusal, requireNoRefusal, seatFor } from './review.policy.ts';
import { presentReview } from './review.presenter.ts';
import { formRefusal, isSignature } from './review.rules.ts';
import { recordSignature, type SpentProof, takeProof } from './sign-revision.ts';

export interface DecideInput extends Omit<NewDecision, 'proof'> {
  readonly reviewId: string;
  /** How the person proved, just before, who they are; no secret comes along. */
  readonly signedBy?: ProvenSigner | SpentProof;
}

/**
 * One person's decision on the step that waits. Whoever approves the last step signs,
 * and the last of them is the sign-off: in this transaction the
 * revision enters the library, its columns show it, and who answers for it is on record.
 */
export const decideReview = defineCommand(
  'review.decide-review',
  (input: DecideInput, result: Review | undefined) => ({
    kind: 'review',
    id: input.reviewId,
    unitId: result?.unitId ?? null,
    details: {
      action: input.action,
      step: input.step,
      ...(input.onBehalfOf === undefined ? {} : { onBehalfOf: input.onBehalfOf }),
      ...(input.backTo === undefined ? {} : { backTo: input.backTo }),
      digest: input.revisionDigest,
      ...(result ? { resourceId: result.resourceId, state: result.state } : {}),
    },
  }),
  async (ctx, input): Promise<Review> => {
    const found = await lockReview(ctx, input.reviewId);
    const { facts, row } = found;
    const seat = seatFor(found.desk, input.onBehalfOf);
    requireNoRefusal(facts, decisionRefusal(facts, seat, input.action), seat.onBehalfOf);
    requireNoRefusal(facts, formRefusal(facts, input));
    const next = await placeAfter(ctx, found, seat, input);
    // Where all have to sign, each of them does.
    const signs = input.action === 'approve' && isSignature(facts);
    await requireAssessment(ctx, input, signs);
    const method = await takeProof(ctx, signs, input.signedBy);
    const decision = decisionOf(found, seat, input, next.step);
    await insertDecision(ctx.db, decision, ctx.now);
    await recordAssessment(ctx, found, input);
    await recordSignature(ctx, found, { method, seat, opinion: decision.reason });
    await moveReview(ctx.db, row, next, ctx.now);
    await followOpinions(ctx, found, next);
    if (next.state === 'returned') await returnWork(ctx, row.resourceId);
    if (next.state === 'signed') await signOff(ctx, found);
    if (row.lastStep !== null) await recordResponsibility(ctx, row, found.revision);
    return presentReview(ctx, row.id);
  },
);

function decisionOf(
  { row }: FoundReview,
  { actor, onBehalfOf }: Seat,
  input: DecideInput,
  nextStep: number,
): NewDecisionRow {
  const { action, reason = '', assessment } = input;
  const isApproved = action === 'approve';
  return {
    reviewId: row.id,
    step: row.step,
    stepName: stepNameOf(row),
    outcome: outcomeOf[action],
    backTo: action === 'send-back' ? nextStep : null,
    reason: reason.trim() || null,
    openness: assessment?.openMode ?? null,
    opennessChecked: isApproved,
    secrecyChecked: isApproved,
    revisionDigest: row.revisionDigest,
    decidedBy: actor.id,
    decidedByName: actor.name,
    ...(onBehalfOf ? { onBehalfOf: onBehalfOf.id, onBehalfOfName: onBehalfOf.name } : inOwnRight),
  };
}

const inOwnRight = { onBehalfOf: null, onBehalfOfName: null } as const;
const outcomeOf = {
  approve: 'approved',
  return: 'returned',
  'send-back': 'sent-back',
  object: 'objected',
} as const;

/** As it is told for ever: what was decided after an urgent release says so. */
const stepNameOf = ({ chain, step, lastStep }: FoundReview['row']): string =>
  `${chain[step]?.name ?? ''}${lastStep === null ? '' : '（补审）'}`;

/** `atOnce`: also what was to go out at an hour of its own. */
export async function signOff(
  ctx: Ctx,
  { row, revision }: FoundReview,
  wishes: { readonly atOnce?: boolean } = {},
): Promise<AccessionOutcome> {
  // Revisions cannot be changed; should somebody have done it past the database's own guard, it ends here.
  if (!digestOf(revision.content).equals(row.revisionDigest)) {
    throw new Error(`revision ${revision.id} is not what review ${row.id} began with`);
  }
  await recordResponsibility(ctx, row, revision);
  const accession = await publishRevision(ctx, row.resourceId, row.revisionId, wishes);
  if (accession.outcome === 'due') await recordReleases(ctx.db, [row]);
  return accession;
}
