import type { Task } from '../../../contracts/review.ts';
import type { Reader } from '../../platform/http.ts';
import { deskOf } from './find-desk.ts';
import { presentSummaries } from './review.presenter.ts';
import { reviewsEscalatedTo } from './review.queries.ts';

const shown = 100;

/** 超期: reviews that were escalated to the reader, or to somebody who delegated to them. */
export async function overdueTasks(reader: Reader): Promise<Task[]> {
  const rows = await reviewsEscalatedTo(reader.db, await deskOf(reader), shown);
  return (await presentSummaries(reader, rows)).map((one) => ({
    kind: 'overdue-review',
    title: one.title,
    detail: `${one.steps[one.step]?.name ?? ''}超期 · ${one.unitName} · ${one.submittedByName}提交`,
    since: one.deadline?.dueAt ?? one.stepSince,
    ...(one.deadline ? { deadline: one.deadline } : {}),
    resourceId: one.resourceId,
    reviewId: one.id,
    columnId: null,
    correctionId: null,
  }));
}
