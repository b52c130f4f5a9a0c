import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Types are shared by all units, so that only the digital centre shapes them. */
export function canShapeTypes(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.includes('operator');
}

export function requireTypeShaper(actor: Actor): void {
  if (canShapeTypes(actor)) return;
  throw new AppError('forbidden', 'library.operator-required', '只有运维人员可以管理信息类型。');
}
