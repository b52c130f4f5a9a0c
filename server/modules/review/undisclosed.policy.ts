import { type Actor, canActIn } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Whoever reviews or signs in the unit looks again at what it does not disclose. */
export function canReassess(actor: Actor, unitId: string): boolean {
  return canActIn(actor, unitId, 'reviewer') || canActIn(actor, unitId, 'principal');
}

export function requireReassessor(actor: Actor, unitId: string): void {
  if (canReassess(actor, unitId)) return;
  throw new AppError('forbidden', 'review.step-not-yours', '只有本单位的审核员和签发人可以重新评估。');
}
