import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Old sites are brought in by the digital centre, and looked at by nobody else before they are. */
export function requireOperator(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'relocation.operator-required', '只有运维人员可以迁移旧站。');
}
