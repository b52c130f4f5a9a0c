import { sql } from 'kysely';

import type { Duty, ReviewState, ReviewStep } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';

export interface NewReviewRow {
  readonly resourceId: string;
  readonly revisionId: string;
  readonly revisionDigest: Buffer;
  readonly unitId: string;
  readonly type: string;
  readonly title: string;
  readonly chain: readonly ReviewStep[];
  readonly submittedBy: string;
  readonly submittedByName: string;
  readonly authorIds: readonly string[];
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
      chain: JSON.stringify(review.chain),
      step: 0,
      state: 'open',
      submitted_by: review.submittedBy,
      submitted_by_name: review.submittedByName,
      author_ids: sql<string[]>`${[...review.authorIds]}::bigint[]`,
      submitted_at: at,
      step_since: at,
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

/** Moves a locked review on. */
export async function moveReview(
  db: Db,
  id: string,
  place: { readonly state: ReviewState; readonly step: number },
  at: Date,
): Promise<void> {
  const time = place.state === 'open' ? { step_since: at } : { ended_at: at };
  await db
    .updateTable('review.review')
    .set({ state: place.state, step: place.step, ...time })
    .where('id', '=', id)
    .execute();
}

export interface NewDecisionRow {
  readonly reviewId: string;
  readonly step: number;
  readonly stepName: string;
  readonly outcome: 'approved' | 'returned' | 'recalled';
  readonly reason: string | null;
  readonly openness: string | null;
  readonly opennessChecked: boolean;
  readonly secrecyChecked: boolean;
  readonly revisionDigest: Buffer;
  readonly decidedBy: string;
  readonly decidedByName: string;
}

export async function insertDecision(db: Db, decision: NewDecisionRow, at: Date): Promise<void> {
  await db
    .insertInto('review.decision')
    .values({
      review_id: decision.reviewId,
      step: decision.step,
      step_name: decision.stepName,
      outcome: decision.outcome,
      reason: decision.reason,
      openness: decision.openness,
      openness_checked: decision.opennessChecked,
      secrecy_checked: decision.secrecyChecked,
      revision_digest: decision.revisionDigest,
      decided_by: decision.decidedBy,
      decided_by_name: decision.decidedByName,
      decided_at: at,
    })
    .execute();
}

export interface ResponsibilityRow {
  readonly reviewId: string;
  readonly duty: Duty;
  readonly revisionId: string;
  readonly resourceId: string;
  readonly accountId: string | null;
  readonly personName: string;
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
        revision_id: row.revisionId,
        resource_id: row.resourceId,
        account_id: row.accountId,
        person_name: row.personName,
        unit_id: row.unitId,
        unit_name: row.unitName,
        at: row.at,
      })),
    )
    .onConflict((conflict) => conflict.columns(['review_id', 'duty']).doNothing())
    .execute();
}
