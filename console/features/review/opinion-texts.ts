import type { QueryClient } from '@tanstack/react-query';

import { type Opinion, stanceNames } from '../../../contracts/opinion.ts';
import { reviewApi } from '../../../contracts/review.ts';
import { forget } from '../../lib/queries.ts';

const stateNames = {
  open: '等待答复',
  answered: '已答复',
  withdrawn: '已撤回',
  unanswered: '逾期未答',
  closed: '已结束',
} as const;

/** What came of a question, in a word or two. */
export function outcomeText({
  state,
  stance,
  overdue,
}: Pick<Opinion, 'state' | 'stance' | 'overdue'>): string {
  if (stance !== null) return stanceNames[stance];
  return overdue ? '已逾期' : stateNames[state];
}

/** `请在 2026-12-02 前答复`; nothing where no day was set. */
export function limitText({ dueOn, overdue }: Pick<Opinion, 'dueOn' | 'overdue'>): string {
  if (dueOn === null) return '';
  return overdue ? `应在 ${dueOn} 前答复，已逾期` : `请在 ${dueOn} 前答复`;
}

/** What is shown of a review is no more what it was once somebody was asked, answered or is waited for no more. */
export async function forgetOpinions(queries: QueryClient): Promise<void> {
  await forget(
    queries,
    reviewApi.listReviewOpinions,
    reviewApi.listOpinions,
    reviewApi.getReview,
    reviewApi.getWorkbench,
  );
}
