import { type Actor, platformRoles } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Only these two kinds of people shape the tree; the system does when it seeds or imports. */
export function canManageUnits(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.includes('operator') || actor.roles.includes('system-admin');
}

export function requireUnitManager(actor: Actor): void {
  if (canManageUnits(actor)) return;
  throw new AppError('forbidden', 'identity.role-required', '只有运维或系统管理员可以管理单位。');
}

/** The names of all units: platform roles, the auditor too, who could not read the record without them. */
export function canSeeAllUnits(actor: Actor): boolean {
  return actor.kind === 'system' || actor.roles.some((role) => platformRoles.some((one) => one === role));
}
