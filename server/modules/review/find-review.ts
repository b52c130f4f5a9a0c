import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { revisionById, type RevisionRow } from '../library/index.ts';
import { type DecisionRow, decisionsOf } from './decision.queries.ts';
import { reviewForUpdate, reviewInScope, type ReviewRow } from './review.queries.ts';
import type { ReviewFacts } from './review.rules.ts';

/** A review with all that a decision on it depends on. */
export interface FoundReview {
  readonly row: ReviewRow;
  readonly revision: RevisionRow;
  readonly decisions: readonly DecisionRow[];
  readonly facts: ReviewFacts;
}

async function complete(reader: Pick<Reader, 'db'>, row: ReviewRow | undefined): Promise<FoundReview> {
  if (!row) throw new AppError('not-found', 'review.review-not-found', '没有这次审核，或者您无权查看。');
  const revision = await revisionById(reader.db, row.revisionId);
  if (!revision) throw new Error(`revision ${row.revisionId} of review ${row.id} does not exist`);
  const decisions = await decisionsOf(reader.db, [row.id]);
  const facts: ReviewFacts = {
    state: row.state,
    step: row.step,
    chain: row.chain,
    unitId: row.unitId,
    submittedBy: row.submittedBy,
    authorIds: row.authorIds,
    deciderIds: decisions.map((one) => one.decidedBy),
    openMode: revision.content.openMode,
    revisionDigest: row.revisionDigest,
  };
  return { row, revision, decisions, facts };
}

/** The review, or `review.review-not-found` also when it is another unit's: existence is not told. */
export async function getReview(reader: Pick<Reader, 'db' | 'actor'>, id: string): Promise<FoundReview> {
  return complete(reader, await reviewInScope(reader.db, reader.actor.scope, id));
}

/** The same, locked until the command ends; the decisions are read after the lock and are complete. */
export async function lockReview(ctx: Ctx, id: string): Promise<FoundReview> {
  return complete(ctx, await reviewForUpdate(ctx.db, ctx.actor.scope, id));
}
