import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** What may stand in texts is decided for the whole district; the government office looks on. */
export function requireRuleKeeper(actor: Actor): void {
  if (actor.roles.includes('operator')) return;
  throw new AppError('forbidden', 'proofreading.operator-required', '只有运维人员可以维护校核规则。');
}

export function requireRuleReader(actor: Actor): void {
  if (actor.roles.includes('operator') || actor.roles.includes('supervisor')) return;
  throw new AppError('forbidden', 'proofreading.overseer-required', '只有运维和主管人员可以查看校核规则。');
}

const caring = ['editor', 'reviewer', 'principal'] as const;

/** Those who answer for a unit's texts say what of the findings is none; a platform role does not. */
export function canIgnore(actor: Actor, unitId: string): boolean {
  const { roles, scope } = actor;
  return (
    caring.some((role) => roles.includes(role)) && scope.kind === 'units' && scope.unitIds.includes(unitId)
  );
}

/** Who watches over all sites gives findings to the units that answer for them. */
export const canGive = (actor: Actor): boolean => actor.roles.includes('operator');

export function requireGiver(actor: Actor): void {
  if (canGive(actor)) return;
  throw new AppError(
    'forbidden',
    'proofreading.operator-required',
    '只有运维人员可以把校核发现交给责任单位。',
  );
}
