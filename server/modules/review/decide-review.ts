import type { NewDecision, Review } from '../../../contracts/review.ts';
import { type Ctx, defineCommand } from '../../platform/context.ts';
import { digestOf } from '../../platform/digest.ts';
import { returnWork } from '../library/index.ts';
import { publishRevision } from '../sites/index.ts';
import { insertDecision, moveReview } from './change-review.queries.ts';
import { type FoundReview, lockReview } from './find-review.ts';
import { recordRelease, recordResponsibility } from './record-responsibility.ts';
import { decisionRefusal, requireNoRefusal } from './review.policy.ts';
import { presentReview } from './review.presenter.ts';
import { formRefusal, nextPlace } from './review.rules.ts';

export interface DecideInput extends NewDecision {
  readonly reviewId: string;
}

/**
 * One person's decision on the step that waits. The last approval is the sign-off: in this transaction the
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
      digest: input.revisionDigest,
      ...(result ? { resourceId: result.resourceId, state: result.state } : {}),
    },
  }),
  async (ctx, input): Promise<Review> => {
    const found = await lockReview(ctx, input.reviewId);
    const { facts, row } = found;
    requireNoRefusal(facts, decisionRefusal(facts, ctx.actor, input.action));
    requireNoRefusal(facts, formRefusal(facts, input));
    const next = nextPlace(facts, input.action);
    if (!next) throw new Error(`review ${row.id} allowed an action that leads nowhere`);
    await insertDecision(
      ctx.db,
      {
        reviewId: row.id,
        step: row.step,
        stepName: row.chain[row.step]?.name ?? '',
        outcome: input.action === 'approve' ? 'approved' : 'returned',
        reason: (input.reason ?? '').trim() || null,
        openness: input.openness ?? null,
        opennessChecked: input.opennessChecked ?? false,
        secrecyChecked: input.secrecyChecked ?? false,
        revisionDigest: row.revisionDigest,
        decidedBy: ctx.actor.id,
        decidedByName: ctx.actor.name,
      },
      ctx.now,
    );
    await moveReview(ctx.db, row.id, next, ctx.now);
    if (next.state === 'returned') await returnWork(ctx, row.resourceId);
    if (next.state === 'signed') await signOff(ctx, found);
    return presentReview(ctx, row.id);
  },
);

async function signOff(ctx: Ctx, { row, revision }: FoundReview): Promise<void> {
  // Revisions cannot be changed; should somebody have done it past the database's own guard, it ends here.
  if (!digestOf(revision.content).equals(row.revisionDigest)) {
    throw new Error(`revision ${revision.id} is not what review ${row.id} began with`);
  }
  await recordResponsibility(ctx, row, revision);
  const accession = await publishRevision(ctx, row.resourceId, row.revisionId);
  if (accession.outcome === 'due') await recordRelease(ctx.db, row);
}
