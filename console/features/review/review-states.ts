import type { ReviewState } from '../../../contracts/review.ts';

/** What the list of reviews can show: what waits for me, or all in one state. */
export const reviewStates = ['mine', 'open', 'signed', 'returned', 'recalled'] as const;
export type ReviewsShown = (typeof reviewStates)[number];

export const reviewStateNames: Readonly<Record<ReviewState, string>> = {
  open: '审核中',
  signed: '已签发',
  returned: '已退回',
  recalled: '已撤回',
  retrospective: '已紧急发布，补审中',
  confirmed: '已补审',
  objected: '补审未通过',
};
