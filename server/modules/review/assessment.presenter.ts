import type { OpennessAssessment } from '../../../contracts/openness.ts';
import type { Db } from '../../platform/db.ts';
import { assessmentsOf, secrecyItemNames } from './assessment.queries.ts';
import type { OpennessAssessmentRow } from './assessment.types.ts';
import { changesBetween } from './assessment.rules.ts';

/** The assessments of a review in their order, each with what it changed of the one before. */
export async function presentAssessments(db: Db, reviewId: string): Promise<OpennessAssessment[]> {
  const names = await secrecyItemNames(db);
  const rows = await assessmentsOf(db, reviewId);
  return rows.map((row, index) => {
    const before = rows[index - 1];
    return presentAssessment(row, names, before === undefined ? [] : changesBetween(before, row, names));
  });
}

function presentAssessment(
  row: OpennessAssessmentRow,
  names: ReadonlyMap<string, string>,
  changes: readonly string[],
): OpennessAssessment {
  const { reasonKey, article, reasonName } = row;
  return {
    stepName: row.stepName,
    openMode: row.openMode,
    reason:
      reasonKey === null || article === null || reasonName === null
        ? null
        : { key: reasonKey, article, name: reasonName },
    reasonNote: row.reasonNote,
    answers: [...names].flatMap(([item, name]) => {
      const given = row.answers[item];
      return given === undefined ? [] : [{ item, name, answer: given.answer, remark: given.remark ?? null }];
    }),
    revisionDigest: row.revisionDigest.toString('hex'),
    assessedByName: row.assessedByName,
    assessedAt: row.assessedAt.toISOString(),
    changes: [...changes],
  };
}
