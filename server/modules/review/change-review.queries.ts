import { type RawBuilder, sql } from 'kysely';

import {
  type Decision,
  type Duty,
  isRunning,
  type ReviewState,
  type ReviewStep,
} from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';
import type { StepTimes } from './step-times.types.ts';

export interface NewReviewRow {
  readonly resourceId: string;
  readonly revisionId: string;
  readonly revisionDigest: Buffer;
  readonly unitId: string;
  readonly type: string;
  readonly title: string;
  readonly chainName: string;
  readonly chain: readonly ReviewStep[];
  readonly waitingIds: readonly string[] | null;
  readonly submittedBy: string;
  readonly submittedByName: string;
  readonly authorIds: readonly string[];
  /** Of its first step. */
  readonly times: StepTimes | null;
  readonly urgentWish: string | null;
}

/** An empty list of those who are asked beyond the own unit is none, so that most rows are in no index of them. */
export function idsOrNull(ids: readonly string[] | null): RawBuilder<string[]> | null {
  return ids === null || ids.length === 0 ? null : sql<string[]>`${[...new Set(ids)]}::bigint[]`;
}

/** The times of a step that begins; without any they are unset. Nothing is escalated yet. */
export function timeColumns(times: StepTimes | null) {
  return {
    soon_at: times?.soonAt ?? null,
    due_at: times?.dueAt ?? null,
    escalate_at: times?.escalateAt ?? null,
    call_at: times?.soonAt ?? null,
    escalated_ids: null,
  };
}

/** The step that runs has these times from now on. */
export async function setTimes(db: Db, id: string, times: StepTimes | null): Promise<void> {
  await db.updateTable('review.review').set(timeColumns(times)).where('id', '=', id).execute();
}

/** Begins a review; what the resource's earlier reviews left open is taken up by this one. */
export async function insertReview(db: Db, review: NewReviewRow, at: Date): Promise<string> {
  const { id } = await db
    .insertInto('review.review')
    .values({
      resource_id: review.resourceId,
      revision_id: review.revisionId,
      revision_digest: review.revisionDigest,
      unit_id: review.unitId,
      type: review.type,
      title: review.title,
      chain_name: review.chainName,
      chain: JSON.stringify(review.chain),
      waiting_ids: idsOrNull(review.waitingIds),
      asked_ids: idsOrNull(review.chain.flatMap(({ accountIds = [] }) => accountIds)),
      asked_unit_ids: idsOrNull(review.chain.flatMap(({ unitId }) => unitId ?? [])),
      step: 0,
      state: 'open',
      submitted_by: review.submittedBy,
      submitted_by_name: review.submittedByName,
      author_ids: sql<string[]>`${[...review.authorIds]}::bigint[]`,
      urgent_wish: review.urgentWish,
      submitted_at: at,
      step_since: at,
      ...timeColumns(review.times),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('review.review')
    .set({ next_id: id })
    .where('resource_id', '=', review.resourceId)
    .where('id', '<', id)
    .where('next_id', 'is', null)
    .execute();
  return id;
}

export interface NextPlace {
  readonly state: ReviewState;
  readonly step: number;
  readonly waitingIds: readonly string[] | null;
  /** Of a step that begins. */
  readonly times?: StepTimes | null;
}

/** Moves a locked review on; a step that goes on has begun when it began. */
export async function moveReview(
  db: Db,
  { id, step }: { readonly id: string; readonly step: number },
  place: NextPlace,
  at: Date,
): Promise<void> {
  const runs = isRunning(place.state);
  const stays = runs && place.step === step;
  const time = runs ? { step_since: at } : { ended_at: at };
  await db
    .updateTable('review.review')
    .set({
      state: place.state,
      step: place.step,
      waiting_ids: idsOrNull(place.waitingIds),
      ...(stays ? {} : { ...time, ...timeColumns(place.times ?? null) }),
    })
    .where('id', '=', id)
    .execute();
}

export interface NewDecisionRow {
  readonly reviewId: string;
  readonly step: number;
  readonly stepName: string;
  readonly outcome: Decision['outcome'];
  readonly backTo: number | null;
  readonly reason: string | null;
  readonly openness: string | null;
  readonly opennessChecked: boolean;
  readonly secrecyChecked: boolean;
  readonly revisionDigest: Buffer;
  readonly decidedBy: string;
  readonly decidedByName: string;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
}

export async function insertDecision(db: Db, decision: NewDecisionRow, at: Date): Promise<void> {
  await db
    .insertInto('review.decision')
    .values({
      review_id: decision.reviewId,
      step: decision.step,
      step_name: decision.stepName,
      outcome: decision.outcome,
      back_to: decision.backTo,
      reason: decision.reason,
      openness: decision.openness,
      openness_checked: decision.opennessChecked,
      secrecy_checked: decision.secrecyChecked,
      revision_digest: decision.revisionDigest,
      decided_by: decision.decidedBy,
      decided_by_name: decision.decidedByName,
      on_behalf_of: decision.onBehalfOf,
      on_behalf_of_name: decision.onBehalfOfName,
      decided_at: at,
    })
    .execute();
}

export interface ResponsibilityRow {
  readonly reviewId: string;
  readonly duty: Duty;
  /** Of several with the same duty, in the order in which they did it. */
  readonly place: number;
  readonly stepName: string | null;
  readonly revisionId: string;
  readonly resourceId: string;
  readonly accountId: string | null;
  readonly personName: string;
  readonly onBehalfOfName: string | null;
  readonly unitId: string;
  readonly unitName: string;
  readonly at: Date;
}

/** Writes what is not yet on record; what is there is never changed. */
export async function insertResponsibility(db: Db, rows: readonly ResponsibilityRow[]): Promise<void> {
  await db
    .insertInto('review.responsibility_record')
    .values(
      rows.map((row) => ({
        review_id: row.reviewId,
        duty: row.duty,
        place: row.place,
        step_name: row.stepName,
        revision_id: row.revisionId,
        resource_id: row.resourceId,
        account_id: row.accountId,
        person_name: row.personName,
        on_behalf_of_name: row.onBehalfOfName,
        unit_id: row.unitId,
        unit_name: row.unitName,
        at: row.at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['review_id', 'duty', 'place']).doNothing())
    .execute();
}
