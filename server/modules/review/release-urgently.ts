import type { NewUrgentRelease, Review } from '../../../contracts/review.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { type ProofParts, type ProvenSigner, proveSigner } from '../identity/index.ts';
import { recordAssessment, requireAssessment } from './assess-revision.ts';
import { insertDecision } from './change-review.queries.ts';
import { signOff } from './decide-review.ts';
import { type FoundReview, getReview, lockReview } from './find-review.ts';
import { followOpinions } from './follow-opinions.ts';
import { requireNoRefusal } from './review.policy.ts';
import { presentReview } from './review.presenter.ts';
import { nextPlace } from './review.rules.ts';
import { beginRetrospective, insertUrgentRelease } from './retrospective.queries.ts';
import { stepsLeft } from './steps-left.ts';
import { recordSignature, takeProof } from './sign-revision.ts';
import { requireUrgentAuthority, urgentFormRefusal, urgentRefusal } from './urgent.policy.ts';
import { urgentRuleIn } from './urgent-rule.presenter.ts';

const hour = 3_600_000;
/** As the step stands on record, on the sheet and with those who are responsible. */
const actName = '紧急发布';

export interface ReleaseUrgentlyInput extends Omit<NewUrgentRelease, 'proof'> {
  readonly reviewId: string;
  /** How the person proved, just before, who they are; no secret comes along. */
  readonly signedBy?: ProvenSigner;
}

/**
 * One authorised person signs, and it goes out: accession, release, listings and responsibility as with every sign-off.
 * The review goes on as a retrospective one, with the steps that nobody decided yet.
 */
export const releaseUrgently = defineCommand(
  'review.release-urgently',
  (input: ReleaseUrgentlyInput, result: Review | undefined) => ({
    kind: 'review',
    id: input.reviewId,
    unitId: result?.unitId ?? null,
    details: {
      step: input.step,
      reason: input.reason,
      ...(result ? { resourceId: result.resourceId, dueAt: result.urgentRelease?.dueAt ?? null } : {}),
    },
  }),
  async (ctx, input): Promise<Review> => {
    const found = await lockReview(ctx, input.reviewId);
    const { facts, row } = found;
    const rule = await urgentRuleIn(ctx.db, row.unitId);
    const authorised = requireUrgentAuthority(rule, urgentRefusal(facts, ctx.actor, rule), facts);
    requireNoRefusal(facts, urgentFormRefusal(facts, input));
    const next = nextPlace(facts, 'release-urgently');
    if (!next) throw new Error(`review ${row.id} allowed an urgent release that leads nowhere`);
    const left = await stepsLeft(ctx, found);
    const finding = { action: 'approve', assessment: input.assessment, stepName: actName } as const;
    await requireAssessment(ctx, finding, true);
    const method = await takeProof(ctx, true, input.signedBy);
    await recordUrgentDecision(ctx, found, input);
    await recordAssessment(ctx, found, finding);
    const seat = { actor: ctx.actor, onBehalfOf: null };
    await recordSignature(ctx, found, { method, seat, opinion: input.reason.trim(), urgent: true });
    await beginRetrospective(ctx.db, row.id, { ...left, state: next.state }, ctx.now);
    await followOpinions(ctx, found, next);
    await insertUrgentRelease(ctx.db, {
      reviewId: row.id,
      resourceId: row.resourceId,
      reason: input.reason.trim(),
      releasedBy: ctx.actor.id,
      releasedByName: ctx.actor.name,
      releasedAt: ctx.now,
      dueAt: new Date(ctx.now.getTime() + authorised.reviewHours * hour),
    });
    await releaseNow(ctx, found);
    return presentReview(ctx, row.id);
  },
);

async function recordUrgentDecision(
  ctx: Ctx,
  { row }: FoundReview,
  { reason, assessment }: ReleaseUrgentlyInput,
): Promise<void> {
  await insertDecision(
    ctx.db,
    {
      reviewId: row.id,
      step: row.step,
      stepName: actName,
      outcome: 'urgent',
      backTo: null,
      reason: reason.trim(),
      openness: assessment.openMode,
      opennessChecked: true,
      secrecyChecked: true,
      revisionDigest: row.revisionDigest,
      decidedBy: ctx.actor.id,
      decidedByName: ctx.actor.name,
      onBehalfOf: null,
      onBehalfOfName: null,
    },
    ctx.now,
  );
}

/** What is planned to go out with others does not go alone: the others would wait for it for ever. */
async function releaseNow(ctx: Ctx, found: FoundReview): Promise<void> {
  const { outcome } = await signOff(ctx, found, { atOnce: true });
  if (outcome === 'due') return;
  throw new AppError(
    'conflict',
    'review.urgent-held',
    '这篇信息定好与其他信息一同发布，请先把它从一同发布中移出，再紧急发布。',
  );
}

export interface UrgentProofOffer {
  readonly reviewId: string;
  readonly release: NewUrgentRelease;
}

/** Proves who signs, before the act, and only where the act would not be refused anyhow. */
export async function proveUrgentRelease(
  reader: Reader,
  parts: ProofParts,
  { reviewId, release }: UrgentProofOffer,
): Promise<ProvenSigner | undefined> {
  if (!release.proof) return undefined;
  const { facts, row } = await getReview(reader, reviewId);
  const rule = await urgentRuleIn(reader.db, row.unitId);
  const refusal = urgentRefusal(facts, reader.actor, rule) ?? urgentFormRefusal(facts, release);
  return refusal === null ? proveSigner(reader, parts, release.proof) : undefined;
}
