import { isRunning } from '../../../contracts/review.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { revisionById, type RevisionRow } from '../library/index.ts';
import { type DecisionRow, decisionsOf } from './decision.queries.ts';
import { deskOf } from './find-desk.ts';
import type { Desk } from './desk.types.ts';
import { reviewForUpdate, type ReviewRow, reviewSeenAt } from './review.queries.ts';
import { isSignature, type ReviewFacts, standingBehind } from './review.rules.ts';
import { ableAmong } from './settle-people.ts';

/** A review with all that a decision on it depends on. */
export interface FoundReview {
  readonly row: ReviewRow;
  readonly revision: RevisionRow;
  readonly decisions: readonly DecisionRow[];
  readonly facts: ReviewFacts;
  /** Who looks at it, and for whom they may act. */
  readonly desk: Desk;
}

async function complete(reader: Reader, desk: Desk, row: ReviewRow | undefined): Promise<FoundReview> {
  if (!row) throw new AppError('not-found', 'review.review-not-found', '没有这次审核，或者您无权查看。');
  const revision = await revisionById(reader.db, row.revisionId);
  if (!revision) throw new Error(`revision ${row.revisionId} of review ${row.id} does not exist`);
  const decisions = await decisionsOf(reader.db, [row.id]);
  const facts: ReviewFacts = {
    state: row.state,
    step: row.step,
    chain: row.chain,
    lastStep: row.lastStep ?? undefined,
    unitId: row.unitId,
    submittedBy: row.submittedBy,
    authorIds: row.authorIds,
    approvals: standingBehind(decisions),
    waitingIds: row.waitingIds,
    isForsaken: await isForsaken(reader, row),
    openMode: revision.content.openMode,
    revisionDigest: row.revisionDigest,
  };
  return { row, revision, decisions, facts, desk };
}

async function isForsaken({ db }: Pick<Reader, 'db'>, row: ReviewRow): Promise<boolean> {
  const step = row.chain[row.step];
  if (!isRunning(row.state) || row.waitingIds === null || !step) return false;
  const { unitId } = row;
  return (await ableAmong(db, { step, isLast: isSignature(row), unitId }, row.waitingIds)).length === 0;
}

/** The review, or `review.review-not-found` also when it is another unit's: existence is not told. */
export async function getReview(reader: Reader, id: string): Promise<FoundReview> {
  const desk = await deskOf(reader);
  return complete(reader, desk, await reviewSeenAt(reader.db, desk, id));
}

/** The same, locked until the command ends; the decisions are read after the lock and are complete. */
export async function lockReview(ctx: Ctx, id: string): Promise<FoundReview> {
  const desk = await deskOf(ctx);
  return complete(ctx, desk, await reviewForUpdate(ctx.db, desk, id));
}
