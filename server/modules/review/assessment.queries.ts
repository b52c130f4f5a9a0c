import { sql } from 'kysely';

import type { NewOpennessAssessment, OpenMode, OpennessReason } from '../../../contracts/openness.ts';
import type { Db } from '../../platform/db.ts';
import type { Answers, OpennessAssessmentRow, SecrecyItemRow } from './assessment.types.ts';

/** A day in China decides, as it does in the database's own check. */
const holdsOn = (day: string) =>
  sql<boolean>`valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)`;

/** What the form asks on a day, in its order. */
export function secrecyItemsOn(db: Db, day: string): Promise<readonly SecrecyItemRow[]> {
  return db
    .selectFrom('review.secrecy_item')
    .select(['key', 'name', 'question'])
    .where(holdsOn(day))
    .orderBy('position')
    .execute();
}

/** Statutory reasons that can be given on a day. */
export function opennessReasonsOn(db: Db, day: string): Promise<readonly OpennessReason[]> {
  return db
    .selectFrom('review.openness_reason')
    .select(['key', 'article', 'name', 'statute', sql<OpenMode[]>`open_modes`.as('openModes')])
    .where(holdsOn(day))
    .orderBy('position')
    .execute();
}

/** The names of all items there ever were: an assessment is read with those of its day. */
export async function secrecyItemNames(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('review.secrecy_item')
    .select(['key', 'name'])
    .orderBy('position')
    .execute();
  return new Map(rows.map((row) => [row.key, row.name]));
}

export async function reassessMonths(db: Db): Promise<number> {
  const row = await db
    .selectFrom('review.disclosure_rule')
    .select('reassess_months')
    .executeTakeFirstOrThrow();
  return row.reassess_months;
}

export interface NewOpennessAssessmentRow {
  readonly reviewId: string;
  readonly revisionId: string;
  readonly revisionDigest: Buffer;
  readonly stepName: string;
  readonly assessment: NewOpennessAssessment;
  readonly assessedBy: string;
  readonly assessedByName: string;
}

function answersOf({ answers }: NewOpennessAssessment): Answers {
  return Object.fromEntries(
    answers.map(({ item, answer, remark = '' }) => [
      item,
      remark.trim() === '' ? { answer } : { answer, remark: remark.trim() },
    ]),
  );
}

export async function insertAssessment(db: Db, row: NewOpennessAssessmentRow, at: Date): Promise<void> {
  const { assessment } = row;
  await db
    .insertInto('review.openness_assessment')
    .values({
      review_id: row.reviewId,
      revision_id: row.revisionId,
      revision_digest: row.revisionDigest,
      step_name: row.stepName,
      open_mode: assessment.openMode,
      reason_key: assessment.reasonKey ?? null,
      reason_note: (assessment.reasonNote ?? '').trim() || null,
      answers: JSON.stringify(answersOf(assessment)),
      assessed_by: row.assessedBy,
      assessed_by_name: row.assessedByName,
      assessed_at: at,
    })
    .execute();
}

/** The assessments of a review, the first one first. */
export function assessmentsOf(db: Db, reviewId: string): Promise<readonly OpennessAssessmentRow[]> {
  return db
    .selectFrom('review.openness_assessment')
    .leftJoin('review.openness_reason', 'review.openness_reason.key', 'reason_key')
    .select([
      'step_name as stepName',
      sql<OpenMode>`open_mode`.as('openMode'),
      'reason_key as reasonKey',
      'article',
      'name as reasonName',
      'reason_note as reasonNote',
      sql<Answers>`answers`.as('answers'),
      'revision_digest as revisionDigest',
      'assessed_by_name as assessedByName',
      'assessed_at as assessedAt',
    ])
    .where('review_id', '=', reviewId)
    .orderBy('id')
    .execute();
}
