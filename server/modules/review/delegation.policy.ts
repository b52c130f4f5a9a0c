import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Only who reviews or signs has something to delegate. Returns the unit in which. */
export function requireReviewer(actor: Actor): string {
  const reviews = actor.roles.includes('reviewer') || actor.roles.includes('principal');
  if (actor.kind === 'account' && reviews && actor.unitId !== null) return actor.unitId;
  throw new AppError('forbidden', 'review.delegation-role-required', '只有审核员和签发人可以委托他人代办。');
}
