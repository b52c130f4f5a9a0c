import { isRunning } from '../../../contracts/review.ts';
import { dayInChina } from '../../platform/china-time.ts';
import type { Ctx } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Reader } from '../../platform/http.ts';
import { revisionById, type RevisionRow } from '../library/index.ts';
import { type DecisionRow, decisionsOf } from './decision.queries.ts';
import { deskOf } from './find-desk.ts';
import type { Desk } from './desk.types.ts';
import { type OpinionRow, opinionsOf } from './opinion.queries.ts';
import { isAwaited, isOpposedAt } from './opinion.rules.ts';
import { reviewForUpdate, type ReviewRow, reviewSeenAt } from './review.queries.ts';
import { isSignature, type ReviewFacts, standingBehind } from './review.rules.ts';
import { ableAmong } from './settle-people.ts';

/** A review with all that a decision on it depends on. */
export interface FoundReview {
  readonly row: ReviewRow;
  readonly revision: RevisionRow;
  readonly decisions: readonly DecisionRow[];
  readonly opinions: readonly OpinionRow[];
  readonly facts: ReviewFacts;
  /** Who looks at it, and for whom they may act. */
  readonly desk: Desk;
}

async function complete(reader: Reader, desk: Desk, row: ReviewRow): Promise<FoundReview> {
  const revision = await revisionById(reader.db, row.revisionId);
  if (!revision) throw new Error(`revision ${row.revisionId} of review ${row.id} does not exist`);
  const decisions = await decisionsOf(reader.db, [row.id]);
  const opinions = await opinionsOf(reader.db, row.id);
  const ableIds = await stillAble(reader, row);
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
    isForsaken: ableIds?.length === 0,
    ableIds,
    awaitsOpinion: isAwaited(opinions, dayInChina(reader.now)),
    isOpposed: isOpposedAt(row.step, opinions),
    openMode: revision.content.openMode,
    revisionDigest: row.revisionDigest,
  };
  return { row, revision, decisions, opinions, facts, desk };
}

/** Of whom the step waits for by name those who still could; null where it is whoever holds the role. */
async function stillAble({ db }: Pick<Reader, 'db'>, row: ReviewRow): Promise<readonly string[] | null> {
  const step = row.chain[row.step];
  if (!isRunning(row.state) || row.waitingIds === null || !step) return null;
  const { unitId } = row;
  return ableAmong(db, { step, isLast: isSignature(row), unitId }, row.waitingIds);
}

/** Undefined also when it is another unit's. */
export async function findReview(reader: Reader, id: string): Promise<FoundReview | undefined> {
  const desk = await deskOf(reader);
  const row = await reviewSeenAt(reader.db, desk, id);
  return row && complete(reader, desk, row);
}

/** The review, or `review.review-not-found` also when it is another unit's: existence is not told. */
export async function getReview(reader: Reader, id: string): Promise<FoundReview> {
  const found = await findReview(reader, id);
  if (found) return found;
  throw notFound();
}

/**
 * The same, locked until the command ends; the decisions are read after the lock and are complete, and so is for whom
 * the actor may act: a delegation may have been revoked while the lock was waited for.
 */
export async function lockReview(ctx: Ctx, id: string): Promise<FoundReview> {
  const row = await reviewForUpdate(ctx.db, await deskOf(ctx), id);
  if (row) return complete(ctx, await deskOf(ctx), row);
  throw notFound();
}

const notFound = (): AppError =>
  new AppError('not-found', 'review.review-not-found', '没有这次审核，或者您无权查看。');
