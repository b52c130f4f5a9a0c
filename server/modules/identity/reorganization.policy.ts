import type { Actor, Role } from '../../../contracts/actor.ts';
import type { Reorganization } from '../../../contracts/reorganization.ts';
import { AppError } from '../../platform/errors.ts';

const readers: readonly Role[] = ['operator', 'supervisor', 'system-admin', 'security-admin'];
const confirmers: readonly Role[] = ['supervisor', 'security-admin'];

const holds = (actor: Actor, roles: readonly Role[]): boolean =>
  actor.roles.some((role) => roles.includes(role));

function refuse(message: string): never {
  throw new AppError('forbidden', 'identity.role-required', message);
}

export function requireReformReader(actor: Actor): void {
  if (!holds(actor, readers)) refuse('只有平台的运维、主管和管理员可以查看机构改革。');
}

export function requireReformPlanner(actor: Actor): void {
  if (!holds(actor, ['operator'])) refuse('机构改革由运维提出。');
}

export function requireReformConfirmer(actor: Actor): void {
  if (!holds(actor, confirmers)) refuse('机构改革由主管或安全管理员确认。');
}

interface Standing {
  readonly state: Reorganization['state'];
  readonly plannedBy: string;
}

/** Two people: nobody confirms what they planned themselves, whatever roles they hold by now. */
export function requireSecondPerson(actor: Actor, { plannedBy }: Standing): void {
  if (actor.id !== plannedBy) return;
  throw new AppError('forbidden', 'identity.second-person-required', '提出人不能自己确认，请由另一人确认。');
}

export function reformActions(actor: Actor, standing: Standing): Reorganization['actions'] {
  const actions: Reorganization['actions'] = [];
  if (standing.state === 'planned' && holds(actor, confirmers) && actor.id !== standing.plannedBy) {
    actions.push('confirm');
  }
  if (['planned', 'confirmed'].includes(standing.state) && holds(actor, ['operator'])) actions.push('cancel');
  return actions;
}
