import type { Decision, Review, ReviewSummary } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { Reader } from '../../platform/http.ts';
import { unitNames } from '../identity/index.ts';
import { liveResources, presentRevision, revisionById } from '../library/index.ts';
import { type DecisionRow, decisionsOf, revisionDecidedBefore } from './decision.queries.ts';
import { getReview } from './find-review.ts';
import { expectedRefusal, offeredActions } from './review.policy.ts';
import { type ReviewRow, reviewsBefore } from './review.queries.ts';

function presentDecision(row: DecisionRow): Decision {
  return {
    step: row.step,
    stepName: row.stepName,
    outcome: row.outcome,
    reason: row.reason,
    openness: row.openness,
    opennessChecked: row.opennessChecked,
    secrecyChecked: row.secrecyChecked,
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt.toISOString(),
  };
}

function presentSummary(row: ReviewRow, unitName: string): ReviewSummary {
  return {
    id: row.id,
    resourceId: row.resourceId,
    title: row.title,
    type: row.type,
    unitId: row.unitId,
    unitName,
    state: row.state,
    step: row.step,
    steps: [...row.chain],
    submittedByName: row.submittedByName,
    submittedAt: row.submittedAt.toISOString(),
    stepSince: row.stepSince.toISOString(),
  };
}

export async function presentSummaries(db: Db, rows: readonly ReviewRow[]): Promise<ReviewSummary[]> {
  const names = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  return rows.map((row) => presentSummary(row, names.get(row.unitId) ?? ''));
}

/** What the reader knows already: the revision they decided on last, else what citizens see. */
async function comparedRevision({ db, actor }: Pick<Reader, 'db' | 'actor'>, row: ReviewRow) {
  const seen = await revisionDecidedBefore(db, actor.id, row);
  const live = seen ?? (await liveResources(db, [row.resourceId])).get(row.resourceId)?.revisionId;
  // Once signed, the reviewed revision is itself the live one: that is nothing to compare with.
  if (live === undefined || (seen === undefined && live === row.revisionId)) return null;
  const revision = await revisionById(db, live);
  return revision ? presentRevision(revision) : null;
}

/** One review as the reader sees it, with what they may do and why not more. */
export async function presentReview(reader: Pick<Reader, 'db' | 'actor'>, id: string): Promise<Review> {
  const { row, revision, decisions, facts } = await getReview(reader, id);
  const [summary] = await presentSummaries(reader.db, [row]);
  if (!summary) throw new Error(`review ${id} has no summary`);
  const earlier = await reviewsBefore(reader.db, reader.actor.scope, row);
  const earlierDecisions = await decisionsOf(
    reader.db,
    earlier.map((one) => one.id),
  );
  return {
    ...summary,
    revision: presentRevision(revision),
    comparedWith: await comparedRevision(reader, row),
    decisions: decisions.map(presentDecision),
    earlierReviews: earlier.map((one) => ({
      id: one.id,
      state: one.state,
      submittedAt: one.submittedAt.toISOString(),
      decisions: earlierDecisions.filter((decision) => decision.reviewId === one.id).map(presentDecision),
    })),
    actions: offeredActions(facts, reader.actor),
    refusal: expectedRefusal(facts, reader.actor),
  };
}
