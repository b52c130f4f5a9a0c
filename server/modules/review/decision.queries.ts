import { sql } from 'kysely';

import type { Decision, Duty } from '../../../contracts/review.ts';
import type { Db } from '../../platform/db.ts';

export interface DecisionRow {
  readonly reviewId: string;
  readonly step: number;
  readonly stepName: string;
  readonly outcome: Decision['outcome'];
  readonly backTo: number | null;
  readonly reason: string | null;
  readonly openness: string | null;
  readonly opennessChecked: boolean;
  readonly secrecyChecked: boolean;
  readonly decidedBy: string;
  readonly decidedByName: string;
  readonly onBehalfOf: string | null;
  readonly onBehalfOfName: string | null;
  readonly decidedAt: Date;
}

/** The decisions of some reviews, each review's in the order in which they were made. */
export function decisionsOf(db: Db, reviewIds: readonly string[]): Promise<readonly DecisionRow[]> {
  if (reviewIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('review.decision')
    .select([
      'review_id as reviewId',
      'step',
      'step_name as stepName',
      sql<Decision['outcome']>`outcome`.as('outcome'),
      'back_to as backTo',
      'reason',
      'openness',
      'openness_checked as opennessChecked',
      'secrecy_checked as secrecyChecked',
      'decided_by as decidedBy',
      'decided_by_name as decidedByName',
      'on_behalf_of as onBehalfOf',
      'on_behalf_of_name as onBehalfOfName',
      'decided_at as decidedAt',
    ])
    .where('review_id', 'in', [...reviewIds])
    .orderBy('review_id')
    .orderBy('id')
    .execute();
}

/** The revision that this person decided on last, in a review of the resource before the given one. */
export async function revisionDecidedBefore(
  db: Db,
  accountId: string,
  review: { readonly id: string; readonly resourceId: string },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('review.review')
    .innerJoin('review.decision', 'review.decision.review_id', 'review.review.id')
    .select('revision_id')
    .where('resource_id', '=', review.resourceId)
    .where('review.review.id', '<', review.id)
    .where('decided_by', '=', accountId)
    .where('outcome', '<>', 'recalled')
    .orderBy('review.review.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.revision_id;
}

export interface ResponsibilityFact {
  readonly reviewId: string;
  readonly revisionId: string;
  readonly duty: Duty;
  readonly stepName: string | null;
  readonly personName: string;
  readonly onBehalfOfName: string | null;
  readonly unitName: string;
  readonly at: Date;
}

/** Who answers for what the resource was and is, the newest revision first, each in the order of the duties. */
export function responsibilityOf(db: Db, resourceId: string): Promise<readonly ResponsibilityFact[]> {
  return db
    .selectFrom('review.responsibility_record')
    .select([
      'review_id as reviewId',
      'revision_id as revisionId',
      sql<Duty>`duty`.as('duty'),
      'step_name as stepName',
      'person_name as personName',
      'on_behalf_of_name as onBehalfOfName',
      'unit_name as unitName',
      'at',
    ])
    .where('resource_id', '=', resourceId)
    .orderBy('review_id', 'desc')
    .orderBy(
      sql`array_position(array['written', 'entered', 'first-reviewed', 'second-reviewed', 'reviewed', 'consulted', 'signed', 'released'], duty)`,
    )
    .orderBy('place')
    .limit(600)
    .execute();
}

export interface SignedReview {
  readonly id: string;
  readonly resourceId: string;
  readonly revisionId: string;
}

/** The newest signed review of each of these revisions that has one. */
export async function signedReviewsOf(
  db: Db,
  revisions: readonly Omit<SignedReview, 'id'>[],
): Promise<readonly SignedReview[]> {
  if (revisions.length === 0) return [];
  const { rows } = await sql<SignedReview>`
    select newest.id, asked.resource_id as "resourceId", asked.revision_id as "revisionId" from unnest(
      ${revisions.map((one) => one.resourceId)}::bigint[], ${revisions.map((one) => one.revisionId)}::bigint[]
    ) as asked (resource_id, revision_id)
    cross join lateral (
      select id from review.review where review.resource_id = asked.resource_id
        and review.revision_id = asked.revision_id
        and state in ('signed', 'retrospective', 'confirmed', 'objected')
      order by id desc limit 1
    ) as newest order by newest.id`.execute(db);
  return rows;
}
