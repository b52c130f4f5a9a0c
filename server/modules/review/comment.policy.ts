import { type Actor, canActIn, type UnitRole } from '../../../contracts/actor.ts';
import { commentLimits, type ReviewComment } from '../../../contracts/review-comment.ts';
import type { ReviewState } from '../../../contracts/review.ts';
import { AppError } from '../../platform/errors.ts';

const commenting = ['reviewer', 'principal'] as const;
const settling = ['editor', ...commenting] as const;

function actsIn(actor: Actor, unitId: string, roles: readonly UnitRole[]): boolean {
  return roles.some((role) => canActIn(actor, unitId, role));
}

export interface CommentedReview {
  readonly state: ReviewState;
  readonly unitId: string;
}

/** Who reviews in the unit may remark, at any step: a remark decides nothing. */
export function mayComment(actor: Actor, review: CommentedReview): boolean {
  return review.state === 'open' && actsIn(actor, review.unitId, commenting);
}

export function requireCommenter(actor: Actor, review: CommentedReview): void {
  if (!actsIn(actor, review.unitId, commenting)) {
    throw new AppError('forbidden', 'review.comment-not-yours', '只有本单位的审核员和签发人可以批注。');
  }
  if (review.state !== 'open') {
    throw new AppError('conflict', 'review.not-open', '这次审核已经结束，不能再批注。');
  }
}

/** Who writes or reviews in the unit says what became of a remark. */
export function settleActions(
  actor: Actor,
  comment: { readonly unitId: string; readonly settledAt: Date | null },
): ReviewComment['actions'] {
  if (!actsIn(actor, comment.unitId, settling)) return [];
  return comment.settledAt === null ? ['settle'] : ['reopen'];
}

export function requireSettler(actor: Actor, unitId: string): void {
  if (actsIn(actor, unitId, settling)) return;
  throw new AppError(
    'forbidden',
    'review.comment-not-settleable',
    '只有本单位的信息员、审核员和签发人可以处理批注。',
  );
}

export function requireRoom(count: number): void {
  if (count < commentLimits.perReview) return;
  throw new AppError(
    'conflict',
    'review.comments-full',
    `一次审核最多 ${String(commentLimits.perReview)} 条批注；请退回并在意见里一并说明。`,
  );
}
