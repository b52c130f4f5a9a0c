import type { Actor } from '../../../contracts/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** Sites, column trees and mappings are configured by the digital centre. */
export function canConfigure(actor: Actor): boolean {
  return actor.roles.includes('operator') || actor.kind === 'system';
}

export function requireOperator(actor: Actor): void {
  if (canConfigure(actor)) return;
  throw new AppError('forbidden', 'sites.operator-required', '只有运维人员可以调整站点和栏目。');
}

/**
 * Words that went through no review reach the public only through the one who signs for the unit: no reviewer
 * publishes alone, and an operator writes no unit's content. The reviewed title is always allowed.
 */
export function canRetitle(actor: Actor, columnUnitId: string): boolean {
  if (!actor.roles.includes('principal')) return false;
  return actor.scope.kind === 'units' && actor.scope.unitIds.includes(columnUnitId);
}

/**
 * The catalogue is compiled by the digital centre, and by those in charge of the unit that answers for the site: for the
 * portal that is the office of the district government.
 */
export function canCompile(actor: Actor, siteUnitId: string): boolean {
  if (canConfigure(actor)) return true;
  if (!actor.roles.includes('principal') && !actor.roles.includes('liaison')) return false;
  return actor.scope.kind === 'units' && actor.scope.unitIds.includes(siteUnitId);
}

/** A unit gives columns of its site to itself and to those below it; those of the portal go to all. */
export function canAssign(actor: Actor, site: { readonly isPortal: boolean }, unitId: string): boolean {
  if (canConfigure(actor) || site.isPortal) return true;
  return actor.scope.kind === 'units' && actor.scope.unitIds.includes(unitId);
}

/** An editor fills the columns that his own unit, or one below it, is responsible for. */
export function canFill(actor: Actor, columnUnitId: string): boolean {
  if (
    !actor.roles.includes('editor') &&
    !actor.roles.includes('reviewer') &&
    !actor.roles.includes('principal')
  )
    return false;
  return actor.scope.kind === 'units' && actor.scope.unitIds.includes(columnUnitId);
}

/** Taking a text out of its only place is a withdrawal: by those who review or sign for the unit of the column. */
export function canEmpty(actor: Actor, columnUnitId: string): boolean {
  if (!actor.roles.includes('reviewer') && !actor.roles.includes('principal')) return false;
  return canFill(actor, columnUnitId);
}

/** Who speaks to the whole district: the principal of the portal's unit, and the digital centre with a reason on record. */
export function urgentRight(actor: Actor, portalUnitId: string | undefined): 'no' | 'yes' | 'with-reason' {
  const reaches = actor.scope.kind === 'units' && actor.scope.unitIds.includes(portalUnitId ?? '');
  if (actor.roles.includes('principal') && reaches) return 'yes';
  return actor.roles.includes('operator') ? 'with-reason' : 'no';
}

export function requireUrgentRight(
  actor: Actor,
  portalUnitId: string | undefined,
  reason: string | undefined,
): void {
  const right = urgentRight(actor, portalUnitId);
  if (right === 'no') {
    const message = '只有门户网站主办单位的签发人，或写明理由的运维人员，可以发布或撤下突发事件公告。';
    throw new AppError('forbidden', 'sites.urgent-forbidden', message);
  }
  if (right === 'with-reason' && reason === undefined) {
    throw new AppError('invalid', 'sites.urgent-reason-missing', '请写明由运维人员发布的理由。');
  }
}

/** Who is told that a column of the unit waits for an update: who fills it at once, who signs for it when that has lasted. */
export function mindsColumn(actor: Actor, columnUnitId: string): 'at-once' | 'when-it-lasts' | 'no' {
  if (actor.scope.kind === 'all' || !actor.scope.unitIds.includes(columnUnitId)) return 'no';
  if ((['editor', 'reviewer', 'liaison'] as const).some((role) => actor.roles.includes(role)))
    return 'at-once';
  return actor.roles.includes('principal') ? 'when-it-lasts' : 'no';
}

/** What goes out together and when is the unit's: of those who write for it and of the one who signs. */
export function canPlanRelease(actor: Actor, unitId: string): boolean {
  if (!actor.roles.includes('editor') && !actor.roles.includes('principal')) return false;
  return actor.scope.kind === 'units' && actor.scope.unitIds.includes(unitId);
}

/** Both sides of a reuse know of it, and so do those who oversee everything. */
export function knowsReuse(actor: Actor, ownerId: string, columnUnitId: string): boolean {
  return [ownerId, columnUnitId].some(
    (unitId) => actor.scope.kind === 'all' || actor.scope.unitIds.includes(unitId),
  );
}

/** The unit that fills the column, and the unit whose word it is, each by itself. */
export function canEndReuse(actor: Actor, ownerId: string, columnUnitId: string): boolean {
  return canFill(actor, columnUnitId) || canFill(actor, ownerId);
}
