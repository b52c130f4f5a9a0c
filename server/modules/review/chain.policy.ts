import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Who reviews is settled by the digital centre, not by those who are reviewed. */
export function requireChainKeeper(actor: Actor): void {
  if (actor.kind === 'system' || actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'review.operator-required', '只有运维人员可以设置审核流程。');
}

export function requireChainReader(actor: Actor): void {
  if (actor.roles.includes('supervisor')) return;
  requireChainKeeper(actor);
}
