import {
  askedPeople,
  type Decision,
  isRunning,
  type Review,
  type ReviewStep,
  type ReviewSummary,
} from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { Reader } from '../../platform/http.ts';
import { isInScope, unitNames } from '../identity/index.ts';
import { liveResources, presentRevision, revisionById } from '../library/index.ts';
import { type DecisionRow, decisionsOf, revisionDecidedBefore } from './decision.queries.ts';
import { mayUrge, presentDeadline, presentReminders } from './deadline.presenter.ts';
import { getReview } from './find-review.ts';
import { namesIn } from './name-steps.ts';
import { openedAmong } from './opening.queries.ts';
import { personShown } from './person-shown.ts';
import { remindersOf } from './reminder.queries.ts';
import { expectedRefusal, offerTo } from './review.policy.ts';
import { type ReviewRow, reviewsBefore } from './review.queries.ts';
import { presentUrgentRelease } from './retrospective.presenter.ts';
import { countingApprovals } from './review.rules.ts';
import { urgentHoursFor } from './urgent-rule.presenter.ts';

/** Decisions of one review in their order, with what became of them. */
function presentDecisions(rows: readonly DecisionRow[], chain: readonly ReviewStep[]): Decision[] {
  const counting = new Set(countingApprovals(rows));
  return rows.map((row) => ({
    step: row.step,
    stepName: row.stepName,
    outcome: row.outcome,
    backToName: row.backTo === null ? null : (chain[row.backTo]?.name ?? ''),
    counts: row.outcome !== 'approved' || counting.has(row),
    reason: row.reason,
    openness: row.openness,
    opennessChecked: row.opennessChecked,
    secrecyChecked: row.secrecyChecked,
    decidedByName: row.decidedByName,
    onBehalfOfName: row.onBehalfOfName,
    decidedAt: row.decidedAt.toISOString(),
  }));
}

interface Shown {
  readonly now: Date;
  readonly unitName: string;
  readonly isOpened: boolean;
}

function presentSummary(row: ReviewRow, { now, unitName, isOpened }: Shown): ReviewSummary {
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
    revisionDigest: row.revisionDigest.toString('hex'),
    deadline: presentDeadline(row, now),
    isOpened,
  };
}

export async function presentSummaries(
  { db, actor, now }: Reader,
  rows: readonly ReviewRow[],
): Promise<ReviewSummary[]> {
  const names = await unitNames(db, [...new Set(rows.map((row) => row.unitId))]);
  const waiting = actor.kind === 'account' ? rows.filter(({ state }) => state === 'open') : [];
  const opened = await openedAmong(
    db,
    actor.id,
    waiting.map(({ id }) => id),
  );
  return rows.map((row) =>
    presentSummary(row, { now, unitName: names.get(row.unitId) ?? '', isOpened: opened.has(row.id) }),
  );
}

/** What the reader knows already: the revision they decided on last, else what citizens see. */
async function comparedRevision({ db, actor }: Reader, row: ReviewRow) {
  const seen = await revisionDecidedBefore(db, actor.id, row);
  const live = seen ?? (await liveResources(db, [row.resourceId])).get(row.resourceId)?.revisionId;
  // Once signed, the reviewed revision is itself the live one: that is nothing to compare with.
  if (live === undefined || (seen === undefined && live === row.revisionId)) return null;
  const revision = await revisionById(db, live);
  return revision ? presentRevision(revision) : null;
}

/** For each step who is asked, who approved it, and of whom it is known by name that they still have to. */
async function presentStanding(
  db: Db,
  row: ReviewRow,
  decisions: readonly DecisionRow[],
): Promise<Review['standing']> {
  const waiting = isRunning(row.state) ? (row.waitingIds ?? []) : [];
  const names = await namesIn(db, row.chain, waiting);
  const counting = countingApprovals(decisions);
  return row.chain.map((step, index) => ({
    asked: askedPeople(step, names),
    approvedBy: counting
      .filter((one) => one.step === index)
      .map(({ decidedByName, onBehalfOfName }) => personShown(decidedByName, onBehalfOfName)),
    waitingFor: index === row.step ? waiting.map((id) => names.people.get(id) ?? '') : [],
  }));
}

/** One review as the reader sees it, with what they may do and why not more. */
export async function presentReview(reader: Reader, id: string): Promise<Review> {
  const found = await getReview(reader, id);
  const { row, revision, decisions, facts, desk } = found;
  const [summary] = await presentSummaries(reader, [row]);
  if (!summary) throw new Error(`review ${id} has no summary`);
  const earlier = await reviewsBefore(reader.db, reader.actor.scope, row);
  const earlierDecisions = await decisionsOf(
    reader.db,
    earlier.map((one) => one.id),
  );
  const offer = offerTo(facts, desk);
  const urgentHours = await urgentHoursFor(reader, found);
  return {
    ...summary,
    revision: presentRevision(revision),
    comparedWith: await comparedRevision(reader, row),
    decisions: presentDecisions(decisions, row.chain),
    earlierReviews: earlier.map((one) => ({
      id: one.id,
      state: one.state,
      submittedAt: one.submittedAt.toISOString(),
      decisions: presentDecisions(
        earlierDecisions.filter((decision) => decision.reviewId === one.id),
        one.chain,
      ),
    })),
    standing: await presentStanding(reader.db, row, decisions),
    isOpposed: facts.isOpposed,
    reminders: presentReminders(await remindersOf(reader.db, row.id)),
    mayUrge: mayUrge(row, desk),
    inReach: isInScope(reader.actor.scope, row.unitId),
    actions: urgentHours === null ? offer.actions : [...offer.actions, 'release-urgently'],
    onBehalfOf: offer.onBehalfOf && { id: offer.onBehalfOf.id, name: offer.onBehalfOf.name },
    urgentWish: row.urgentWish,
    urgentRelease: row.lastStep === null ? null : await presentUrgentRelease(reader, row.id),
    urgentHours,
    refusal: expectedRefusal(facts, desk),
  };
}
